"""Jobs: work on the same database, so that its effect and its receipt commit together.

A worker holds a job by a lease that a heartbeat renews. If the worker dies, the lease ends and
another takes over with a higher fence. `Run.step()` checks the fence inside the transaction of the
effect: a worker that lost its job cannot commit, so nothing is lost and nothing happens twice.
A job that works in several steps resumes from `run.done` or `run.checkpoint`.

What is to happen every day is registered by `daily`; whichever worker first sees that its time has
come queues it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db import DatabaseError, IntegrityError, connection, connections, transaction
from django.db.models import F, Q, QuerySet

from zhike.base import clock
from zhike.base.errors import Problem
from zhike.base.models import Daily, Job

LEASE = timedelta(seconds=60)
HEARTBEAT_SECONDS = 15.0
_FIRST_PAUSE = 5  # seconds before the first retry; doubles, at most an hour
_LONGEST_PAUSE = 3600
_LOOK_EVERY = timedelta(minutes=1)  # for daily work
_LATE = timedelta(minutes=30)
_log = logging.getLogger("zhike.jobs")


class Stolen(Exception):
    """The lease ran out and another worker holds the job now; stop at once."""


class Interrupted(Exception):
    """The worker is told to stop; the job goes back to the queue and resumes where it was."""


class _Registered:
    def __init__(self, work: Callable[..., None], gave_up: Callable[..., None] | None) -> None:
        self.work = work
        self.gave_up = gave_up


_kinds: dict[str, _Registered] = {}


def job(
    kind: str, *, gave_up: Callable[..., None] | None = None
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register `f(run, **args)` as the work of a kind.

    `gave_up(error, now, **args)` runs in the transaction that marks the job as failed for good.
    """

    def register(work: Callable[..., None]) -> Callable[..., None]:
        _kinds[kind] = _Registered(work, gave_up)
        return work

    return register


_before: list[Callable[[], object]] = []


def before_work(prepare: Callable[[], object]) -> None:
    """Have `prepare` called before each job: a worker lives long, and settings change."""
    _before.append(prepare)


_days: dict[str, time] = {}


def daily(kind: str, *, at: time) -> Callable[[Callable[[Run], None]], Callable[[Run], None]]:
    """Register `f(run)` as work to be done every day, from `at` on by the clock in Shanghai."""

    def register(work: Callable[[Run], None]) -> Callable[[Run], None]:
        _days[kind] = at
        job(kind)(work)
        return work

    return register


class Planned(NamedTuple):
    """Daily work that was queued: for which day, and how long after its time."""

    kind: str
    day: date
    late: timedelta


def plan_days(now: datetime) -> list[Planned]:
    """Queue the daily work whose time has come, once for all workers.

    After a stop of days it is done once, for the last day.
    """
    planned = []
    for kind, at in _days.items():
        day = clock.day_of(now)
        if clock.at_time(day, at) > now:
            day -= timedelta(days=1)
        if Daily.objects.filter(name=kind, day__gte=day).exists():
            continue
        with transaction.atomic():
            if _take_day(kind, day):
                enqueue(kind, {}, now=now, dedupe_key=f"daily:{kind}")
                planned.append(Planned(kind, day, now - clock.at_time(day, at)))
    for one in planned:
        if one.late > _LATE:
            hours = round(one.late.total_seconds() / 3600, 1)
            _log.warning("daily work late kind=%s day=%s hours=%s", one.kind, one.day, hours)
    return planned


def _take_day(kind: str, day: date) -> bool:
    """Whether the day is ours: one statement, which the database lets succeed only once."""
    table = connection.ops.quote_name(Daily._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (name, day) VALUES (%s, %s) ON CONFLICT (name)"
            f" DO UPDATE SET day = excluded.day WHERE {table}.day < excluded.day",
            [kind, connection.ops.adapt_datefield_value(day)],
        )
        return bool(cursor.rowcount)


