"""The roll of the workers, and what becomes of a job by hand."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from zhike.base import clock, jobs
from zhike.base.errors import Conflict
from zhike.base.jobs import kinds, queue, roll, worker
from zhike.base.models import Job, Worker

NOW = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
gave_up: list[str] = []


@jobs.job("roll.plain", label="平常的")
def plain(run: jobs.Run) -> None:
    with run.step(final=True):
        pass


@jobs.job("roll.fails", label="失败的")
def fails(run: jobs.Run) -> None:
    if run.attempt < 9:
        raise ValueError


@jobs.job("roll.told", gave_up=lambda error, now: gave_up.append(error), label="会通知的")
def told(run: jobs.Run) -> None:
    raise ValueError


def failed(kind: str, **more: object) -> Job:
    job = jobs.enqueue(kind, {}, now=NOW, max_attempts=1, **more)
    jobs.run_due(NOW)
    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    return job


@pytest.mark.django_db
class TestByHand:
    def test_a_failed_one_is_put_in_again_and_resumes(self) -> None:
        job = failed("roll.fails")
        Job.objects.filter(pk=job.pk).update(progress={"done": 3, "checkpoint": 3})
        queue.retry(job, now=NOW + SECOND)
        job.refresh_from_db()
        assert (job.state, job.attempts, job.error, job.finished_at) == ("queued", 0, "", None)
        run = worker.claim(NOW + SECOND)
        assert run is not None
        assert (run.done, run.checkpoint) == (3, 3)

    def test_only_a_failed_one_is(self) -> None:
        job = jobs.enqueue("roll.plain", {}, now=NOW)
        with pytest.raises(Conflict):
            queue.retry(job, now=NOW)

    def test_not_where_its_failure_was_told(self) -> None:
        gave_up.clear()
        job = failed("roll.told")
        assert len(gave_up) == 1
        with pytest.raises(Conflict):
            queue.retry(job, now=NOW)

    def test_not_while_a_twin_waits(self) -> None:
        job = failed("roll.fails", dedupe_key="one")
        jobs.enqueue("roll.fails", {}, now=NOW, dedupe_key="one")
        with pytest.raises(Conflict, match="排队"):
            queue.retry(job, now=NOW)

    def test_a_waiting_one_is_cancelled(self) -> None:
        job = jobs.enqueue("roll.plain", {}, now=NOW)
        queue.cancel(job, now=NOW)
        assert jobs.run_due(NOW) == 0
        job.refresh_from_db()
        assert (job.state, job.error) == ("failed", queue.CANCELLED)
        with pytest.raises(Conflict):
            queue.cancel(job, now=NOW)

    def test_who_works_at_a_cancelled_one_cannot_commit(self) -> None:
        gave_up.clear()
        job = jobs.enqueue("roll.told", {}, now=NOW)
        run = worker.claim(NOW)
        assert run is not None
        queue.cancel(Job.objects.get(pk=job.pk), now=NOW)
        assert gave_up == [queue.CANCELLED]
        with pytest.raises(jobs.Stolen), transaction.atomic(), run.step():
            raise AssertionError("the step must not begin")


@pytest.mark.django_db(transaction=True)
class TestRoll:
    def test_a_worker_stands_in_it_while_it_works(self) -> None:
        stop = threading.Event()
        thread = threading.Thread(target=jobs.run_worker, args=(stop, 0.01))
        thread.start()
        for _ in range(200):
            if Worker.objects.exists():
                break
            time.sleep(0.02)
        shown = Worker.objects.get()
        assert roll.alive(shown.seen_at, clock.now())
        stop.set()
        thread.join()
        assert not Worker.objects.exists()

    def test_who_is_not_seen_any_more_is_struck_out(self) -> None:
        for name, age in (("here", 1), ("late", 60), ("gone", 121)):
            seen = NOW - age * SECOND
            Worker.objects.create(name=name, started_at=seen, seen_at=seen)
        assert [roll.alive(NOW - age * SECOND, NOW) for age in (1, 60)] == [True, False]
        assert roll.drop_gone(NOW) == 1
        assert set(Worker.objects.values_list("name", flat=True)) == {"here", "late"}

    def test_so_is_who_was_seen_by_a_clock_that_ran_ahead(self) -> None:
        seen = NOW + timedelta(days=400)
        Worker.objects.create(name="astray", started_at=seen, seen_at=seen)
        assert not roll.alive(seen, NOW)
        assert roll.drop_gone(NOW) == 1


def test_every_kind_of_work_is_called_something() -> None:
    ours = {kind: known for kind, known in kinds.known.items() if _of_the_house(known)}
    assert len(ours) > 10
    nameless = [
        kind
        for kind, known in ours.items()
        if not any("一" <= letter <= "鿿" for letter in known.label)
    ]
    assert not nameless


def _of_the_house(known: kinds.Registered) -> bool:
    return known.work.__module__.startswith("zhike.")
