"""The daily digest: once a working morning, how much there is and what comes first."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from tests.people import NOW, TODAY, Api, queries_of
from zhike.base import clock, jobs
from zhike.base.models import Job
from zhike.care.models import CareRules, Task
from zhike.trail.models import Notice

DAY = timedelta(days=1)
MORNING = time(8, 30)


def add(api: Api, title: str, due_on: date = TODAY, **fields: Any) -> Any:
    return api.post("/tasks", {"title": title, "due_on": str(due_on), **fields})


def send(now: datetime) -> None:
    jobs.enqueue("care.digest", {}, now=now)
    jobs.run_due(now)
    assert not Job.objects.exclude(state="done").exists(), Job.objects.values("kind", "error")


def digests(of: Api) -> list[tuple[str, str]]:
    found = Notice.objects.filter(person_id=of.id, kind="digest").order_by("id")
    return list(found.values_list("title", "body"))


def test_how_much_and_the_first_five(mei: Api, lin: Api) -> None:
    file = mei.customer("晨光文具")
    Task.objects.all().delete()
    add(mei, "超期的", TODAY - 3 * DAY)
    add(mei, "下午", due_time="15:00")
    add(mei, "上午", due_time="10:30")
    add(mei, "整天", customer_id=file["id"])
    for number in range(3):
        add(mei, f"还有{number}")
    add(mei, "明天的", TODAY + DAY)
    mei.post(f"/tasks/{add(mei, '做完')['id']}/completion", status=200)
    add(lin, "林冲的")
    send(NOW)
    assert digests(mei) == [
        (
            "要做的事：今天 6 件，超期 1 件",
            "超期 3 天 · 超期的\n今天 10:30 · 上午\n今天 15:00 · 下午\n今天 · 整天（晨光文具）\n"
            "今天 · 还有0\n还有 2 件，打开“今日”查看。",
        )
    ]
    assert digests(lin) == [("要做的事：今天 1 件", "今天 · 林冲的")]


def test_nobody_with_nothing_to_do_is_told(mei: Api) -> None:
    add(mei, "明天的", TODAY + DAY)
    send(NOW)
    assert digests(mei) == []


def test_once_a_day(mei: Api) -> None:
    add(mei, "一件")
    send(NOW)
    send(NOW + timedelta(hours=3))
    assert len(digests(mei)) == 1
    send(NOW + DAY)
    assert [title for title, _ in digests(mei)] == ["要做的事：今天 1 件", "要做的事：超期 1 件"]


@pytest.mark.parametrize(
    ("day", "sent"),
    [
        (date(2026, 11, 21), 0),  # Saturday
        (date(2026, 10, 1), 0),  # 国庆节
        (date(2026, 9, 20), 1),  # a Sunday that is worked
    ],
)
def test_on_working_days_only(mei: Api, frozen: Any, day: date, sent: int) -> None:
    now = clock.at_time(day, time(9))
    frozen.move_to(now)
    add(mei, "一件", day)
    send(now)
    assert len(digests(mei)) == sent


def test_not_before_its_time_whatever_woke_it(mei: Api) -> None:
    add(mei, "一件")
    send(clock.at_time(TODAY, time(8, 29)))
    assert digests(mei) == []
    send(clock.at_time(TODAY, MORNING))
    assert len(digests(mei)) == 1


def test_its_time_is_a_rule(mei: Api) -> None:
    CareRules.objects.update_or_create(id=1, defaults={"digest_at": time(7, 15)})
    assert "care.digest" not in {
        one.kind for one in jobs.plan_days(clock.at_time(TODAY, time(7, 14))) if one.day == TODAY
    }
    planned = {one.kind: one for one in jobs.plan_days(clock.at_time(TODAY, time(7, 15)))}
    assert planned["care.digest"].day == TODAY


def test_who_does_not_want_it_is_left_in_peace(mei: Api) -> None:
    add(mei, "一件")
    mei.patch("/notices/wishes", {"wants_digest": False})
    send(NOW)
    assert digests(mei) == []


def test_it_asks_the_database_as_often_for_many_as_for_few(boss: Api, mei: Api, lin: Api) -> None:
    def work() -> None:
        send(clock.now() + DAY * next(days))

    days = iter((1, 7))  # Thursday, and the Wednesday after
    add(mei, "一件")
    few = queries_of(work)
    for api in (boss, mei, lin):
        for number in range(20):
            add(api, f"{number}")
    assert queries_of(work) <= few + 1