def enqueue(
    kind: str,
    args: Mapping[str, Any],
    *,
    now: datetime,
    dedupe_key: str | None = None,
    run_at: datetime | None = None,
    max_attempts: int = 5,
) -> Job:
    """Queue a job in the caller's transaction; with a dedupe key, an open twin is returned."""
    if dedupe_key is not None:
        twin = Job.objects.filter(dedupe_key=dedupe_key, finished_at=None).first()
        if twin is not None:
            return twin
    new = Job(
        kind=kind,
        args=dict(args),
        run_at=run_at or now,
        max_attempts=max_attempts,
        dedupe_key=dedupe_key,
        created_at=now,
    )
    try:
        with transaction.atomic():
            new.save(force_insert=True)
    except IntegrityError:
        if dedupe_key is None:
            raise
        twin = Job.objects.filter(dedupe_key=dedupe_key, finished_at=None).first()
        if twin is None:
            raise
        return twin
    return new


@dataclass
class Run:
    """One attempt at a job, as its function sees it."""

    job_id: int
    kind: str
    attempt: int
    fence: int
    done: int
    total: int
    message: str
    checkpoint: Any
    _fixed_now: datetime | None = None
    _stop: threading.Event | None = None
    _finished: bool = False

    @property
    def now(self) -> datetime:
        """The time to hand to actions: the clock, or the instant a test runs at."""
        return self._fixed_now or clock.now()

    @property
    def _mine(self) -> QuerySet[Job]:
        return Job.objects.filter(pk=self.job_id, fence=self.fence, state=Job.State.RUNNING)

    @contextmanager
    def step(self, *, final: bool = False) -> Iterator[None]:
        """A transaction holding an effect, the progress, and with `final` the receipt of the job.

        Raises, before the effect, Stolen if another worker holds the job, and Interrupted if this
        worker is told to stop: both must pass through the job's function.
        """
        if self._stop is not None and self._stop.is_set():
            raise Interrupted
        with transaction.atomic():
            self._hold()
            yield
            self._save_progress()
            if final:
                self._close()

    def progress(self, done: int, total: int, message: str = "") -> None:
        """Say how far the job is; inside `step` it commits with the effect."""
        self.done, self.total, self.message = done, total, message
        if not connection.in_atomic_block:
            with transaction.atomic():
                self._hold()
                self._save_progress()

    def _hold(self) -> None:
        # The update also locks the row, so nobody can take the job over until we commit.
        if not self._mine.update(lease_until=self.now + LEASE):
            raise Stolen

    def _save_progress(self) -> None:
        self._mine.update(
            progress={
                "done": self.done,
                "total": self.total,
                "message": self.message,
                "checkpoint": self.checkpoint,
            }
        )

    def _close(self) -> None:
        closed = self._mine.update(
            state=Job.State.DONE, finished_at=self.now, lease_until=None, error=""
        )
        if not closed:
            raise Stolen
        self._finished = True


def _due(now: datetime) -> QuerySet[Job]:
    return Job.objects.filter(finished_at=None, run_at__lte=now).filter(
        Q(state=Job.State.QUEUED) | Q(state=Job.State.RUNNING, lease_until__lt=now)
    )


def _claim(
    now: datetime, *, fixed: datetime | None = None, stop: threading.Event | None = None
) -> Run | None:
    """Take the job that waits longest, if any is due."""
    while _due(now).exists():  # asked first without the write lock that a claim takes on SQLite
        with transaction.atomic():
            due = _due(now).order_by("run_at", "id")
            if connection.features.has_select_for_update_skip_locked:
                due = due.select_for_update(skip_locked=True)
            found = due.first()
            if found is None:
                return None
            if found.attempts >= found.max_attempts:
                _give_up(found, "执行过程多次中断，已停止重试，请检查服务器后重新提交", now)
                continue
            Job.objects.filter(pk=found.pk, fence=found.fence).update(
                state=Job.State.RUNNING,
                fence=F("fence") + 1,
                attempts=F("attempts") + 1,
                lease_until=now + LEASE,
            )
        return _run_of(found, fixed, stop)
    return None


