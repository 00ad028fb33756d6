"""Reading the pool: who is in it, and who falls soon (R33)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from operator import itemgetter
from typing import Any

from django.db.models import Q, QuerySet

from zhike.access.models import Person
from zhike.access.rights import Level
from zhike.base import clock, paging
from zhike.base.errors import Forbidden, Invalid
from zhike.care.models import PoolClock, PoolEntry
from zhike.care.pool import claiming, clocks, stays
from zhike.care.pool import rules as pool_rules
from zhike.customers import finding
from zhike.customers import queries as customers
from zhike.fields.groups import level_of

FOUND_BY_WORDS = 500
SOON = 7  # days; who falls within them falls soon, and whose owner was told
MOST_FALLING = 200
_SORTS = {"-came_on": ("-came_at", "-pk"), "came_on": ("came_at", "pk")}
_SHOWN = ("industry", "region", "tier", "last_follow_up_on")


def entries_visible_to(actor: Person) -> QuerySet[PoolEntry]:
    """Return the stays in the pool, not over yet, of customers `actor` may see there."""
    found = PoolEntry.objects.filter(
        claimed_at=None, customer__deleted_at=None, customer__owner=None
    ).exclude(customer__life="archived")
    condition = customers.within(actor, actor.scope("customer"), "customer__")
    return found if condition is None else found.filter(condition)


def clocks_visible_to(actor: Person) -> QuerySet[PoolClock]:
    """Return when the customers fall that `actor` may see."""
    found = PoolClock.objects.filter(customer__deleted_at=None, falls_on__isnull=False)
    condition = customers.within(actor, actor.scope("customer"), "customer__")
    return found if condition is None else found.filter(condition)


def pool(
    actor: Person, *, q: str, sort: str, cursor: str | None, limit: int, today: date
) -> dict[str, Any]:
    """Return a page of the pool, and what the actor may still claim."""
    found = _in_order(entries_visible_to(actor), sort, cursor)
    if q.strip():
        ids = finding.ids_by_words(actor, q, FOUND_BY_WORDS)
        found = found.filter(customer__in=ids)
    rows = list(found.select_related("customer", "former")[: limit + 1])
    more, rows = len(rows) > limit, rows[:limit]
    rules = pool_rules.present()
    limits = claiming.limits_of(actor, rules, today)
    rest = claiming.resting(actor, [one.customer_id for one in rows], rules, today)
    barred = _barred(actor) or limits.full
    afar = customers.from_afar(actor)
    items = [_shown(afar, one, barred or rest.get(one.customer_id, "")) for one in rows]
    following = paging.pack(rows[-1].came_at.isoformat(), rows[-1].pk) if more else None
    return {"items": items, "next": following, "limits": limits._asdict()}


def _in_order(found: QuerySet[PoolEntry], sort: str, cursor: str | None) -> QuerySet[PoolEntry]:
    if sort not in _SORTS:
        raise Invalid("sort", "公海只能按进入时间排序。")
    if cursor:
        word, last = paging.unpack(cursor, str, int)
        at = _instant(word)
        side = "lt" if sort.startswith("-") else "gt"
        later = Q(came_at=at, **{f"pk__{side}": last})
        found = found.filter(Q(**{f"came_at__{side}": at}) | later)
    return found.order_by(*_SORTS[sort])


def _instant(word: str) -> datetime:
    try:
        at = datetime.fromisoformat(word)
    except ValueError:
        at = datetime.min
    if at.tzinfo is None:
        raise Invalid("cursor", "翻页位置无效，请从第一页重新开始。")
    return at


def _barred(actor: Person) -> str:
    """Why the actor can claim nobody at all; "" if they can."""
    try:
        claiming.require_claim(actor)
    except Forbidden:
        return "你的角色不能领取客户"
    return ""


def _shown(afar: Person, entry: PoolEntry, why_not: str) -> dict[str, Any]:
    one = entry.customer
    shown = {
        name: getattr(one, name) if level_of(afar, "customer", name) > Level.HIDDEN else None
        for name in _SHOWN
    }
    return {
        "id": one.pk,
        "name": one.name,
        **shown,
        "came_on": entry.came_on,
        "why": stays.told(entry),
        "former": {"id": entry.former.pk, "name": entry.former.name} if entry.former else None,
        "claimable": not why_not,
        "why_not": why_not,
    }


def falling(actor: Person, *, mine: bool, at: datetime) -> list[dict[str, Any]]:
    """Return who falls soon, the first to fall first: of the actor's own, or of all in reach."""
    today = clock.day_of(at)
    soon = Q(warn_on=None) | Q(falls_on__lte=today + timedelta(days=SOON))
    found = clocks_visible_to(actor).filter(soon)
    if mine:
        found = found.filter(owner=actor)
    rows = list(found.select_related("customer", "owner").order_by("falls_on", "pk")[:MOST_FALLING])
    rules = pool_rules.at_work() if any(one.warn_on for one in rows) else None
    reads = level_of(actor, "customer", "last_follow_up_on") > Level.HIDDEN
    told = []
    for one in rows:
        day = one.falls_on or today
        if one.warn_on is not None:
            day = clocks.first_day(day, rules, at)
        told.append(
            {
                "id": one.pk,
                "name": one.customer.name,
                "owner": {"id": one.owner.pk, "name": one.owner.name},
                "falls_on": day,
                "days_left": max((day - today).days, 0),
                "last_follow_up_on": one.customer.last_follow_up_on if reads else None,
            }
        )
    return sorted(told, key=itemgetter("falls_on", "id"))
