"""Reminders of tasks: each told exactly once, in the order of their time, by any clock."""

from __future__ import annotations

import threading
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connections

from tests.people import NOW, TODAY, Api, wrong_fields
from zhike.base import clock, jobs
from zhike.base.models import Job
from zhike.care.models import CareRules, Task
from zhike.care.reminders import sweep
from zhike.trail.models import Notice

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def add(api: Api, title: str = "发报价", due_on: str = "2026-11-20", **fields: Any) -> Any:
    return api.post("/tasks", {"title": title, "due_on": due_on, **fields})


def run(kind: str, now: datetime) -> None:
    """Have a kind of work done at an instant."""
    jobs.enqueue(kind, {}, now=now)
    jobs.run_due(now)
    assert not Job.objects.exclude(state="done").exists(), Job.objects.values("kind", "error")


def told(now: datetime, *people: Api) -> list[str]:
    """What the sweep of an instant tells, in order."""
    last = Notice.objects.order_by("-id").values_list("id", flat=True).first() or 0
    run("care.remind", now)
    found = Notice.objects.filter(id__gt=last).order_by("id")
    if people:
        found = found.filter(person_id__in=[one.id for one in people])
    return list(found.values_list("title", flat=True))


def at(day: date, moment: str) -> datetime:
    return clock.at_time(day, time.fromisoformat(moment))


FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)


class TestWhen:
    def test_at_its_time_less_the_minutes_before(self, mei: Api) -> None:
        made = add(mei, due_time="15:00", remind_before=30)
        assert made["remind_at"] == at(FRIDAY, "14:30").isoformat().replace("+00:00", "Z")
        assert told(at(FRIDAY, "14:29")) == []
        assert told(at(FRIDAY, "14:30")) == ["今天 15:00 发报价"]
        assert told(at(FRIDAY, "15:00")) == []

    def test_in_the_morning_where_it_has_no_time(self, mei: Api) -> None:
        add(mei, materials="报价单", way="phone")
        assert told(at(FRIDAY, "08:59")) == []
        assert told(at(FRIDAY, "09:00")) == ["今天 发报价"]
        assert Notice.objects.get().body == "建议方式：电话。\n需准备：报价单"

    def test_the_morning_is_a_rule(self, mei: Api) -> None:
        CareRules.objects.update_or_create(id=1, defaults={"remind_at": time(7, 45)})
        add(mei)
        assert told(at(FRIDAY, "07:45")) == ["今天 发报价"]

    def test_another_morning_moves_what_was_planned(self, boss: Api, mei: Api) -> None:
        add(mei)
        add(mei, "准时的", due_time="11:00")
        boss.patch("/care-rules", {"remind_at": "10:30"})
        jobs.run_due(NOW)
        assert told(at(FRIDAY, "10:29")) == []
        assert told(at(FRIDAY, "10:30")) == ["今天 发报价"]
        assert told(at(FRIDAY, "11:00")) == ["今天 11:00 准时的"]

    def test_a_later_morning_tells_nothing_twice(self, boss: Api, mei: Api, frozen: Any) -> None:
        add(mei)
        told(at(FRIDAY, "09:00"))
        frozen.move_to(at(FRIDAY, "09:10"))
        boss.patch("/care-rules", {"remind_at": "10:30"})
        jobs.run_due(at(FRIDAY, "09:10"))
        assert told(at(FRIDAY, "10:30")) == []
        assert told(at(MONDAY, "10:30")) == ["超期：发报价"]

    def test_a_day_before(self, mei: Api) -> None:
        add(mei, remind_before=24 * 60)
        assert told(at(FRIDAY - DAY, "09:00")) == ["明天 发报价"]
        assert told(at(FRIDAY, "09:00")) == []

    def test_once_more_on_the_next_working_morning(self, mei: Api) -> None:
        add(mei)
        told(at(FRIDAY, "09:00"))
        assert told(at(FRIDAY + DAY, "12:00")) == []
        assert told(at(MONDAY, "09:00")) == ["超期：发报价"]
        assert Notice.objects.get(kind="overdue").body == "11月20日到期，还没有完成。"
        assert told(at(MONDAY + 9 * DAY, "09:00")) == []

    def test_what_one_plans_for_a_moment_that_is_over_needs_none(self, mei: Api) -> None:
        add(mei, due_on=str(TODAY), due_time="09:30")
        assert told(NOW + MINUTE) == []
        assert told(at(TODAY + DAY, "09:00")) == ["超期：发报价"]

    def test_what_a_colleague_plans_for_today_is_told_at_once(self, mei: Api, lin: Api) -> None:
        add(mei, due_on=str(TODAY), assignee_id=lin.id)
        assert Notice.objects.get(person_id=lin.id).title == "王小梅给你一件待办：发报价"
        assert told(NOW + MINUTE, lin) == [], "once is enough"
        assert told(at(TODAY + DAY, "09:00"), lin) == ["超期：发报价"]

    @pytest.mark.parametrize("minutes", [-1, 43_201])
    def test_the_minutes_before_have_bounds(self, mei: Api, minutes: int) -> None:
        wrong = mei.post(
            "/tasks", {"title": "x", "due_on": str(TODAY), "remind_before": minutes}, 422
        )
        assert wrong_fields(wrong) == {"remind_before"}

    def test_a_planned_follow_up_tells_with_whom(self, mei: Api) -> None:
        file = mei.customer("晨光文具")
        talk = {"way": "phone", "content": "谈过", "next": {"on": "2026-11-20", "matter": "发报价"}}
        mei.post(f"/customers/{file['id']}/follow-ups", talk)
        assert "今天 跟进晨光文具：发报价" in told(at(FRIDAY, "09:00"))
        assert Notice.objects.get(kind="task_due").customer_id == file["id"]

    def test_plans_for_many_are_reminded_of(self, boss: Api, mei: Api) -> None:
        ids = [mei.customer(name)["id"] for name in ("晨光", "得力")]
        Task.objects.all().delete()
        boss.post("/plans", {"customer_ids": ids, "due_on": "2026-11-20"}, 200)
        assert told(at(FRIDAY, "09:00"), mei) == ["今天 跟进晨光", "今天 跟进得力"]


