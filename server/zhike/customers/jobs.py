"""The work behind hand-overs, and the nightly emptying of the trash."""

from datetime import datetime, time

from zhike.base.jobs import Run, daily, job
from zhike.customers import emptying, handing_over
from zhike.customers.models import HandOver


def _gave_up(error: str, now: datetime, hand_over_id: int) -> None:
    handing_over.give_up(now=now, hand_over_id=hand_over_id)


@job(handing_over.JOB, gave_up=_gave_up)
def carry_out(run: Run, hand_over_id: int) -> None:
    """Hand customers over, piece by piece."""
    found = HandOver.objects.select_related("giver", "taker", "created_by")
    handing_over.carry_out(run, found.get(pk=hand_over_id))


@daily("trash.empty", at=time(3, 10))
def empty_trash(run: Run) -> None:
    """Delete for good what nobody restored in time."""
    emptying.empty_trash(run)
