"""The queue of jobs: putting one in, giving one up, putting it in again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from zhike.base.errors import Conflict
from zhike.base.jobs import kinds
from zhike.base.models import Job

CANCELLED = "管理员已取消这项工作"


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


def give_up(job: Job, error: str, now: datetime) -> bool:
    """Close a job as failed for good, in the caller's transaction; False if it is over already.

    Who still works at it cannot commit any more.
    """
    closed = Job.objects.filter(pk=job.pk, fence=job.fence, finished_at=None).update(
        state=Job.State.FAILED, finished_at=now, lease_until=None, error=error
    )
    known = kinds.known.get(job.kind)
    if closed and known is not None and known.gave_up is not None:
        known.gave_up(error, now, **job.args)
    return bool(closed)


def cancel(job: Job, *, now: datetime) -> None:
    """Close an open job; a step under way is the last one. Raises Conflict when it is over."""
    if not give_up(job, CANCELLED, now):
        raise Conflict("这项工作已经结束，不能取消。")


def can_retry(job: Job) -> bool:
    """Whether a job can be put in again: one that failed, and whose failure nobody acted upon."""
    known = kinds.known.get(job.kind)
    return job.state == Job.State.FAILED and known is not None and known.gave_up is None


def retry(job: Job, *, now: datetime) -> None:
    """Put a failed job in again, to resume where it was. Raises Conflict where that cannot be."""
    if job.state != Job.State.FAILED:
        raise Conflict("只有失败的工作可以重试。")
    if not can_retry(job):
        raise Conflict("这项工作失败后已经通知发起人，请在原来的页面重新发起。")
    try:
        with transaction.atomic():
            put_back = Job.objects.filter(pk=job.pk, fence=job.fence, state=Job.State.FAILED)
            found = put_back.update(
                state=Job.State.QUEUED, finished_at=None, attempts=0, run_at=now, error=""
            )
    except IntegrityError as error:
        raise Conflict("同样的工作已经在排队，不用重试。") from error
    if not found:
        raise Conflict("这项工作刚刚有了变化，请刷新后再看。")
