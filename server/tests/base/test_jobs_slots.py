"""Work to be done every few minutes: once for all workers, and once after any stop of the clock."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections

from zhike.base import clock, jobs
from zhike.base.jobs import days as every_day
from zhike.base.jobs import slots, worker
from zhike.base.models import Job, Slot

NOW = datetime(2026, 11, 18, 2, 0, 30, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ran: list[datetime] = []


@pytest.fixture(autouse=True)
def only_ours(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(slots, "_slots", {})
    monkeypatch.setattr(every_day, "_days", {})

    @jobs.every("test.slot", minutes=5, label="试试")
    def work(run: jobs.Run) -> None:
        ran.append(run.now)

    ran.clear()
    yield


def planned(now: datetime) -> list[datetime]:
    return [one.at for one in jobs.plan_slots(now)]


@pytest.mark.django_db
class TestSlots:
    def test_it_comes_once_for_each_moment(self) -> None:
        assert planned(NOW) == [NOW - timedelta(seconds=30)]
        assert planned(NOW + 4 * MINUTE) == []
        jobs.run_due(NOW)
        assert planned(NOW + 5 * MINUTE) == [NOW - timedelta(seconds=30) + 5 * MINUTE]

    def test_after_a_week_it_comes_once(self) -> None:
        planned(NOW)
        jobs.run_due(NOW)
        later = jobs.plan_slots(NOW + 7 * DAY)
        assert [one.since for one in later] == [7 * DAY]
        assert planned(NOW + 7 * DAY) == []
        assert jobs.run_due(NOW + 7 * DAY) == 1

    def test_what_still_waits_is_not_queued_twice(self) -> None:
        planned(NOW)
        planned(NOW + 5 * MINUTE)
        assert Job.objects.filter(kind="test.slot").count() == 1

    @pytest.mark.parametrize("jump", [HOUR, DAY, 5 * 365 * DAY])
    def test_a_clock_that_went_astray_and_back_stops_nothing(self, jump: timedelta) -> None:
        planned(NOW)
        jobs.run_due(NOW)
        assert len(planned(NOW + jump)) == 1
        jobs.run_due(NOW + jump)
        assert len(planned(NOW + 5 * MINUTE)) == 1
        assert planned(NOW + 6 * MINUTE) == []
        assert jobs.run_due(NOW + 6 * MINUTE) == 1
        assert len(ran) == 3

    def test_its_receipts_go_after_a_day_and_all_others_after_a_month(self) -> None:
        Job.objects.create(
            kind="test.other", state="done", run_at=NOW, created_at=NOW, finished_at=NOW
        )
        planned(NOW)
        jobs.run_due(NOW)

        def kinds_after(age: timedelta) -> set[str]:
            job = jobs.enqueue("jobs.tidy", {}, now=NOW + age)
            jobs.run_due(NOW + age)
            Job.objects.filter(pk=job.pk).delete()
            return set(Job.objects.values_list("kind", flat=True))

        assert kinds_after(HOUR) == {"test.slot", "test.other"}
        assert kinds_after(DAY + HOUR) == {"test.other"}
        assert kinds_after(29 * DAY) == {"test.other"}
        assert kinds_after(31 * DAY) == set()


@pytest.mark.django_db
class TestClockPutBack:
    """A server whose clock ran years ahead for an hour is put right: its work goes on."""

    FUTURE = NOW + 5 * 365 * DAY

    def test_what_was_queued_then_runs_now(self) -> None:
        jobs.enqueue("test.slot", {}, now=self.FUTURE)
        assert jobs.run_due(NOW) == 0
        jobs.plan(NOW)
        jobs.run_due(NOW)
        assert NOW in ran

    def test_what_died_then_is_taken_over_now(self) -> None:
        job = jobs.enqueue("test.slot", {}, now=NOW)
        assert worker.claim(self.FUTURE) is not None
        assert worker.claim(NOW) is None
        jobs.plan(NOW)
        taken = worker.claim(NOW + MINUTE)
        assert taken is not None
        assert (taken.job_id, taken.fence) == (job.pk, 2)

    def test_what_waits_on_purpose_goes_on_waiting(self) -> None:
        job = jobs.enqueue("test.slot", {}, now=NOW, run_at=NOW + 30 * DAY)
        jobs.plan(NOW)
        job.refresh_from_db()
        assert job.run_at == NOW + 30 * DAY


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_one_queues_it() -> None:
    for round_ in range(5):
        now = NOW + round_ * 5 * MINUTE
        meet = threading.Barrier(4)
        found: list[jobs.Slotted] = []

        def look(now: datetime = now, meet: threading.Barrier = meet) -> None:
            try:
                meet.wait(10)
                found.extend(jobs.plan_slots(now))  # noqa: B023
            finally:
                connections.close_all()

        threads = [threading.Thread(target=look) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert len(found) == 1
        assert jobs.run_due(now) == 1
    assert Slot.objects.get().at == NOW - timedelta(seconds=30) + 20 * MINUTE


@pytest.mark.django_db(transaction=True)
def test_it_does_not_wait_for_the_end_of_something_long() -> None:
    begun, enough, stop = threading.Event(), threading.Event(), threading.Event()

    @jobs.job("test.long", label="很久的")
    def long(run: jobs.Run) -> None:
        begun.set()
        enough.wait(30)

    jobs.enqueue("test.long", {}, now=clock.now())
    jobs.enqueue("test.long", {}, now=clock.now())  # it would be next where there is one lane
    thread = threading.Thread(target=jobs.run_worker, args=(stop, 0.01), kwargs={"days": True})
    thread.start()
    try:
        assert begun.wait(20)
        give_up_at = time.monotonic() + 20
        while not ran and time.monotonic() < give_up_at:
            time.sleep(0.02)
        assert ran
        assert Job.objects.filter(kind="test.long", finished_at=None).count() == 2
    finally:
        enough.set()
        stop.set()
        thread.join(30)


@pytest.mark.django_db(transaction=True)
def test_a_worker_whose_lane_breaks_ends_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    stop = threading.Event()
    monkeypatch.setattr(slots, "_slots", {"test.slot": "no length"})
    monkeypatch.setattr(threading, "excepthook", lambda of: None)
    thread = threading.Thread(target=jobs.run_worker, args=(stop, 0.01), kwargs={"days": True})
    thread.start()
    thread.join(20)
    assert not thread.is_alive()
    assert stop.is_set()