class TestChanged:
    def test_put_off_it_is_told_on_its_new_day_alone(self, mei: Api) -> None:
        made = add(mei)
        mei.patch(f"/tasks/{made['id']}", {"version": 1, "due_on": "2026-11-23"})
        assert told(at(FRIDAY, "09:00")) == []
        assert told(at(MONDAY, "09:00")) == ["今天 发报价"]

    def test_told_and_put_off_it_is_told_again(self, mei: Api) -> None:
        made = add(mei)
        told(at(FRIDAY, "09:00"))
        mei.patch(f"/tasks/{made['id']}", {"version": 1, "due_on": "2026-11-23"})
        assert told(at(MONDAY, "09:00")) == ["今天 发报价"]

    def test_reworded_it_is_told_once(self, mei: Api) -> None:
        made = add(mei)
        told(at(FRIDAY, "09:00"))
        mei.patch(f"/tasks/{made['id']}", {"version": 1, "title": "发新报价"})
        assert told(at(FRIDAY, "10:00")) == []

    def test_there_and_back_it_is_told_once_for_a_date(self, mei: Api) -> None:
        made = add(mei)
        told(at(FRIDAY, "09:00"))
        mei.patch(f"/tasks/{made['id']}", {"version": 1, "due_on": "2026-11-23"})
        mei.patch(f"/tasks/{made['id']}", {"version": 2, "due_on": "2026-11-20"})
        assert told(at(FRIDAY, "09:05")) == []

    def test_done_it_is_not_told(self, mei: Api) -> None:
        made = add(mei)
        mei.post(f"/tasks/{made['id']}/completion", status=200)
        assert told(at(FRIDAY, "09:00")) == []

    def test_reopened_it_is(self, mei: Api) -> None:
        made = add(mei)
        mei.post(f"/tasks/{made['id']}/completion", status=200)
        mei.call("DELETE", f"/tasks/{made['id']}/completion")
        assert told(at(FRIDAY, "09:00")) == ["今天 发报价"]

    def test_given_to_another_the_other_is_told(self, mei: Api, lin: Api, frozen: Any) -> None:
        made = add(mei)
        told(at(FRIDAY, "09:00"))
        frozen.move_to(at(FRIDAY, "09:30"))
        mei.patch(f"/tasks/{made['id']}", {"version": 1, "assignee_id": lin.id})
        assert Notice.objects.get(person_id=lin.id).title == "王小梅给你一件待办：发报价"
        assert told(at(FRIDAY, "09:31"), lin) == [], "once is enough"
        assert Notice.objects.filter(person_id=mei.id).count() == 1

    def test_who_left_is_not_told(self, boss: Api, mei: Api) -> None:
        add(mei)
        boss.dismiss(mei)
        assert told(at(FRIDAY, "09:00")) == []

    def test_nothing_about_a_customer_in_the_trash_until_it_comes_back(self, mei: Api) -> None:
        file = mei.customer()
        Task.objects.all().delete()
        add(mei, customer_id=file["id"], due_on="2026-11-23", remind_before=3 * 24 * 60)
        mei.delete(f"/customers/{file['id']}")
        assert told(at(FRIDAY, "09:00")) == []
        run("care.remind_missing", at(FRIDAY, "10:00"))
        assert Task.objects.get().remind_at is None
        mei.post(f"/customers/{file['id']}/restoration", status=200)
        run("care.remind_missing", at(FRIDAY, "11:00"))
        assert told(at(MONDAY + DAY, "09:00")) == [f"超期：发报价（{file['name']}）"]


