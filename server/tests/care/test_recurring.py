"""Recurring tasks: the next one is made exactly once, on the right day."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connections
from hypothesis import given
from hypothesis import strategies as st

from tests.people import NOW, Api, wrong_fields
from zhike.base import workdays
from zhike.base.errors import Problem
from zhike.care import tasks
from zhike.care.models import Task
from zhike.care.reminders import recurring
from zhike.trail.models import Event

DAY = timedelta(days=1)


def add(api: Api, repeat: str, due_on: str = "2026-11-18", **fields: Any) -> Any:
    return api.post("/tasks", {"title": "周报", "due_on": due_on, "repeat": repeat, **fields})


def done(api: Api, task: Any) -> None:
    api.post(f"/tasks/{task['id']}/completion", status=200)


def open_days() -> list[str]:
    found = Task.objects.filter(done_at=None).order_by("due_on")
    return [str(day) for day in found.values_list("due_on", flat=True)]


class TestDays:
    @pytest.mark.parametrize(
        ("repeat", "every", "anchor", "days"),
        [
            ("day", 1, "2026-11-18", ["2026-11-19", "2026-11-20"]),
            ("day", 3, "2026-11-18", ["2026-11-21", "2026-11-24"]),
            ("week", 2, "2026-11-18", ["2026-12-02", "2026-12-16"]),
            ("month", 1, "2026-12-31", ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]),
            ("month", 2, "2026-12-31", ["2027-02-28", "2027-04-30", "2027-06-30"]),
            ("quarter", 1, "2026-11-30", ["2027-02-28", "2027-05-30", "2027-08-30"]),
            ("year", 1, "2028-02-29", ["2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"]),
            # 元旦 2026 was off from Thursday to Saturday, and Sunday the 4th was worked.
            ("workday", 1, "2025-12-30", ["2025-12-31", "2026-01-04", "2026-01-05"]),
            ("workday", 2, "2026-11-19", ["2026-11-23", "2026-11-25"]),
        ],
    )
    def test_of_a_series(self, repeat: str, every: int, anchor: str, days: list[str]) -> None:
        start = day = date.fromisoformat(anchor)
        for expected in days:
            day = recurring.next_day(repeat, every, start, day)
            assert str(day) == expected

    @given(
        repeat=st.sampled_from(["day", "workday", "week", "month", "quarter", "year"]),
        every=st.integers(1, 99),
        anchor=st.dates(date(2020, 1, 1), date(2040, 1, 1)),
        later=st.integers(0, 3000),
    )
    def test_always_later_and_on_the_series(
        self, repeat: str, every: int, anchor: date, later: int
    ) -> None:
        after = anchor + later * DAY
        found = recurring.next_day(repeat, every, anchor, after)
        assert found > after
        if repeat == "workday":
            assert workdays.is_workday(found)
        elif repeat in ("day", "week"):
            assert (found - anchor).days % (every * (7 if repeat == "week" else 1)) == 0
        else:
            last = (found + DAY).month != found.month
            assert found.day == anchor.day or (last and found.day < anchor.day)


class TestSeries:
    def test_when_one_is_done_the_next_is_made_with_all_it_says(self, mei: Api) -> None:
        file = mei.customer()
        Task.objects.all().delete()
        made = add(
            mei,
            "week",
            due_time="15:00",
            materials="数据",
            way="email",
            remind_before=30,
            customer_id=file["id"],
        )
        done(mei, made)
        (next_one,) = mei.get("/tasks", scope="open")["items"]
        same = ("title", "materials", "way", "due_time", "remind_before", "repeat", "customer")
        assert {name: next_one[name] for name in same} == {name: made[name] for name in same}
        assert (next_one["due_on"], next_one["series"]) == ("2026-11-25", made["id"])
        assert next_one["remind_at"] == "2026-11-25T06:30:00Z"
        verbs = Event.objects.filter(record_id=next_one["id"], record_type="task")
        assert [one.verb for one in verbs] == ["task.added"]

    def test_done_twice_it_is_made_once(self, mei: Api) -> None:
        made = add(mei, "week")
        done(mei, made)
        done(mei, made)
        assert open_days() == ["2026-11-25"]

    def test_done_early_the_series_keeps_its_days(self, mei: Api) -> None:
        done(mei, add(mei, "week", "2026-11-27"))
        assert open_days() == ["2026-12-04"]

    def test_done_late_what_went_by_is_not_made_up_for(self, mei: Api) -> None:
        done(mei, add(mei, "day", "2026-11-02"))
        assert open_days() == ["2026-11-18"]
        done(mei, mei.get("/tasks", scope="open")["items"][0])
        assert open_days() == ["2026-11-19"]

    def test_put_off_it_does_not_move_the_series(self, mei: Api) -> None:
        made = add(mei, "month", "2026-11-30")
        mei.patch(f"/tasks/{made['id']}", {"version": 1, "due_on": "2026-12-02"})
        done(mei, made)
        assert open_days() == ["2026-12-30"]

    def test_it_ends_on_its_last_day(self, mei: Api) -> None:
        made = add(mei, "week", repeat_until="2026-11-25")
        done(mei, made)
        assert open_days() == ["2026-11-25"]
        done(mei, mei.get("/tasks", scope="open")["items"][0])
        assert open_days() == []

    def test_it_can_be_ended(self, mei: Api) -> None:
        made = add(mei, "week")
        mei.patch(f"/tasks/{made['id']}", {"version": 1, "repeat": ""})
        done(mei, made)
        assert open_days() == []

    def test_a_rhythm_chosen_anew_counts_from_its_day(self, mei: Api) -> None:
        made = add(mei, "week")
        change = {"version": 1, "repeat": "month", "due_on": "2026-11-20"}
        mei.patch(f"/tasks/{made['id']}", change)
        done(mei, made)
        assert open_days() == ["2026-12-20"]

    def test_one_can_be_left_out(self, mei: Api) -> None:
        made = add(mei, "week")
        mei.post(f"/tasks/{made['id']}/skip", status=200)
        assert open_days() == ["2026-11-25"]
        left = Event.objects.filter(record_id=made["id"], record_type="task").order_by("id").last()
        assert left is not None
        assert left.verb == "task.dropped"

    def test_only_one_of_a_series_can(self, mei: Api) -> None:
        made = mei.post("/tasks", {"title": "一次", "due_on": "2026-11-18"})
        mei.post(f"/tasks/{made['id']}/skip", status=409)

    def test_reopened_the_next_one_goes_if_nobody_touched_it(self, mei: Api) -> None:
        made = add(mei, "week")
        done(mei, made)
        mei.call("DELETE", f"/tasks/{made['id']}/completion")
        assert open_days() == ["2026-11-18"]
        done(mei, made)
        assert open_days() == ["2026-11-25"]

    def test_reopened_the_next_one_stays_if_somebody_did(self, mei: Api) -> None:
        made = add(mei, "week")
        done(mei, made)
        (follower,) = mei.get("/tasks", scope="open")["items"]
        mei.patch(f"/tasks/{follower['id']}", {"version": 1, "title": "改过"})
        mei.call("DELETE", f"/tasks/{made['id']}/completion")
        assert open_days() == ["2026-11-18", "2026-11-25"]
        done(mei, made)
        assert open_days() == ["2026-11-25"]

    def test_no_two_of_a_series_on_a_day(self, mei: Api) -> None:
        made = add(mei, "day", "2026-11-18")
        done(mei, made)
        (follower,) = mei.get("/tasks", scope="open")["items"]
        there = {"version": 1, "due_on": "2026-11-18"}
        wrong = mei.patch(f"/tasks/{follower['id']}", there, 422)
        assert wrong_fields(wrong) == {"due_on"}

    def test_a_recurring_plan_goes_on_when_a_follow_up_does_it(self, mei: Api) -> None:
        file = mei.customer()
        Task.objects.all().delete()
        add(mei, "week", "2026-11-18", kind="follow_up", customer_id=file["id"])
        talk = {"way": "phone", "content": "谈过"}
        mei.post(f"/customers/{file['id']}/follow-ups", talk)
        assert "2026-11-25" in open_days()

    @pytest.mark.parametrize(
        ("field", "fields"),
        [
            ("repeat", {"repeat": "sometimes"}),
            ("repeat_every", {"repeat": "day", "repeat_every": 0}),
            ("repeat_every", {"repeat": "day", "repeat_every": 100}),
            ("repeat_until", {"repeat": "day", "repeat_until": "2026-11-17"}),
            ("way", {"way": "鸽子"}),
        ],
    )
    def test_wrong_ones_are_told(self, mei: Api, field: str, fields: dict[str, Any]) -> None:
        wrong = mei.post("/tasks", {"title": "x", "due_on": "2026-11-18", **fields}, 422)
        assert wrong_fields(wrong) == {field}


@pytest.mark.django_db(transaction=True)
def test_done_by_two_at_once_the_next_is_made_once(mei: Api) -> None:
    made = add(mei, "week")
    meet = threading.Barrier(4)
    refused: list[Exception] = []

    def finish() -> None:
        try:
            meet.wait(10)
            tasks.complete_task(actor=mei.person, now=NOW, task_id=made["id"])
        except Problem as error:
            refused.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=finish) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not refused
    assert open_days() == ["2026-11-25"]
