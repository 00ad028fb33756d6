"""The clean-up list: pairs of customers that may be the same, told by strength, dismissed (R19)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from zhike.access.models import Person
from zhike.access.rights import Level
from zhike.base import clock, company, jobs, paging
from zhike.base.errors import Forbidden, Invalid, NotFound
from zhike.customers import likeness, queries
from zhike.customers.models import Customer, Double, NameKey
from zhike.customers.ways import require_way
from zhike.fields.groups import level_of, require_edit
from zhike.trail.actions import record

JOB = "doubles.search"
_GROUP_OF = {"identity": "identity", "phone": "phone", "email": "email", "wechat": "email"}


def ask_search(*, actor: Person, now: datetime) -> int:
    """Queue a search, unless one is waiting; returns the job's id."""
    if not actor.may("configure"):
        raise Forbidden("你没有系统设置的权限，请联系管理员。")
    with transaction.atomic():
        queued = jobs.enqueue(JOB, {}, now=now, dedupe_key=JOB)
        record("double.search_asked", actor=actor, now=now)
    return int(queued.pk)


def search_if_due(*, now: datetime) -> None:
    """Queue the search of the month on its first day; and the first after an upgrade."""
    oldest = Customer.objects.filter(deleted_at=None).order_by("pk").values_list("pk").first()
    came_before_keys = oldest and not NameKey.objects.filter(customer__in=oldest).exists()
    if clock.day_of(now).day == 1 or came_before_keys:
        jobs.enqueue(JOB, {}, now=now, dedupe_key=JOB)


def doubles_visible_to(actor: Person) -> QuerySet[Double]:
    """Return the pairs of which `actor` sees both, for who may merge at all."""
    found = Double.objects.filter(first__deleted_at=None, second__deleted_at=None)
    if not actor.may("delete"):
        return found.none()
    scope = actor.scope("customer")
    for side in ("first", "second"):
        condition = queries.within(actor, scope, f"{side}__")
        if condition is not None:
            found = found.filter(condition)
    return found.select_related("first__owner", "second__owner", "decided_by")


def page(
    actor: Person, *, state: str, cursor: str | None, limit: int
) -> tuple[list[dict[str, Any]], str | None]:
    """Return a page of the pairs in a state, the strongest first."""
    if not actor.may("delete"):
        raise Forbidden("你没有合并客户的权限，请联系管理员。")
    if state not in Double.State.values:
        raise Invalid("state", "只能看待处理的（open）或标记为不是重复的（dismissed）。")
    found = doubles_visible_to(actor).filter(state=state)
    if cursor:
        strength, last = paging.unpack(cursor, int, int)
        found = found.filter(Q(strength__lt=strength) | Q(strength=strength, pk__lt=last))
    rows = list(found.order_by("-strength", "-pk")[: limit + 1])
    following = None
    if len(rows) > limit:
        rows = rows[:limit]
        following = paging.pack(rows[-1].strength, rows[-1].pk)
    return [item for item in (_told(actor, one) for one in rows) if item], following


def _told(actor: Person, one: Double) -> dict[str, Any] | None:
    """A pair as `actor` may read it: a reason is no way to read what the role hides."""
    reasons = [
        reason
        for reason in one.reasons
        if reason not in _GROUP_OF or actor.reads(_GROUP_OF[reason])
    ]
    if not reasons:
        return None
    like = company.likeness(one.first.name, one.second.name)
    strength = one.strength
    if reasons != one.reasons:
        both = one.first.kind == one.second.kind == "company"
        strength = min(strength, likeness.strength(reasons, like=like.score, companies=both))
    return {
        "id": one.pk,
        "strength": strength,
        "reasons": reasons,
        "why": likeness.why(reasons, like.why),
        "first": _brief(actor, one.first),
        "second": _brief(actor, one.second),
        "state": one.state,
        "found_at": one.found_at,
        "decided_by": one.decided_by,
        "decided_at": one.decided_at,
    }


def _brief(actor: Person, customer: Customer) -> dict[str, Any]:
    """A side of a pair; what an administrator put into a group the reader lacks stays empty."""
    region, industry = (
        getattr(customer, name) if level_of(actor, "customer", name) >= Level.READ else ""
        for name in ("region", "industry")
    )
    return {
        "id": customer.pk,
        "code": customer.code,
        "name": customer.name,
        "kind": customer.kind,
        "type": customer.type,
        "region": region,
        "industry": industry,
        "completeness": customer.completeness,
        "created_at": customer.created_at,
        "last_follow_up_on": customer.last_follow_up_on,
        "owner": {"id": customer.owner.pk, "name": customer.owner.name} if customer.owner else None,
    }


def dismiss(*, actor: Person, now: datetime, double_id: int) -> dict[str, Any]:
    """Say that two customers are two; the pair comes back only with stronger reasons."""
    return _decide(actor, now, double_id, Double.State.DISMISSED)


def reopen(*, actor: Person, now: datetime, double_id: int) -> dict[str, Any]:
    """Take a dismissal back."""
    return _decide(actor, now, double_id, Double.State.OPEN)


def _decide(actor: Person, now: datetime, double_id: int, state: Double.State) -> dict[str, Any]:
    if not actor.may("delete"):
        raise Forbidden("你没有合并客户的权限，请联系管理员。")
    with transaction.atomic():
        found = doubles_visible_to(actor).select_for_update(of=("self",)).filter(pk=double_id)
        one = found.first()
        told = _told(actor, one) if one else None
        if one is None or told is None:
            raise NotFound("没有找到这对疑似重复的客户，可能已经处理过了。")
        for customer in (one.first, one.second):
            require_way(actor, customer)
        require_edit(actor, "customer", ["name"])
        if one.state != state:
            dismissed = state == Double.State.DISMISSED
            one.state = state
            one.decided_by, one.decided_at = (actor, now) if dismissed else (None, None)
            one.save(update_fields=["state", "decided_by", "decided_at"])
            record(
                "double.dismissed" if dismissed else "double.reopened",
                actor=actor,
                now=now,
                record=("double", one.pk),
                data={
                    "names": f"{one.first.name}、{one.second.name}",
                    "customers": [one.first_id, one.second_id],
                },
            )
        return _told(actor, one) or told
