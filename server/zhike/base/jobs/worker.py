"""Claiming jobs and working them off."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from datetime import datetime, timedelta
from time import monotonic

from django.db import DatabaseError, connection, connections, transaction
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Least

from zhike.base import clock
from zhike.base.errors import Problem
from zhike.base.jobs import kinds, running
from zhike.base.jobs.days import plan_days
from zhike.base.jobs.queue import give_up
from zhike.base.jobs.roll import Attendance
from zhike.base.jobs.running import Interrupted, Run, Stolen
from zhike.base.jobs.slots import plan_slots
from zhike.base.models import Job

HEARTBEAT_SECONDS = 15.0
_FIRST_PAUSE = 5  # seconds before the first retry; doubles, at most an hour
_LONGEST_PAUSE = 3600
_LOOK_EVERY = 10.0  # seconds, for recurring work; by no clock that could be put back
_PUT_BACK = timedelta(minutes=10)  # what lies so far ahead was written before the clock went back
_log = logging.getLogger("zhike.jobs")


def _due(now: datetime, only: Sequence[str] | None = None) -> QuerySet[Job]:
    due = Job.objects.filter(finished_at=None, run_at__lte=now).filter(
        Q(state=Job.State.QUEUED) | Q(state=Job.State.RUNNING, lease_until__lt=now)
    )
    return due if only is None else due.filter(kind__in=only)


def claim(
    now: datetime,
    *,
    fixed: datetime | None = None,
    stop: threading.Event | None = None,
    only: Sequence[str] | None = None,
) -> Run | None:
    """Take the job that waits longest, if any is due; with `only`, one of these kinds."""
    while _due(now, only).exists():  # asked without the write lock that a claim takes on SQLite
        with transaction.atomic():
            due = _due(now, only).order_by("run_at", "id")
            if connection.features.has_select_for_update_skip_locked:
                due = due.select_for_update(skip_locked=True)
            found = due.first()
            if found is None:
                return None
            if found.attempts >= found.max_attempts:
                give_up(found, "执行过程多次中断，已停止重试，请检查服务器后重新提交", now)
                continue
            Job.objects.filter(pk=found.pk, fence=found.fence).update(
                state=Job.State.RUNNING,
                fence=F("fence") + 1,
                attempts=F("attempts") + 1,
                lease_until=now + running.LEASE,
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


def _failed(run: Run, error: Exception) -> None:
    """Plan the next attempt, or give up: at once for a Problem, which a retry cannot mend."""
    reason = error.title if isinstance(error, Problem) else f"程序内部错误（{_place_of(error)}）"
    with transaction.atomic():
        found = run.mine.first()
        if found is None:
            return
        if isinstance(error, Problem) or found.attempts >= found.max_attempts:
            give_up(found, reason, run.now)
            return
        pause = min(_FIRST_PAUSE * 2 ** (found.attempts - 1), _LONGEST_PAUSE)
        run.mine.update(
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


def perform(run: Run) -> None:
    """Make an attempt; what becomes of the job is noted on it."""
    found = Job.objects.get(pk=run.job_id)
    known = kinds.known.get(run.kind)
    try:
        for prepare in kinds.before:
            prepare()
        if known is None:
            raise Problem(f"不认识的任务类型：{run.kind}，请确认各进程版本一致")
        known.work(run, **found.args)
        if not run.finished:
            with transaction.atomic():
                run.save_progress()
                run.close()
    except Interrupted:
        run.mine.update(
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
            if not run.mine.update(lease_until=clock.now() + running.LEASE):
                break
        except DatabaseError:  # a long step holds the write lock, or the database is away
            connections.close_all()
    connections.close_all()


def perform_alive(run: Run) -> None:
    """Make an attempt while a heartbeat renews its lease."""
    over = threading.Event()
    beat = threading.Thread(target=_beat, args=(run, over), name=f"heartbeat-{run.job_id}")
    beat.daemon = True
    beat.start()
    try:
        perform(run)
    finally:
        over.set()
        beat.join()


def run_due(now: datetime) -> int:
    """Run everything due at the instant, here and now; the number of attempts. For tests."""
    count = 0
    while (run := claim(now, fixed=now)) is not None:
        perform(run)
        count += 1
    return count


def plan(now: datetime) -> None:
    """Queue the recurring work whose time has come."""
    _after_clock_went_back(now)
    plan_slots(now)
    plan_days(now)


def _after_clock_went_back(now: datetime) -> None:
    """Let what was queued or claimed in a future that is over wait no longer.

    Leases and pauses are short, so one that ends long from now comes from a clock since put
    right; a job still under way there keeps its lease, or loses it and cannot commit.
    """
    ahead = now + _PUT_BACK
    waiting = Job.objects.filter(finished_at=None)
    pauses = Q(attempts__gt=0, run_at__gt=ahead + timedelta(seconds=_LONGEST_PAUSE))
    ahead_of_us = waiting.filter(Q(created_at__gt=ahead) | pauses)
    held = waiting.filter(lease_until__gt=ahead)
    if ahead_of_us.exists():
        ahead_of_us.update(created_at=Least("created_at", Value(now)), run_at=now)
    if held.exists():
        held.update(lease_until=now)


def run_worker(stop: threading.Event, poll: float = 0.5, *, days: bool = False) -> None:
    """Work until told to stop; a job under way goes back to the queue at its next step.

    With `days` a second lane sees to the recurring work and to what is quick, so that a reminder
    does not wait for the end of an import.
    """
    with Attendance() as attendance:
        lane = None
        if days:
            lane = threading.Thread(target=_quick_lane, args=(stop, poll), name="quick-lane")
            lane.start()
        try:
            _work(stop, poll, attendance)
        finally:
            if lane is not None:
                stop.set()
                lane.join()
    connections.close_all()


def _quick_lane(stop: threading.Event, poll: float) -> None:
    """Plan, and work off what is quick. Has its own connection, being a thread.

    When it breaks the worker ends with it: half a worker would go unnoticed.
    """
    try:
        _work(stop, poll, None)
    finally:
        stop.set()
        connections.close_all()


def _work(stop: threading.Event, poll: float, attendance: Attendance | None) -> None:
    """Work in a lane: the one that stands in the roll takes whatever is due."""
    look_at = monotonic()
    while not stop.is_set():
        try:
            if attendance is None and monotonic() >= look_at:
                look_at = monotonic() + _LOOK_EVERY
                plan(clock.now())
            only = kinds.quick() if attendance is None else None
            run = claim(clock.now(), stop=stop, only=only)
            if run is not None:
                if attendance is not None:
                    attendance.at_work(run.job_id)
                perform_alive(run)
                if attendance is not None:
                    attendance.at_work(None)
                continue
        except DatabaseError as error:
            _log.error("worker: database error %s", type(error).__name__)
            connections.close_all()
            stop.wait(2.0)
        stop.wait(poll)
