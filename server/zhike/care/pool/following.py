"""What the pool does when customers come, change hands or change: called by `care.hooks` (R33)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from zhike.care.pool import clocks, stays


def entered(customer_id: int, *, owner: int | None, now: datetime) -> None:
    """Note a new customer: in the pool, or with a clock."""
    if owner is None:
        stays.come([customer_id], why=stays.NEVER_OWNED, former=None, now=now)
    else:
        clocks.wind([customer_id], now)


def entered_many(customer_ids: Iterable[int], now: datetime) -> None:
    """Do the same for those an import brought or touched, in a few statements."""
    ids = list(customer_ids)
    if ids:
        stays.come_many(ids, now)
        clocks.wind(ids, now)


def passed_on(
    customer_id: int,
    *,
    giver: int | None,
    taker: int | None,
    verb: str,
    now: datetime,
    reason: str = "",
) -> None:
    """Note that a customer went from one to another, of whom one may be nobody: the pool."""
    if taker is None:
        why = stays.NEGLECTED if verb == "customer.fell_to_pool" else stays.GIVEN_BACK
        stays.come([customer_id], why=why, former=giver, now=now, reason=reason)
    elif giver is None:
        stays.leave(customer_id, by=taker, now=now, claimed=verb == "customer.claimed")
    clocks.wind([customer_id], now)
