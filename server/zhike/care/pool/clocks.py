"""When a customer falls into the pool: one clock for each that somebody owns (R33).

A clock runs from the last follow-up, from when the present owner got the customer, from when it
was taken up again, or from when its contract ended, whichever was last. Who is protected has a
clock that stands still. Clocks are kept only while customers fall at all, are wound by whatever
moves them (`care.hooks`, imports) and by a job when the rules change; the sweep of the day reads
those that are due and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from zhike.base import clock
from zhike.base.jobs import Run
from zhike.care.models import PoolClock, PoolRules
from zhike.care.pool import rules as pool_rules
from zhike.customers.models import Customer
from zhike.trail.models import Event

PIECE = 1000
SWEPT_AT = time(8, 10)  # each day: who is due is told, and falls
FACTS_OF_CONTRACT = (
    *("type", "contract_amount", "cooperation_since", "cooperation_until"),
    "cooperation_stage",
)
# Facts of a customer that move its clock: who changes one of them winds it.
MOVING = frozenset({"is_key", *FACTS_OF_CONTRACT})
_FACTS = (
    *("id", "owner_id", "is_key", "life", "life_since", "last_follow_up_on", "deleted_at"),
    *FACTS_OF_CONTRACT,
)
_UNDER_WAY = ("running", "renewing")  # stages of a cooperation that has no last day


def is_protected(facts: Mapping[str, Any], rules: PoolRules) -> bool:
    """Tell whether a customer never falls: put away, a key customer, or held by a contract.

    A contract with a last day protects until then: the clock runs from that day.
    """
    if facts["deleted_at"] is not None or facts["life"] != "active":
        return True
    return (facts["is_key"] and rules.keeps_key) or is_bound(facts)


def is_bound(facts: Mapping[str, Any]) -> bool:
    """Tell whether a cooperation without a last day is under way."""
    if facts["cooperation_until"] is not None:
        return False
    bought = facts["type"] == "existing" and (facts["contract_amount"] or 0) > 0
    return facts["cooperation_stage"] in _UNDER_WAY or bool(facts["cooperation_since"] and bought)


def falls_on(facts: Mapping[str, Any], held_since: date, rules: PoolRules) -> date | None:
    """Return the day on which a customer falls; None for one that is protected."""
    if is_protected(facts, rules):
        return None
    contacted = facts["last_follow_up_on"]
    since = (held_since, contacted, facts["cooperation_until"], facts["life_since"])
    days = rules.new_days if contacted is None else rules.days
    return max(day for day in since if day is not None) + timedelta(days=days)


def first_day(falls_on: date, rules: PoolRules | None, now: datetime) -> date:
    """Return the first day on which a customer can fall whose owner was not told yet.

    The next sweep tells them, and the days of notice count from then.
    """
    if rules is None:
        return falls_on
    today = clock.day_of(now)
    is_swept = now >= clock.at_time(today, SWEPT_AT)
    return max(falls_on, today + timedelta(days=is_swept + rules.notice_days))


def wind(customer_ids: Iterable[int], now: datetime) -> None:
    """Bring the clocks of customers in line with their facts, in a fixed number of statements.

    In the caller's transaction, which holds these customers. Does nothing while nobody falls.
    """
    ids = sorted(set(customer_ids))
    rules = pool_rules.at_work() if ids else None
    if rules is not None:
        wind_by(rules, ids, clock.day_of(now))


def wind_by(
    rules: PoolRules, ids: Sequence[int], today: date, since: Mapping[int, date] | None = None
) -> None:
    """Do so by rules at hand; `since` tells of customers without a clock since when they are held.

    Who was told when they fall is not told again unless the day moved away.
    """
    rows = list(Customer.objects.filter(pk__in=ids).values(*_FACTS))
    held = {one.customer_id: one for one in PoolClock.objects.filter(customer__in=ids)}
    unowned = [row["id"] for row in rows if row["owner_id"] is None and row["id"] in held]
    if unowned:
        PoolClock.objects.filter(customer__in=unowned).delete()
    wanted = []
    for row in rows:
        if row["owner_id"] is None:
            continue
        had = held.get(row["id"])
        if had is not None and had.owner_id == row["owner_id"]:
            begun = had.held_since
        else:
            begun, had = (since or {}).get(row["id"], today), None
        new = _set(row, begun, had, rules)
        if had is None or (new.falls_on, new.warn_on) != (had.falls_on, had.warn_on):
            wanted.append(new)
    if wanted:
        PoolClock.objects.bulk_create(
            wanted,
            update_conflicts=True,
            unique_fields=["customer"],
            update_fields=["owner", "held_since", "falls_on", "warn_on"],
        )


def _set(
    facts: Mapping[str, Any], held_since: date, had: PoolClock | None, rules: PoolRules
) -> PoolClock:
    day = falls_on(facts, held_since, rules)
    warn = day - timedelta(days=rules.notice_days) if day is not None else None
    was_told = had is not None and had.falls_on is not None and had.warn_on is None
    if had is not None and was_told and day is not None and day <= (had.falls_on or day):
        day, warn = had.falls_on, None
    return PoolClock(
        customer_id=facts["id"],
        owner_id=facts["owner_id"],
        held_since=held_since,
        falls_on=day,
        warn_on=warn,
    )


def rewind_all(run: Run) -> None:
    """Wind everybody's clock by the rules of now, or take all down where nobody falls any more."""
    while True:
        with run.step():
            rules = pool_rules.at_work_now()
            ids = _next(rules, run.checkpoint or 0)
            if not ids:
                break
            if rules is None:
                PoolClock.objects.filter(customer__in=ids).delete()
            else:
                # In the order in which everybody locks them: who is writing is waited for.
                held = Customer.objects.select_for_update().filter(pk__in=ids).order_by("pk")
                list(held.values_list("pk"))
                wind_by(rules, ids, clock.day_of(run.now), _since(ids))
            run.checkpoint = ids[-1]
            run.progress(run.done + len(ids), 0)


def _next(rules: PoolRules | None, after: int) -> list[int]:
    if rules is None:
        clocks = PoolClock.objects.filter(pk__gt=after).order_by("pk")
        return list(clocks.values_list("pk", flat=True)[:PIECE])
    found = Customer.objects.filter(pk__gt=after, owner__isnull=False, deleted_at=None)
    return list(found.order_by("pk").values_list("pk", flat=True)[:PIECE])


def _since(ids: Sequence[int]) -> dict[int, date]:
    """Since when owners hold these customers: as the trail tells, else since they are here."""
    created = Customer.objects.filter(pk__in=ids).values_list("pk", "created_at")
    since = {pk: clock.day_of(at) for pk, at in created}
    told = Event.objects.filter(
        customer_id__in=ids,
        verb__in=("customer.handed_over", "customer.claimed", "customer.changed"),
        data__has_key="owners",
    )
    for pk, at in told.order_by("id").values_list("customer_id", "at"):
        since[pk or 0] = clock.day_of(at)
    return since
