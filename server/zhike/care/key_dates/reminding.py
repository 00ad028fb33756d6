"""Telling owners of the days that come (R28): each once for every reminder of `deriving.AHEAD`.

Whoever may not read the field a day follows from is not told of it, and nobody is told of the
days of an archived customer, for those are no more kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from zhike.access.models import Person
from zhike.base import clock
from zhike.care.key_dates.deriving import (
    ANNIVERSARY,
    BIRTHDAY,
    CONTRACT_END,
    EXPECTED_CLOSE,
    next_reminder,
)
from zhike.care.key_dates.reading import LABELS, may_read
from zhike.care.models import CareRules, KeyDate
from zhike.customers import queries as customers
from zhike.trail.notices.telling import Telling, tell_many

KIND = "key_date"
_WHEN = {0: "今天", 1: "明天"}
_ADVICE = {
    CONTRACT_END: "该谈续约了。",
    BIRTHDAY: "准备一句祝福。",
    ANNIVERSARY: "可以登门道谢，顺便听听意见。",
    EXPECTED_CLOSE: "看看还差哪一步。",
}


def due(today: date, most: int) -> list[KeyDate]:
    """Return the key dates whose day to be told of has come, the oldest first, locked."""
    found = KeyDate.objects.filter(remind_on__lte=today).order_by("remind_on", "id")
    return list(found.select_for_update(skip_locked=True)[:most])


def tell(rows: Sequence[KeyDate], now: datetime) -> None:
    """Tell the owners of these days, and set each to its next reminder."""
    today = clock.day_of(now)
    rules = CareRules.objects.filter(pk=CareRules.THE).first() or CareRules()
    full = KeyDate.objects.filter(pk__in=[one.pk for one in rows]).select_related(
        "customer__owner__role", "contact"
    )
    tellings = []
    for one in full.order_by("remind_on", "id"):
        owner = one.customer.owner
        if owner is not None and _concerns(owner, one):
            tellings.append(_telling(owner, one, rules.remind_at, today))
    tell_many(tellings, now=now)
    for one in rows:
        one.remind_on = next_reminder(one.kind, one.on, today)
    KeyDate.objects.bulk_update(rows, ["remind_on"])


def _concerns(owner: Person, one: KeyDate) -> bool:
    alive = one.customer.deleted_at is None and one.customer.life != "archived"
    works = owner.is_active and not owner.is_service
    there = one.contact is None or one.contact.deleted_at is None
    return alive and works and there and may_read(owner, one)


def _telling(owner: Person, one: KeyDate, at: time, today: date) -> Telling:
    assert one.remind_on is not None
    whose = ""
    if one.contact is not None:
        whose = customers.contact_name(owner, one.contact.name, one.contact.title)
    left = (one.on - today).days
    when = _WHEN.get(left) or (f"{left} 天后" if left > 0 else f"已过 {-left} 天")
    day = f"{one.on.year} 年 {one.on.month} 月 {one.on.day} 日"
    which = f"（{one.told}）" if one.told and one.kind in (BIRTHDAY, ANNIVERSARY) else ""
    subject = f"{one.customer.name}{f'的{whose}' if whose else ''}"
    late = (today - one.remind_on).days
    body = f"{day}{which}，{_ADVICE.get(one.kind, '')}"
    return Telling(
        owner.pk,
        KIND,
        f"key_date:{one.pk}:{one.on.isoformat()}:{one.remind_on.isoformat()}",
        f"{LABELS[one.kind]}：{subject}，{when}",
        clock.at_time(one.remind_on, at),
        f"{body}这条提醒迟了 {late} 天。" if late else body,
        one.customer_id,
        ("contact", one.contact_id) if one.contact_id else ("customer", one.customer_id),
    )
