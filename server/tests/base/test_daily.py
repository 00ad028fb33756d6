"""Work to be done every day: once, whoever sees its time first, and once after a long stop."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.db import connections

from zhike.base import clock, jobs
from zhike.base.jobs import days as every_day
from zhike.base.models import Daily, Job

# Half past ten in the evening of Tuesday in London is half past six on Wednesday in Shanghai.
MORNING = datetime(2026, 11, 17, 22, 30, tzinfo=UTC)
DUE = clock.at_time(date(2026, 11, 18), time(6, 0))
ran: list[datetime] = []


@pytest.fixture(autouse=True)
def only_ours(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(every_day, "_days", {})

    @jobs.daily("test.daily", at=time(6, 0))
    def work(run: jobs.Run) -> None:
        ran.append(run.now)

    ran.clear()
    yield


def days(now: datetime) -> list[tuple[date, timedelta]]:
    return [(one.day, one.late) for one in jobs.plan_days(now)]


@pytest.mark.django_db
class TestOnce:
    def test_it_comes_at_its_time_by_the_clock_in_shanghai(self) -> None:
        days(DUE - timedelta(hours=3))
        jobs.run_due(DUE)
        ran.clear()
        assert days(DUE - timedelta(seconds=1)) == []
        assert days(DUE) == [(date(2026, 11, 18), timedelta(0))]
        assert days(DUE) == []
        assert days(DUE + timedelta(hours=23, minutes=59)) == []
        jobs.run_due(MORNING)
        assert ran == [MORNING]
        assert days(DUE + timedelta(days=1)) == [(date(2026, 11, 19), timedelta(0))]

    def test_a_new_house_begins_at_once(self) -> None:
        assert days(MORNING) == [(date(2026, 11, 18), timedelta(minutes=30))]

    def test_after_a_week_it_is_done_once_and_says_how_late(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        days(DUE)
        jobs.run_due(DUE)
        later = DUE + timedelta(days=7, hours=5)
        assert days(later) == [(date(2026, 11, 25), timedelta(hours=5))]
        assert "hours=5.0" in caplog.text
        assert days(later) == []
        assert jobs.run_due(later) == 1
        assert Daily.objects.get().day == date(2026, 11, 25)

    def test_a_clock_put_back_brings_nothing_twice(self) -> None:
        days(DUE)
        assert days(DUE - timedelta(days=3)) == []
        assert Daily.objects.get().day == date(2026, 11, 18)

    def test_while_the_last_one_is_still_waiting_there_is_no_second(self) -> None:
        days(DUE)
        days(DUE + timedelta(days=1))
        assert Job.objects.filter(kind="test.daily").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_one_queues_it() -> None:
    for round_ in range(5):
        now = DUE + timedelta(days=round_)
        meet = threading.Barrier(4)
        planned: list[jobs.Planned] = []

        def look(now: datetime = now, meet: threading.Barrier = meet) -> None:
            try:
                meet.wait(10)
                planned.extend(jobs.plan_days(now))  # noqa: B023
            finally:
                connections.close_all()

        threads = [threading.Thread(target=look) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert len(planned) == 1
        assert jobs.run_due(now) == 1
    assert len(ran) == 5


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("asked", [True, False])
def test_a_worker_sees_to_it_where_it_is_asked_to(asked: bool) -> None:
    stop = threading.Event()
    with time_machine.travel(MORNING, tick=True):
        worker = threading.Thread(target=jobs.run_worker, args=(stop, 0.01), kwargs={"days": asked})
        worker.start()
        for _ in range(100):
            if ran:
                break
            stop.wait(0.02)
        stop.set()
        worker.join()
    assert len(ran) == asked
