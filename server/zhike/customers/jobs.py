"""The work behind hand-overs, and the nightly emptying of the trash."""

from datetime import datetime, time

from zhike.base.jobs import Run, daily, job
from zhike.customers import attachments, doubles, emptying, handing_over, life, pairing, standing
from zhike.customers.models import HandOver


def _gave_up(error: str, now: datetime, hand_over_id: int) -> None:
    handing_over.give_up(now=now, hand_over_id=hand_over_id)


@job(handing_over.JOB, label="转交客户", gave_up=_gave_up)
def carry_out(run: Run, hand_over_id: int) -> None:
    """Hand customers over, piece by piece."""
    found = HandOver.objects.select_related("giver", "taker", "created_by")
    handing_over.carry_out(run, found.get(pk=hand_over_id))


@daily("trash.empty", at=time(3, 10), label="清空到期的回收站")
def empty_trash(run: Run) -> None:
    """Delete for good what nobody restored in time."""
    emptying.empty_trash(run)


@job(standing.JOB, label="重算完整度和分层")
def settle_all(run: Run) -> None:
    """Bring completeness, tiers and contradictions of everybody up to date."""
    standing.settle_all(run)


@daily("customers.settle", at=time(1, 30), label="每晚重算完整度和分层")
def settle_every_night(run: Run) -> None:
    """The same every night: time alone makes a cooperation longer and a purchase older."""
    standing.settle_all(run)


@daily("customers.look_again", at=time(7, 0), label="提醒再看暂停的客户")
def tell_who_is_due(run: Run) -> None:
    """Tell of the paused customers whose day to look again has come."""
    life.tell_who_is_due(run)


@job(doubles.JOB, label="查找重复客户")
def search_doubles(run: Run) -> None:
    """Find customers that may be the same."""
    pairing.search(run)


@daily("doubles.search_monthly", at=time(4, 0), label="每月查找重复客户")
def search_doubles_every_month(run: Run) -> None:
    """The same on the first of every month."""
    doubles.search_if_due(now=run.now)


@daily("files.sweep", at=time(3, 40), label="清理没人用的附件")
def sweep_files(run: Run) -> None:
    """Delete the contents of files nobody refers to any more."""
    attachments.sweep(run)
