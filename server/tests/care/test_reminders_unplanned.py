"""Customers nobody has planned to contact: their owner hears of it, once a week."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from tests.people import NOW, TODAY, Api
from zhike.base import clock, jobs
from zhike.base.models import Job
from zhike.care.models import Task
from zhike.customers.models import Customer
from zhike.trail.models import Notice

DAY = timedelta(days=1)


def quiet(api: Api, name: str, days: int) -> int:
    """Enter a customer of somebody who was last contacted so many days ago; nothing is planned."""
    pk: int = api.customer(name)["id"]
    Task.objects.filter(customer=pk).delete()
    Customer.objects.filter(pk=pk).update(
        last_follow_up_on=TODAY - days * DAY, next_follow_up_on=None
    )
    return pk


def run(now: datetime) -> None:
    jobs.enqueue("care.unplanned", {}, now=now)
    jobs.run_due(now)
    assert not Job.objects.exclude(state="done").exists(), Job.objects.values("kind", "error")


def told(of: Api) -> list[tuple[str, str]]:
    found = Notice.objects.filter(person_id=of.id, kind="unplanned").order_by("id")
    return list(found.values_list("title", "body"))


def test_the_owner_hears_who_waits_longest(mei: Api, lin: Api) -> None:
    for number in range(6):
        quiet(mei, f"久等{number}", 40 + number)
    quiet(mei, "才二十九天", 29)
    quiet(lin, "刚好三十天", 30)
    run(NOW)
    longest = [f"久等{number}：上次联系，{40 + number} 天" for number in (5, 4, 3, 2, 1)]
    more = "还有 1 位，在客户列表里筛选“下次跟进：未安排”查看。"
    assert told(mei) == [("6 位客户超过 30 天没联系，也没约下次", "\n".join([*longest, more]))]
    assert told(lin) == [("1 位客户超过 30 天没联系，也没约下次", "刚好三十天：上次联系，30 天")]


def test_once_a_week_until_it_is_planned(mei: Api) -> None:
    pk = quiet(mei, "久等", 40)
    monday = clock.at_time(TODAY - TODAY.weekday() * DAY, time(9, 5))
    for days in range(5):
        run(monday + days * DAY)
    assert len(told(mei)) == 1
    run(monday + 7 * DAY)
    assert len(told(mei)) == 2
    mei.post(
        "/tasks", {"title": "回访", "kind": "follow_up", "customer_id": pk, "due_on": "2027-02-01"}
    )
    run(monday + 14 * DAY)
    assert len(told(mei)) == 2


def test_who_was_never_contacted_counts_from_the_entry(mei: Api) -> None:
    pk = quiet(mei, "录完没人管", 0)
    Customer.objects.filter(pk=pk).update(last_follow_up_on=None, created_at=NOW - 31 * DAY)
    run(NOW)
    assert told(mei)[0][1] == "录完没人管：录入后没联系过，31 天"


@pytest.mark.parametrize(
    "put_away",
    [{"life": "paused"}, {"deleted_at": NOW}, {"owner": None}, {"next_follow_up_on": TODAY}],
    ids=lambda one: next(iter(one)),
)
def test_who_needs_no_plan_is_not_told_of(mei: Api, put_away: dict[str, object]) -> None:
    pk = quiet(mei, "不用管", 60)
    Customer.objects.filter(pk=pk).update(**put_away)
    run(NOW)
    assert told(mei) == []


def test_nobody_is_told_on_a_day_off_or_too_early(mei: Api) -> None:
    quiet(mei, "久等", 40)
    sunday = clock.at_time(TODAY - TODAY.weekday() * DAY + 6 * DAY, time(10))
    run(sunday)
    run(clock.at_time(TODAY, time(7)))
    assert told(mei) == []
