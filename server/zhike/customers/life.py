"""Pausing and archiving customers, and taking them up again (R21).

Who is paused or archived stands in no list of work. What was planned with them is the care room's:
it listens to the events here.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from zhike.access.models import Person
from zhike.base import clock, text
from zhike.base.errors import Conflict, Invalid
from zhike.base.jobs import Run
from zhike.customers.models import Customer
from zhike.customers.ways import locked
from zhike.fields import choices
from zhike.fields.choices import Dictionary
from zhike.fields.groups import require_edit
from zhike.trail.actions import record
from zhike.trail.bulk import record_many
from zhike.trail.queries import last_of_each, last_told

ACTIVE, PAUSED, ARCHIVED = "active", "paused", "archived"
MOST_NOTE = 500
LONGEST_PAUSE = timedelta(days=731)  # two years; who sleeps longer is archived
PIECE = 500
_SAVED = (
    *("life", "life_reason", "life_note", "life_since", "look_again_on"),
    *("version", "updated_at"),
)


def pause(
    *,
    actor: Person,
    now: datetime,
    customer_id: int,
    reason: str,
    look_again_on: date | None,
    note: str = "",
) -> Customer:
    """Stop following a customer up until a day on which to look again.

    Raises Invalid without a reason or with a day that is past or more than two years ahead,
    Conflict for one that is archived.
    """
    today = clock.day_of(now)
    if look_again_on is None:
        raise Invalid("look_again_on", "请选一个再看的日子，到那天会提醒负责人。")
    if not today < look_again_on <= today + LONGEST_PAUSE:
        raise Invalid("look_again_on", "再看的日子从明天起选，最多两年。")
    _check_reason(choices.PAUSE_REASON, reason, "请选择暂停原因，例如“预算调整”。")
    with transaction.atomic():
        customer = _held(actor, customer_id)
        if customer.life == ARCHIVED:
            raise Conflict("这位客户已归档，请先恢复跟进，再暂停。", code="archived")
        _turn_and_tell("customer.paused", actor, now, customer, PAUSED, reason, note, look_again_on)
    return customer


def archive(
    *, actor: Person, now: datetime, customer_id: int, reason: str, note: str = ""
) -> Customer:
    """Put a customer away for good: won and finished, or lost; it stays in every search."""
    _check_reason(choices.ARCHIVE_REASON, reason, "请选择归档原因，例如“成交并完成”。")
    with transaction.atomic():
        customer = _held(actor, customer_id)
        if customer.life == ARCHIVED:
            raise Conflict("这位客户已经归档了。", code="archived")
        _turn_and_tell("customer.archived", actor, now, customer, ARCHIVED, reason, note, None)
    return customer


def resume(*, actor: Person, now: datetime, customer_id: int) -> tuple[Customer, date | None]:
    """Follow a paused or archived customer up again.

    Returned with the day for which something was planned when it was put away, if that still lies
    ahead: nobody has to remember what was dropped then.
    """
    with transaction.atomic():
        customer = _held(actor, customer_id)
        if customer.life == ACTIVE:
            raise Conflict("这位客户本来就在跟进中。", code="active")
        before = last_told(f"customer.{customer.life}", customer.pk) or {}
        _turn_and_tell("customer.resumed", actor, now, customer, ACTIVE, "", "", None)
    planned = before.get("planned_on")
    day = date.fromisoformat(planned) if planned else None
    return customer, day if day and day >= clock.day_of(now) else None


def _held(actor: Person, customer_id: int) -> Customer:
    require_edit(actor, "customer", ["life"])
    return locked(actor, customer_id)


def _check_reason(known: Dictionary, reason: str, missing: str) -> None:
    if not reason:
        raise Invalid("reason", missing)
    if reason not in known.values:
        raise Invalid("reason", "没有这个原因，请从列表中选择。")


def _turn_and_tell(
    verb: str,
    actor: Person,
    now: datetime,
    customer: Customer,
    state: str,
    reason: str,
    note: str,
    look_again_on: date | None,
) -> None:
    note = text.tidy(note or "", multiline=True)
    if len(note) > MOST_NOTE:
        raise Invalid("note", f"说明最多 {MOST_NOTE} 个字，请精简。")
    words = choices.PAUSE_REASON if state == PAUSED else choices.ARCHIVE_REASON
    before = customer.life, customer.look_again_on
    planned = customer.next_follow_up_on
    customer.life, customer.life_reason, customer.life_note = state, reason, note
    customer.life_since = clock.day_of(now)
    customer.look_again_on = look_again_on
    customer.version += 1
    customer.updated_at = now
    customer.save(update_fields=_SAVED)
    changes: dict[str, list[Any]] = {"life": [before[0], state]}
    if before[1] != look_again_on:
        changes["look_again_on"] = [_iso(before[1]), _iso(look_again_on)]
    record(
        verb,
        actor=actor,
        now=now,
        customer_id=customer.pk,
        record=("customer", customer.pk),
        data={
            "version": customer.version,
            "changes": changes,
            "reason": words.label(reason),
            "note": note,
            "look_again_on": _iso(look_again_on) or "",
            # What was planned until now: who takes the customer up again is told.
            "planned_on": _iso(planned) or "",
            "owner": customer.owner_id,
        },
    )
    customer.refresh_from_db(fields=["next_follow_up_on"])


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def tell_who_is_due(run: Run) -> None:
    """Note on the time line of each paused customer, once, that the day to look again has come."""
    today = clock.day_of(run.now)
    while True:
        with run.step():
            found = Customer.objects.filter(
                deleted_at=None, life=PAUSED, look_again_on__lte=today, pk__gt=run.checkpoint or 0
            )
            due = list(found.order_by("pk").values_list("pk", "look_again_on")[:PIECE])
            if not due:
                break
            _tell(due, run.now, today)
            run.checkpoint = due[-1][0]
            run.progress(run.done + len(due), run.done + len(due))


def _tell(due: Sequence[tuple[int, date | None]], now: datetime, today: date) -> None:
    known = last_of_each("customer.look_again", [pk for pk, _ in due])
    record_many(
        [
            {
                "at": now,
                "on": today,
                "verb": "customer.look_again",
                "customer_id": pk,
                "record_type": "customer",
                "record_id": pk,
                "data": {"look_again_on": day.isoformat()},
            }
            for pk, day in due
            if day is not None and (pk not in known or known[pk] < day)
        ]
    )
