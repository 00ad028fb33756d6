"""The work behind the scenes, as an administrator sees and steers it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Min, QuerySet

from zhike.access.models import Person
from zhike.base import paging
from zhike.base.errors import Forbidden, Invalid, NotFound
from zhike.base.jobs import kinds, queue, roll
from zhike.base.models import Job, Worker
from zhike.trail.actions import record

State = Job.State


def page(
    actor: Person, *, state: str | None, kind: str | None, cursor: str | None, limit: int
) -> tuple[list[dict[str, Any]], str | None]:
    """Return a page of jobs, newest first."""
    found = _visible_to(actor).order_by("-id")
    if state is not None:
        if state not in State.values:
            raise Invalid("state", "只能查看排队中、进行中、已完成或失败的工作。")
        found = found.filter(state=state)
    if kind is not None:
        if kind not in kinds.known:
            raise Invalid("kind", "没有这一类任务，请重新选择。")
        found = found.filter(kind=kind)
    if cursor:
        found = found.filter(pk__lt=paging.unpack(cursor, int)[0])
    rows = list(found[: limit + 1])
    following = paging.pack(rows[limit - 1].pk) if len(rows) > limit else None
    return [_described(row) for row in rows[:limit]], following


def summary(actor: Person, *, at: datetime) -> dict[str, Any]:
    """Return how many jobs wait, run and failed, and who works them off."""
    found = _visible_to(actor)
    count = dict(
        found.filter(state__in=[*Job.OPEN, State.FAILED])
        .order_by()
        .values_list("state")
        .annotate(n=Count("pk"))
    )
    waiting = found.filter(finished_at=None, state=State.QUEUED, run_at__lte=at)
    return {
        "queued": count.get(State.QUEUED, 0),
        "running": count.get(State.RUNNING, 0),
        "failed": count.get(State.FAILED, 0),
        "oldest_queued_at": waiting.aggregate(oldest=Min("created_at"))["oldest"],
        "workers": [
            {
                "name": one.name,
                "started_at": one.started_at,
                "seen_at": one.seen_at,
                "job_id": one.job_id,
                "alive": roll.alive(one.seen_at, at),
            }
            for one in Worker.objects.order_by("started_at", "name")
        ],
        "kinds": sorted(
            ({"kind": kind, "label": known.label} for kind, known in kinds.known.items()),
            key=lambda one: one["label"],
        ),
    }


def retry(*, actor: Person, now: datetime, job_id: int) -> dict[str, Any]:
    """Put a failed job in again; it resumes where it was."""
    with transaction.atomic():
        found = _one(actor, job_id)
        queue.retry(found, now=now)
        record("job.retried", actor=actor, now=now, record=("job", found.pk), data=_named(found))
        found.refresh_from_db()
    return _described(found)


def cancel(*, actor: Person, now: datetime, job_id: int) -> dict[str, Any]:
    """Close a job that waits or is under way; what it did so far stays."""
    with transaction.atomic():
        found = _one(actor, job_id)
        queue.cancel(found, now=now)
        record("job.cancelled", actor=actor, now=now, record=("job", found.pk), data=_named(found))
        found.refresh_from_db()
    return _described(found)


def _one(actor: Person, job_id: int) -> Job:
    found = _visible_to(actor).select_for_update(of=("self",)).filter(pk=job_id).first()
    if found is None:
        raise NotFound("没有找到这项工作，可能已被清理。")
    return found


def _named(job: Job) -> dict[str, str]:
    return {"name": _label(job.kind), "kind": job.kind}


def _visible_to(actor: Person) -> QuerySet[Job]:
    if not actor.may("configure"):
        raise Forbidden("你没有查看后台任务的权限。")
    return Job.objects.all()


def _label(kind: str) -> str:
    known = kinds.known.get(kind)
    return known.label if known is not None and known.label else kind


def _described(job: Job) -> dict[str, Any]:
    progress = job.progress
    return {
        "id": job.pk,
        "kind": job.kind,
        "label": _label(job.kind),
        "state": job.state,
        "progress": {
            "done": progress.get("done", 0),
            "total": progress.get("total", 0),
            "message": progress.get("message", ""),
        },
        "attempts": job.attempts,
        "max_attempts": job.max_attempts,
        "run_at": job.run_at,
        "created_at": job.created_at,
        "finished_at": job.finished_at,
        "error": job.error,
        "can": {"retry": queue.can_retry(job), "cancel": job.finished_at is None},
    }
