import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, connections, transaction

from zhike.base import clock, jobs
from zhike.base.errors import Problem
from zhike.base.jobs import running, worker
from zhike.base.models import Job

NOW = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)
State = Job.State
work: dict[str, object] = {}


@jobs.job("test.note")
def note(run: jobs.Run, text: str) -> None:
    work["text"] = text
    work["now"] = run.now


@jobs.job("test.fails")
def fails(run: jobs.Run, secret: str) -> None:
    with run.step():
        marker("lost")
        run.progress(1, 2)
        raise KeyError(secret)


def remember(error: str, now: datetime, **args: object) -> None:
    work["gave_up"] = (error, now, args)


@jobs.job("test.refuses", gave_up=remember)
def refuses(run: jobs.Run, number: int) -> None:
    raise Problem("文件打不开，请另存为 xlsx 后重试")


@jobs.job("test.steps")
def steps(run: jobs.Run, total: int, fail_at: int = -1) -> None:
    for number in range(run.done, total):
        if number == fail_at and run.attempt == 1:
            raise RuntimeError
        with run.step(final=number == total - 1):
            marker(f"step {number}")
            run.checkpoint = {"last": number}
            run.progress(number + 1, total, f"第 {number + 1} 步")


def marker(kind: str) -> None:
    """An effect in the database that tests can count: a job nobody runs."""
    Job.objects.create(kind=kind, run_at=NOW + timedelta(days=999), created_at=NOW)


def markers() -> list[str]:
    return sorted(
        Job.objects.filter(run_at__gt=NOW + timedelta(days=900)).values_list("kind", flat=True)
    )


@pytest.fixture(autouse=True)
def empty():
    work.clear()


@pytest.mark.django_db
class TestRunning:
    def test_a_job_runs_with_its_arguments_and_the_time_given(self):
        job = jobs.enqueue("test.note", {"text": "你好"}, now=NOW)
        assert jobs.run_due(NOW) == 1
        assert work == {"text": "你好", "now": NOW}
        job.refresh_from_db()
        assert (job.state, job.finished_at, job.attempts) == (State.DONE, NOW, 1)
        assert jobs.run_due(NOW) == 0

    def test_not_before_its_time(self):
        jobs.enqueue("test.note", {"text": "x"}, now=NOW, run_at=NOW + timedelta(hours=1))
        assert jobs.run_due(NOW) == 0
        assert jobs.run_due(NOW + timedelta(hours=1)) == 1

    def test_the_one_waiting_longest_comes_first(self):
        for text, hour in (("later", 2), ("first", 1)):
            jobs.enqueue("test.note", {"text": text}, now=NOW, run_at=NOW + timedelta(hours=hour))
        jobs.run_due(NOW + timedelta(hours=3))
        assert work["text"] == "later"

    def test_a_rolled_back_caller_queues_nothing(self):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            jobs.enqueue("test.note", {"text": "x"}, now=NOW)
            raise ZeroDivisionError
        assert jobs.run_due(NOW) == 0

    def test_progress_is_kept(self):
        job = jobs.enqueue("test.steps", {"total": 3}, now=NOW)
        jobs.run_due(NOW)
        job.refresh_from_db()
        assert job.state == State.DONE
        assert job.progress == {
            "done": 3,
            "total": 3,
            "message": "第 3 步",
            "checkpoint": {"last": 2},
        }


@pytest.mark.django_db
class TestDedupe:
    def test_an_open_twin_is_returned(self):
        first = jobs.enqueue("test.note", {"text": "1"}, now=NOW, dedupe_key="k")
        second = jobs.enqueue("test.note", {"text": "2"}, now=NOW, dedupe_key="k")
        other = jobs.enqueue("test.note", {"text": "3"}, now=NOW, dedupe_key="l")
        assert first.pk == second.pk != other.pk

    def test_a_finished_one_is_no_twin(self):
        first = jobs.enqueue("test.note", {"text": "1"}, now=NOW, dedupe_key="k")
        jobs.run_due(NOW)
        assert jobs.enqueue("test.note", {"text": "2"}, now=NOW, dedupe_key="k").pk != first.pk