class TestSnooze:
    def snoozed(self, api: Api, until: str, **fields: Any) -> Any:
        made = add(api, due_on=str(TODAY), **fields)
        found = api.post(f"/tasks/{made['id']}/snooze", {"until": until}, 200)
        return found["due_on"], found["due_time"]

    def test_tomorrow_keeps_the_time(self, mei: Api) -> None:
        assert self.snoozed(mei, "tomorrow", due_time="15:00") == ("2026-11-19", "15:00:00")

    def test_next_week_is_its_first_working_day(self, mei: Api) -> None:
        assert self.snoozed(mei, "next_week") == ("2026-11-23", None)

    def test_next_week_after_the_holidays(self, mei: Api, frozen: Any) -> None:
        frozen.move_to(clock.at_time(date(2026, 9, 30), time(10)))  # the week of 国庆
        made = add(mei, due_on="2026-09-30")
        found = mei.post(f"/tasks/{made['id']}/snooze", {"until": "next_week"}, 200)
        assert found["due_on"] == "2026-10-08"

    def test_a_minute(self, mei: Api) -> None:
        assert self.snoozed(mei, "2026-11-18T16:20") == ("2026-11-18", "16:20:00")
        assert told(at(TODAY, "16:20")) == ["今天 16:20 发报价"]

    @pytest.mark.parametrize("until", ["2026-11-18T09:59", "gestern", "", "9999-01-01T00:00"])
    def test_not_into_the_past_or_nowhere(self, mei: Api, until: str) -> None:
        made = add(mei)
        wrong = mei.post(f"/tasks/{made['id']}/snooze", {"until": until}, 422)
        assert wrong_fields(wrong) == {"until"}

    def test_not_what_is_done(self, mei: Api) -> None:
        made = add(mei)
        mei.post(f"/tasks/{made['id']}/completion", status=200)
        mei.post(f"/tasks/{made['id']}/snooze", {"until": "tomorrow"}, 409)

    def test_the_customer_is_due_then(self, mei: Api) -> None:
        file = mei.customer()
        Task.objects.all().delete()
        plan = {"kind": "follow_up", "customer_id": file["id"], "title": "", "due_on": "2026-11-19"}
        made = mei.post("/tasks", plan)
        mei.post(f"/tasks/{made['id']}/snooze", {"until": "next_week"}, 200)
        assert mei.get(f"/customers/{file['id']}")["next_follow_up_on"] == "2026-11-23"


