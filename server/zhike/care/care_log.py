"""What is done with care entries: greetings, gifts, invitations, and what came of them."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from zhike.access.models import Person
from zhike.base import clock, text
from zhike.base.errors import Invalid
from zhike.care.cadence.course import course_of, hold
from zhike.care.dates import FIRST_YEAR
from zhike.care.models import CareEntry
from zhike.fields import choices, values
from zhike.trail.actions import record


def log_care(
    *, actor: Person, now: datetime, customer_id: int, agreed: bool = False, **fields: Any
) -> CareEntry:
    """Log an act of care: a greeting, a gift, an invitation, and what came of it.

    Beyond the limit of the month (R27) it raises `TooOften` unless that was `agreed`.
    """
    with transaction.atomic():
        customer = hold(actor, customer_id)
        clean = _clean(fields, clock.day_of(now))
        on: date = clean["on"]
        course = course_of(actor, customer, today=clock.day_of(now), since=on)
        agreement = course.require_room(on, agreed=agreed, to_log=True)
        entry = CareEntry.objects.create(
            customer=customer,
            author=actor,
            author_name=actor.name,
            recorded_at=now,
            **clean,
        )
        record(
            "care.logged",
            actor=actor,
            now=now,
            on=on,
            customer_id=customer.pk,
            record=("care", entry.pk),
            data=agreement,
        )
    return entry


def _clean(fields: dict[str, Any], today: date) -> dict[str, Any]:
    way = fields.get("way") or ""
    if way not in choices.CARE_WAY.values:
        raise Invalid("way", "请选择维护方式，例如节日问候。")
    on = fields.get("on") or today
    if on > today:
        raise Invalid("on", "维护时间不能在将来，请核对日期。")
    if on.year < FIRST_YEAR:
        raise Invalid("on", "维护时间的年份不对，请核对。")
    cost = fields.get("cost")
    if cost is not None and not 0 <= cost <= 10**12:
        raise Invalid("cost", "费用要填不小于 0 的金额。")
    return {
        "on": on,
        "way": way,
        "result": _words("result", "维护结果", fields),
        "feedback": _words("feedback", "客户反馈", fields),
        "cost": cost,
    }


def _words(name: str, label: str, fields: dict[str, Any]) -> str:
    return text.entered(name, label, fields.get(name), most=values.LONG, multiline=True)