@pytest.mark.django_db
class TestFailing:
    def test_the_effect_of_a_failed_step_is_gone_and_the_job_comes_again(self):
        job = jobs.enqueue("test.fails", {"secret": "13812345678"}, now=NOW, max_attempts=3)
        assert jobs.run_due(NOW) == 1
        job.refresh_from_db()
        assert (job.state, job.run_at) == (State.QUEUED, NOW + timedelta(seconds=5))
        assert job.progress.get("done", 0) == 0
        assert markers() == []
        assert jobs.run_due(NOW + timedelta(seconds=5)) == 1
        job.refresh_from_db()
        assert job.run_at == NOW + timedelta(seconds=15)
        assert jobs.run_due(NOW + timedelta(days=1)) == 1
        job.refresh_from_db()
        assert (job.state, job.attempts) == (State.FAILED, 3)

    def test_the_reason_names_the_place_and_no_data(self):
        job = jobs.enqueue("test.fails", {"secret": "13812345678"}, now=NOW)
        jobs.run_due(NOW)
        job.refresh_from_db()
        assert "KeyError" in job.error
        assert "13812345678" not in job.error

    def test_a_problem_is_final_and_tells_the_owner(self):
        job = jobs.enqueue("test.refuses", {"number": 4}, now=NOW)
        jobs.run_due(NOW)
        job.refresh_from_db()
        assert (job.state, job.attempts) == (State.FAILED, 1)
        assert job.error == "文件打不开，请另存为 xlsx 后重试"
        assert work["gave_up"] == (job.error, NOW, {"number": 4})

    def test_an_unknown_kind_fails_with_a_reason(self):
        job = jobs.enqueue("test.unknown", {}, now=NOW)
        jobs.run_due(NOW)
        job.refresh_from_db()
        assert job.state == State.FAILED
        assert "test.unknown" in job.error

    def test_it_resumes_after_the_last_step_that_counted(self):
        job = jobs.enqueue("test.steps", {"total": 5, "fail_at": 3}, now=NOW)
        jobs.run_due(NOW)
        jobs.run_due(NOW + timedelta(minutes=1))
        job.refresh_from_db()
        assert job.state == State.DONE
        assert markers() == [f"step {number}" for number in range(5)]


@pytest.mark.django_db
class TestLeases:
    def claim(self, at: datetime) -> jobs.Run:
        run = worker.claim(at, fixed=at)
        assert run is not None
        return run

    def test_a_job_under_way_is_left_alone_until_its_lease_ends(self):
        jobs.enqueue("test.note", {"text": "x"}, now=NOW)
        self.claim(NOW)
        assert jobs.run_due(NOW + running.LEASE) == 0
        assert jobs.run_due(NOW + running.LEASE + timedelta(seconds=1)) == 1

    def test_a_worker_that_lost_its_job_cannot_commit(self):
        job = jobs.enqueue("test.steps", {"total": 1}, now=NOW)
        lost = self.claim(NOW)
        later = NOW + running.LEASE * 2
        thief = self.claim(later)
        with pytest.raises(jobs.Stolen), lost.step():
            marker("twice")
        with thief.step(final=True):
            marker("once")
        with pytest.raises(jobs.Stolen), thief.step():
            marker("after the end")
        assert markers() == ["once"]
        job.refresh_from_db()
        assert (job.state, job.fence) == (State.DONE, 2)

    def test_a_step_renews_the_lease(self):
        jobs.enqueue("test.steps", {"total": 9}, now=NOW)
        run = self.claim(NOW)
        run._fixed_now = NOW + timedelta(seconds=50)
        with run.step():
            pass
        assert jobs.run_due(NOW + timedelta(seconds=70)) == 0

    def test_a_job_that_keeps_killing_its_workers_is_given_up(self):
        job = jobs.enqueue("test.refuses", {"number": 1}, now=NOW, max_attempts=2)
        self.claim(NOW)
        self.claim(NOW + running.LEASE * 2)
        assert jobs.run_due(NOW + running.LEASE * 4) == 0
        job.refresh_from_db()
        assert job.state == State.FAILED
        assert "中断" in job.error
        assert "gave_up" in work

    def test_told_to_stop_the_job_goes_back_without_losing_an_attempt(self):
        job = jobs.enqueue("test.steps", {"total": 2}, now=NOW)
        stop = threading.Event()
        run = worker.claim(NOW, fixed=NOW, stop=stop)
        assert run is not None
        stop.set()
        worker.perform(run)
        job.refresh_from_db()
        assert (job.state, job.attempts) == (State.QUEUED, 0)
        assert jobs.run_due(NOW) == 1
        assert len(markers()) == 2


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_the_work(monkeypatch):
    total = 20
    for number in range(total):
        jobs.enqueue("test.steps", {"total": 1 + number % 3}, now=clock.now())
    stop = threading.Event()
    workers = [threading.Thread(target=jobs.run_worker, args=(stop, 0.01)) for _ in range(2)]
    for one in workers:
        one.start()
    give_up_at = clock.now() + timedelta(seconds=30)
    open_jobs = Job.objects.filter(kind="test.steps", finished_at=None)
    while open_jobs.exists() and clock.now() < give_up_at:
        stop.wait(0.05)
    stop.set()
    for one in workers:
        one.join(timeout=10)
    connections.close_all()
    assert not open_jobs.exists()
    assert len(markers()) == sum(1 + number % 3 for number in range(total))
    assert set(Job.objects.filter(kind="test.steps").values_list("attempts", flat=True)) == {1}


@pytest.mark.django_db(transaction=True)
def test_the_heartbeat_keeps_a_slow_job(monkeypatch):
    monkeypatch.setattr(worker, "HEARTBEAT_SECONDS", 0.05)
    seen: list[datetime | None] = []

    @jobs.job("test.slow")
    def slow(run: jobs.Run) -> None:
        for _ in range(2):
            seen.append(Job.objects.get(pk=run.job_id).lease_until)
            threading.Event().wait(0.3)

    jobs.enqueue("test.slow", {}, now=clock.now())
    run = worker.claim(clock.now())
    assert run is not None
    worker.perform_alive(run)
    first, second = seen
    assert first is not None
    assert second is not None
    assert second > first
    assert connection.is_usable()