class TestClock:
    """No jump of the clock and no long stop loses a reminder or tells one twice."""

    def fill(self, api: Api) -> None:
        for day in range(5):
            for hour in (9, 15):
                due_on = str(MONDAY + day * DAY)
                add(api, f"{due_on} {hour:02}点", due_on, due_time=f"{hour:02}:00")

    def test_after_a_week_all_at_once_in_order_and_how_late(self, mei: Api) -> None:
        self.fill(mei)
        titles = told(at(MONDAY + 7 * DAY, "10:00"))
        assert titles == sorted(titles)
        assert len(titles) == 10
        body = Notice.objects.order_by("id").values_list("body", flat=True)[0]
        assert "本应在11月23日 09:00 提醒，迟了 7 天。" in body
        assert told(at(MONDAY + 8 * DAY, "10:00")) == []

    @pytest.mark.parametrize(
        "steps",
        [
            (HOUR, -HOUR, HOUR, DAY, -DAY, 6 * DAY),
            (DAY, -HOUR, -DAY, 9 * DAY),
            (5 * 365 * DAY, -5 * 365 * DAY, DAY, 8 * DAY),
            (-5 * 365 * DAY, 5 * 365 * DAY, 9 * DAY),
            (*[timedelta(hours=7)] * 30, -3 * DAY, 9 * DAY),
        ],
    )
    def test_each_once(self, mei: Api, steps: tuple[timedelta, ...]) -> None:
        self.fill(mei)
        now = at(MONDAY, "08:00")
        for step in steps:
            now += step
            run("care.remind", now)
        seen = list(Notice.objects.order_by("id").values_list("kind", "record_id"))
        assert len(seen) == len(set(seen))
        assert {task for _, task in seen} == set(Task.objects.values_list("id", flat=True))
        assert not Task.objects.filter(remind_at__lte=now).exists()
        keys = Notice.objects.values_list("key", flat=True)
        assert len(keys) == len(set(keys))

    @pytest.mark.parametrize("late", [(9, ""), (11, "迟了 11 分钟"), (150, "迟了 2 小时")])
    def test_a_few_minutes_are_not_worth_telling(self, mei: Api, late: tuple[int, str]) -> None:
        add(mei, due_time="15:00")
        told(at(FRIDAY, "15:00") + late[0] * MINUTE)
        body = Notice.objects.get().body
        assert late[1] in body
        assert bool(late[1]) == ("迟了" in body)


class TestPieces:
    @pytest.fixture(autouse=True)
    def small(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sweep, "PIECE", 7)

    def test_many_are_told_piece_by_piece(self, mei: Api) -> None:
        for number in range(20):
            add(mei, f"{number:02}", due_time=f"10:{number:02}")
        assert told(at(FRIDAY, "10:30")) == [
            f"今天 10:{number:02} {number:02}" for number in range(20)
        ]

    def test_what_an_older_version_left_gets_its_reminder(self, mei: Api) -> None:
        for number in range(20):
            add(mei, f"{number:02}")
        add(mei, "去年的", "2025-11-20")
        Task.objects.update(remind_at=None)
        run("care.remind_missing", NOW)
        assert len(told(at(FRIDAY, "09:00"))) == 20
        assert Task.objects.get(title="去年的").remind_at is None

    @pytest.mark.django_db
    def test_a_room_that_never_clears_is_stopped(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sweep, "_registered", {})
        rows, seen = list(range(20)), []

        def fetch(day: date, limit: int) -> list[int]:
            return rows[:limit]

        def tell(found: Any, now: datetime) -> None:
            seen.extend(found)
            del rows[: len(found)]

        sweep.register("good", fetch, tell)
        with_them = jobs.enqueue("care.remind_days", {}, now=NOW)
        jobs.run_due(NOW)
        with_them.refresh_from_db()
        assert (with_them.state, seen) == ("done", list(range(20)))
        sweep.register("bad", lambda day, limit: list(range(limit)), lambda rows, now: None)
        stuck = jobs.enqueue("care.remind_days", {}, now=NOW, max_attempts=1)
        jobs.run_due(NOW)
        stuck.refresh_from_db()
        assert stuck.state == "failed"


def test_numbers_people_type_stay_inside(mei: Api) -> None:
    add(mei, "打 13812345678 找李总", materials="身份证 110101199003077715")
    told(at(FRIDAY, "09:00"))
    notice = Notice.objects.get()
    assert "13812345678" not in notice.title
    assert "110101199003077715" not in notice.body
    assert "找李总" in notice.title


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_tell_each_once(mei: Api) -> None:
    for number in range(30):
        add(mei, f"{number:02}", due_time="10:00")
    now = at(FRIDAY, "10:00")
    for _ in range(2):
        jobs.enqueue("care.remind", {}, now=now)

    def work() -> None:
        try:
            jobs.run_due(now)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    run("care.remind", now + MINUTE)
    assert Notice.objects.count() == 30