def _run_of(found: Job, fixed: datetime | None, stop: threading.Event | None) -> Run:
    saved = found.progress
    return Run(
        job_id=found.pk,
        kind=found.kind,
        attempt=found.attempts + 1,
        fence=found.fence + 1,
        done=saved.get("done", 0),
        total=saved.get("total", 0),
        message=saved.get("message", ""),
        checkpoint=saved.get("checkpoint"),
        _fixed_now=fixed,
        _stop=stop,
    )


def _give_up(job: Job, error: str, now: datetime) -> None:
    closed = Job.objects.filter(pk=job.pk, fence=job.fence, finished_at=None).update(
        state=Job.State.FAILED, finished_at=now, lease_until=None, error=error
    )
    known = _kinds.get(job.kind)
    if closed and known is not None and known.gave_up is not None:
        known.gave_up(error, now, **job.args)


def _failed(run: Run, error: Exception) -> None:
    """Plan the next attempt, or give up: at once for a Problem, which a retry cannot mend."""
    reason = error.title if isinstance(error, Problem) else f"程序内部错误（{_place_of(error)}）"
    with transaction.atomic():
        found = run._mine.first()
        if found is None:
            return
        if isinstance(error, Problem) or found.attempts >= found.max_attempts:
            _give_up(found, reason, run.now)
            return
        pause = min(_FIRST_PAUSE * 2 ** (found.attempts - 1), _LONGEST_PAUSE)
        run._mine.update(
            state=Job.State.QUEUED,
            run_at=run.now + timedelta(seconds=pause),
            lease_until=None,
            error=reason,
        )


def _place_of(error: Exception) -> str:
    """Type and line only: messages of exceptions quote data."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = trace.tb_frame.f_globals.get("__name__", "?") if trace else "?"
    return f"{type(error).__name__} {place}:{trace.tb_lineno if trace else 0}"


def _perform(run: Run) -> None:
    found = Job.objects.get(pk=run.job_id)
    known = _kinds.get(run.kind)
    try:
        for prepare in _before:
            prepare()
        if known is None:
            raise Problem(f"不认识的任务类型：{run.kind}，请确认各进程版本一致")
        known.work(run, **found.args)
        if not run._finished:
            with transaction.atomic():
                run._save_progress()
                run._close()
    except Interrupted:
        run._mine.update(
            state=Job.State.QUEUED, lease_until=None, attempts=F("attempts") - 1, run_at=run.now
        )
    except Stolen:
        _log.warning("job stolen kind=%s id=%s", run.kind, run.job_id)
    except Exception as error:
        place = _place_of(error)
        _log.error("job failed kind=%s id=%s at=%s", run.kind, run.job_id, place)
        _failed(run, error)


def _beat(run: Run, over: threading.Event) -> None:
    """Renew the lease until the attempt is over. Has its own connection, being a thread."""
    while not over.wait(HEARTBEAT_SECONDS):
        try:
            if not run._mine.update(lease_until=clock.now() + LEASE):
                break
        except DatabaseError:  # a long step holds the write lock, or the database is away
            connections.close_all()
    connections.close_all()


def _perform_alive(run: Run) -> None:
    over = threading.Event()
    beat = threading.Thread(target=_beat, args=(run, over), name=f"heartbeat-{run.job_id}")
    beat.daemon = True
    beat.start()
    try:
        _perform(run)
    finally:
        over.set()
        beat.join()


def run_due(now: datetime) -> int:
    """Run everything due at the instant, here and now; the number of attempts. For tests."""
    count = 0
    while (run := _claim(now, fixed=now)) is not None:
        _perform(run)
        count += 1
    return count


def run_worker(stop: threading.Event, poll: float = 0.5, *, days: bool = False) -> None:
    """Work until told to stop; a job under way goes back to the queue at its next step.

    With `days` it sees to the daily work, too.
    """
    look_at = clock.now()
    while not stop.is_set():
        try:
            if days and clock.now() >= look_at:
                look_at = clock.now() + _LOOK_EVERY
                plan_days(clock.now())
            run = _claim(clock.now(), stop=stop)
            if run is not None:
                _perform_alive(run)
                continue
        except DatabaseError as error:
            _log.error("worker: database error %s", type(error).__name__)
            connections.close_all()
            stop.wait(2.0)
        stop.wait(poll)
    connections.close_all()
