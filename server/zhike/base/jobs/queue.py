"""The queue of jobs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from zhike.base.models import Job


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
