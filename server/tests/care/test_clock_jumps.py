"""The whole engine by a clock that jumps, and after a week without a worker (R28).

A worker plans what recurs and works it off, here at instants of our choosing. Whatever they are,
each reminder of a task, of a key date and each digest comes exactly once, in the order it was
meant for, and says so when it is late.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pytest

from tests.people import Api
from zhike.base import clock, jobs
from zhike.base.jobs import days, slots, worker
from zhike.base.models import Job
from zhike.care.models import KeyDate, Task
from zhike.trail.models import Notice

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FIVE_YEARS = timedelta(days=5 * 365)
MONDAY = date(2026, 11, 23)
START = clock.at_time(MONDAY, time(8, 0))
TOLD_WHEN = 10 * timedelta(minutes=1)  # late by so much it is said
DAYS = 9  # until whatever was not done on Friday has been told as overdue, too
END = START + DAYS * DAY

Jump = tuple[timedelta, timedelta]  # after so long, the clock jumps by so much


@pytest.fixture(autouse=True)
def only_of_care(monkeypatch: pytest.MonkeyPatch) -> None:
    """What other rooms do every day takes its time and tells nobody anything here."""
    for of, known in ((days, "_days"), (slots, "_slots")):
        kept = {kind: when for kind, when in getattr(of, known).items() if kind[:5] == "care."}
        assert kept
        monkeypatch.setattr(of, known, kept)


@pytest.fixture
def world(mei: Api) -> Api:
    """Ten tasks at their hours in a week, five of the day, and a contract that ends."""
    for day in range(5):
        due_on = str(MONDAY + day * DAY)
        for hour in (9, 15):
            body = {"title": f"{day} {hour:02}点", "due_on": due_on, "due_time": f"{hour:02}:00"}
            mei.post("/tasks", body)
        mei.post("/tasks", {"title": f"{day} 当天", "due_on": due_on})
    mei.customer("杭州云启软件", cooperation_until=str(MONDAY + 32 * DAY))
    worked_at(START - HOUR)
    return mei


def worked_at(now: datetime) -> list[Notice]:
    """A worker looks once; what is newly told, in order."""
    last = Notice.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    worker.plan(now)
    jobs.run_due(now)
    assert not Job.objects.filter(state="failed").exists(), Job.objects.values("kind", "error")
    return list(Notice.objects.filter(pk__gt=last).order_by("pk"))


def instants(jumps: tuple[Jump, ...]) -> Iterator[datetime]:
    """What the clock shows every six hours, jumps and all, until the days are truly over."""
    wrong = timedelta()
    ahead = dict(jumps)
    for step in range(DAYS * 4 + 1):
        passed = step * 6 * HOUR
        wrong += sum(
            (by for when, by in ahead.items() if passed - 6 * HOUR < when <= passed), DAY * 0
        )
        yield START + passed + wrong
    assert wrong == timedelta(), "in the end the clock is right"


def check(sweeps: list[list[Notice]]) -> None:
    """Nothing is missing, nothing twice, nothing out of order, no delay kept secret."""
    told = [one for sweep in sweeps for one in sweep]
    reminders = Counter((one.kind, one.record_type, one.record_id) for one in told if one.record_id)
    assert max(reminders.values()) == 1, reminders
    tasks = set(Task.objects.values_list("pk", flat=True))
    assert len(tasks) == 15
    assert {pk for _, of, pk in reminders if of == "task"} == tasks
    assert {pk for kind, _, pk in reminders if kind == "overdue"} == tasks
    assert not Task.objects.filter(done_at=None, remind_at__lte=END).exists()
    assert [one.kind for one in told].count("key_date") == 1
    digests = [one.key for one in told if one.kind == "digest"]
    assert len(digests) == len(set(digests))
    for sweep in sweeps:
        of_tasks = [one.due_at for one in sweep if one.kind in ("task_due", "overdue")]
        assert of_tasks == sorted(of_tasks)
    for one in told:
        if one.kind in ("task_due", "overdue") and one.created_at - one.due_at >= TOLD_WHEN:
            assert "迟了" in one.body, (one.title, one.body)
    assert any("迟了" in one.body for one in told)


@pytest.mark.parametrize(
    "jumps",
    [
        (),
        ((DAY, HOUR), (3 * DAY, -HOUR)),
        ((DAY, -HOUR), (3 * DAY, HOUR)),
        ((DAY, DAY), (4 * DAY, -DAY)),
        ((2 * DAY, -DAY), (4 * DAY, DAY)),
        ((DAY, HOUR), (2 * DAY, DAY), (3 * DAY, -DAY), (4 * DAY, -HOUR)),
        ((DAY, FIVE_YEARS), (DAY + 6 * HOUR, -FIVE_YEARS)),
        ((DAY, -FIVE_YEARS), (2 * DAY, FIVE_YEARS)),
    ],
)
def test_by_a_clock_that_jumps(world: Api, jumps: tuple[Jump, ...]) -> None:
    check([worked_at(now) for now in instants(jumps)])


def test_after_a_week_without_a_worker(world: Api) -> None:
    """It stops on Monday morning; when it starts again, all that was missed comes in one go."""
    back = START + 7 * DAY + 3 * HOUR
    sweeps = [worked_at(back), *(worked_at(back + n * 3 * HOUR) for n in range(1, 20))]
    first = sweeps[0]
    late = [one for one in first if one.kind == "overdue"]
    assert len(late) == 15, "each once, not once for its hour and once more for the day after"
    assert "本应在11月23日 09:00 提醒，迟了 7 天。" in late[0].body
    assert [one.due_at for one in late] == sorted(one.due_at for one in late)
    assert all("迟了" in one.body for one in late)
    (contract,) = [one for one in first if one.kind == "key_date"]
    assert "这条提醒迟了 5 天。" in contract.body
    assert [one.key for one in first if one.kind == "digest"] == ["digest:2026-11-30"]
    assert not any(one.kind in ("task_due", "overdue") for sweep in sweeps[1:] for one in sweep)
    check(sweeps)
    assert KeyDate.objects.get().remind_on != clock.day_of(back)
