"""Customers in the pool: when each came, why, and who took it out (R33)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef

from zhike.base import clock
from zhike.care.models import PoolEntry
from zhike.customers.models import Customer

NEGLECTED, GIVEN_BACK, NEVER_OWNED = "neglected", "given_back", "never_owned"
WHY = {NEGLECTED: "太久没有跟进", GIVEN_BACK: "主动放回", NEVER_OWNED: "还没有负责人"}
PIECE = 1000


def come(
    customer_ids: Iterable[int], *, why: str, former: int | None, now: datetime, reason: str = ""
) -> None:
    """Note that customers came into the pool; who is in it stays as it was."""
    stay = {"came_on": clock.day_of(now), "came_at": now, "why": why, "former_id": former}
    stay["reason"] = reason
    PoolEntry.objects.bulk_create(
        [PoolEntry(customer_id=pk, **stay) for pk in sorted(set(customer_ids))],
        ignore_conflicts=True,
    )


def told(entry: PoolEntry) -> str:
    """Return why a customer is in the pool: 放回：价格谈不拢, or 90 天没有跟进."""
    if not entry.reason:
        return WHY.get(entry.why, "")
    return f"放回：{entry.reason}" if entry.why == GIVEN_BACK else entry.reason


def leave(customer_id: int, *, by: int, now: datetime, claimed: bool) -> None:
    """Note who has a customer now; who claimed it has used up one of the claims of the day."""
    PoolEntry.objects.filter(customer_id=customer_id, claimed_at=None).update(
        claimed_at=now, claimed_by=by, claimed_on=clock.day_of(now) if claimed else None
    )


def come_many(customer_ids: Iterable[int], now: datetime) -> None:
    """Note those of some new customers that nobody owns."""
    unowned = Customer.objects.filter(pk__in=list(customer_ids), owner=None, deleted_at=None)
    come(unowned.values_list("pk", flat=True), why=NEVER_OWNED, former=None, now=now)


def note_strangers(now: datetime) -> int:
    """Note some customers of the pool of whom nobody knows when they came; returns how many.

    They were there before the pool was kept, or came from the trash.
    """
    noted = PoolEntry.objects.filter(customer=OuterRef("pk"), claimed_at=None)
    strangers = Customer.objects.filter(owner=None, deleted_at=None).exclude(Exists(noted))
    ids = list(strangers.order_by("pk").values_list("pk", flat=True)[:PIECE])
    come(ids, why=NEVER_OWNED, former=None, now=now)
    return len(ids)
