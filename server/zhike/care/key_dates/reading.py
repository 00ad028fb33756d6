"""Reading key dates, as far as the reader may read the fields they follow from (R28)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from zhike.access.models import Person
from zhike.access.queries import reached_by
from zhike.access.rights import Level
from zhike.base.errors import Forbidden, Invalid
from zhike.care.key_dates.deriving import (
    ANNIVERSARY,
    BIRTHDAY,
    CONTRACT_END,
    EXPECTED_CLOSE,
    LOOK_AGAIN,
)
from zhike.care.models import KeyDate
from zhike.customers import queries as customers
from zhike.customers.models import Customer
from zhike.fields.groups import level_of

LONGEST = 400  # days that can be asked for at once
MOST = 500
SOON, MONTH = 7, 30
FIRST_YEAR, LAST_YEAR = 1990, 2200  # beyond them somebody mistyped
LABELS = dict(KeyDate.KINDS)
# Which field of the customer each kind tells of.
FOLLOWS_FROM = {
    CONTRACT_END: "cooperation_until",
    BIRTHDAY: "birthday",
    ANNIVERSARY: "cooperation_since",
    EXPECTED_CLOSE: "expected_close",
    LOOK_AGAIN: "look_again_on",
}


def key_dates_visible_to(actor: Person) -> QuerySet[KeyDate]:
    """Return the key dates `actor` may read: of customers in sight, of fields they may read.

    Of a customer of the pool the protected ones are told to those only who reach everything.
    """
    found = KeyDate.objects.filter(customer__deleted_at__isnull=True)
    condition = customers.within(actor, actor.scope("customer"), "customer__")
    if condition is not None:
        found = found.filter(condition)
    readable = _readable(actor)
    if actor.scope("customer").reach != "all" and actor.scope("customer").pool:
        afar = _readable(customers.from_afar(actor))
        readable = (readable & Q(customer__owner__isnull=False)) | afar
    return found.filter(readable)


def _readable(actor: Person) -> Q:
    """The condition of those whose field is readable: of contacts it is another one."""
    kinds = [
        kind
        for kind, field in FOLLOWS_FROM.items()
        if level_of(actor, "customer", field) >= Level.READ
    ]
    readable = Q(kind__in=kinds, contact__isnull=True)
    if level_of(actor, "contact", "birthday") >= Level.READ:
        readable |= Q(contact__isnull=False, contact__deleted_at__isnull=True)
    return readable


def may_read(actor: Person, one: KeyDate) -> bool:
    """Tell whether somebody reads the field a day follows from; the customer is theirs."""
    if one.contact_id is not None:
        return level_of(actor, "contact", "birthday") >= Level.READ
    return level_of(actor, "customer", FOLLOWS_FROM[one.kind]) >= Level.READ


def of_customer(actor: Person, customer: Customer, today: date) -> list[dict[str, Any]]:
    """Return the days of a customer `actor` may see, the next one first."""
    found = key_dates_visible_to(actor).filter(customer=customer, on__gte=today)
    return described(actor, found.order_by("on", "id"), today)


def between(
    actor: Person, *, since: date, until: date | None, scope: str, today: date
) -> list[dict[str, Any]]:
    """Return the days between two, both included, of one's own customers or of the team's.

    Without an end, those of the next month.
    """
    if not FIRST_YEAR <= since.year <= LAST_YEAR:
        raise Invalid("from", "开始日期的年份不对，请核对。")
    until = until or since + timedelta(days=MONTH)
    if until < since or (until - since).days > LONGEST:
        raise Invalid("to", f"结束日期要在开始日期之后，最多相隔 {LONGEST} 天。")
    found = key_dates_visible_to(actor).filter(on__gte=since, on__lte=until)
    if scope == "mine":
        found = found.filter(customer__owner=actor)
    elif scope == "team":
        found = found.filter(_of_team(actor))
    else:
        raise Invalid("scope", "只能查看自己的或团队的重要日期。")
    return described(actor, found.order_by("on", "id")[:MOST], today)


def _of_team(actor: Person) -> Q:
    reach = actor.scope("customer").reach
    if reach in ("own", "none"):
        raise Forbidden("你的角色只看得到自己的客户，没有团队的重要日期。")
    if reach == "all":
        return Q(customer__owner__isnull=False)
    return Q(customer__owner__in=reached_by(actor, reach))


def upcoming(
    actor: Person, today: date, *, days: int = SOON, most: int = 20
) -> list[dict[str, Any]]:
    """Return what comes up in the next days with one's own customers; for the start page."""
    found = key_dates_visible_to(actor).filter(
        customer__owner=actor, on__gte=today, on__lte=today + timedelta(days=days)
    )
    return described(actor, found.order_by("on", "id")[:most], today)


def described(actor: Person, found: QuerySet[KeyDate], today: date) -> list[dict[str, Any]]:
    """Return key dates as the API tells them, in one query."""
    rows: Iterable[KeyDate] = found.select_related("customer", "contact").only(
        *("kind", "on", "told", "customer__name", "customer__owner", "contact__name"),
        *("contact__title", "contact__salutation"),
    )
    return [_described(actor, one, today) for one in rows]


def _described(actor: Person, one: KeyDate, today: date) -> dict[str, Any]:
    contact = one.contact
    if contact is not None:
        name = customers.contact_name(actor, contact.name, contact.title)
    return {
        "id": one.pk,
        "kind": one.kind,
        "label": LABELS[one.kind],
        "on": one.on,
        "days_left": (one.on - today).days,
        "told": one.told,
        "customer": {"id": one.customer_id, "name": one.customer.name},
        "contact": {"id": contact.pk, "name": name} if contact is not None else None,
    }
