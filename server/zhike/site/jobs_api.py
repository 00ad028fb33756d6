"""Jobs and workers over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Query, Router, Schema

from zhike.access.sign_in import Request
from zhike.base import clock
from zhike.site import backstage

router = Router(tags=["site"])


class Progress(Schema):
    done: int
    total: int
    message: str


class JobCan(Schema):
    retry: bool
    cancel: bool


class JobOut(Schema):
    id: int
    kind: str
    label: str
    state: str
    progress: Progress
    attempts: int
    max_attempts: int
    run_at: datetime
    created_at: datetime
    finished_at: datetime | None
    error: str
    can: JobCan


class JobPage(Schema):
    items: list[JobOut]
    next: str | None


class WorkerOut(Schema):
    name: str
    started_at: datetime
    seen_at: datetime
    job_id: int | None
    alive: bool


class JobKind(Schema):
    kind: str
    label: str


class JobSummary(Schema):
    queued: int
    running: int
    failed: int
    oldest_queued_at: datetime | None
    workers: list[WorkerOut]
    kinds: list[JobKind]


@router.get("/jobs", response=JobPage)
def list_jobs(
    request: Request,
    state: str | None = None,
    kind: str | None = None,
    cursor: str | None = None,
    limit: int = Query(50, ge=1, le=200),
) -> Any:
    """List jobs, newest first."""
    items, following = backstage.page(
        request.auth, state=state, kind=kind, cursor=cursor, limit=limit
    )
    return {"items": items, "next": following}


@router.get("/jobs/summary", response=JobSummary)
def summary(request: Request) -> Any:
    """Tell how many jobs wait, run and failed, and who works them off."""
    return backstage.summary(request.auth, at=clock.now())


@router.post("/jobs/{job_id}/retry", response=JobOut)
def retry(request: Request, job_id: int) -> Any:
    """Put a failed job in again."""
    return backstage.retry(actor=request.auth, now=clock.now(), job_id=job_id)


@router.post("/jobs/{job_id}/cancellation", response=JobOut)
def cancel(request: Request, job_id: int) -> Any:
    """Close a job that waits or is under way."""
    return backstage.cancel(actor=request.auth, now=clock.now(), job_id=job_id)
