"""How the practice workspace stands."""

from __future__ import annotations

from typing import Any

from zhike.access.models import Person
from zhike.base import practice
from zhike.base.models import Job
from zhike.customers.models import Customer
from zhike.site.practice import making

Told = dict[str, Any]


def present(actor: Person) -> Told:
    """Tell how the workspace stands: `state` is none, making, ready or failed.

    `mine` counts the made-up customers of who asks.
    """
    found = making.row()
    number = making.standing()
    job = Job.objects.filter(pk=found.job_id).first() if found.job_id else None
    waits = job is not None and job.finished_at is None
    mine = 0
    if number:
        with practice.entered(number):
            mine = Customer.objects.filter(owner=actor.pk, deleted_at=None).count()
    failed = job is not None and job.state == Job.State.FAILED
    progress = job.progress if job is not None and waits else {}
    return {
        "state": "ready" if number else "making" if waits else "failed" if failed else "none",
        "resetting": bool(number) and waits,
        "done": progress.get("done", 0),
        "total": progress.get("total", 0),
        "trouble": job.error if job is not None and failed else "",
        "made_at": found.made_at if number else None,
        "customers": found.size if number else 0,
        "mine": mine,
        "is_nightly": found.is_nightly,
    }
