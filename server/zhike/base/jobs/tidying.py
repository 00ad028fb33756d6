"""Receipts of jobs that nobody needs any more."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from zhike.base.jobs.days import daily
from zhike.base.jobs.running import Run
from zhike.base.jobs.slots import kinds_of_slots
from zhike.base.models import Job

KEPT = timedelta(days=30)
KEPT_OF_SLOTS = timedelta(days=1)  # of what comes every few minutes, where it went well
_PIECE = 1_000


@daily("jobs.tidy", at=time(3, 50), label="清理旧的任务记录")
def tidy(run: Run) -> None:
    """Delete the receipts of jobs that ended long ago, piece by piece."""
    while True:
        with run.step():
            gone = _drop(run.now)
            run.progress(run.done + gone, 0)
        if gone < _PIECE:
            break


def _drop(now: datetime) -> int:
    """Delete a piece of what is too old; how many."""
    over = Job.objects.filter(finished_at__isnull=False)
    old = over.filter(finished_at__lt=now - KEPT)
    slots = over.filter(
        kind__in=kinds_of_slots(),
        state=Job.State.DONE,
        finished_at__lt=now - KEPT_OF_SLOTS,
    )
    found: list[int] = []
    for jobs in (old, slots):
        room = _PIECE - len(found)
        found += jobs.order_by("finished_at", "id").values_list("pk", flat=True)[:room]
    gone, _ = Job.objects.filter(pk__in=found).delete()
    return gone
