"""Recording what happened, and telling those rooms above who asked to hear of it."""

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection, transaction

from zhike.base import clock, origin
from zhike.base.commit import do_now
from zhike.trail.chain import Row, canonical_json, write_later
from zhike.trail.models import Event

Subscriber = Callable[[Event], None]
_subscribers: dict[str, list[Subscriber]] = defaultdict(list)


def subscribe(verb: str) -> Callable[[Subscriber], Subscriber]:
    """Call the function within the same transaction whenever `verb` is recorded."""

    def register(function: Subscriber) -> Subscriber:
        _subscribers[verb].append(function)
        return function

    return register


def record(
    verb: str,
    *,
    actor: Any,
    now: datetime,
    customer_id: int | None = None,
    record: tuple[str, int] | None = None,
    on: date | None = None,
    data: dict[str, Any] | None = None,
) -> None:
    """Write one event; runs inside the transaction of the change it tells of.

    It is sealed and written when that commits. Who subscribed is told at once.
    """
    came = origin.present()
    row = Row(
        now.astimezone(UTC),
        on or clock.day_of(now),
        verb,
        actor.pk if actor is not None else None,
        customer_id,
        record[0] if record else "",
        record[1] if record else None,
        came.request_id,
        came.address,
        came.via,
        canonical_json(data or {}),
    )
    if connection.in_atomic_block:
        _put_down(row, actor, data)
    else:
        with transaction.atomic():
            _put_down(row, actor, data)


def _put_down(row: Row, actor: Any, data: dict[str, Any] | None) -> None:
    write_later([row])
    listeners = _subscribers.get(row.verb, ())
    if listeners:
        told = row._asdict() | {"data": data or {}, "actor": actor}
        told.pop("actor_id")
        event = Event(**told)
        for tell in listeners:
            tell(event)


def redate(verb: str, of: tuple[str, int], *, on: date, actor: Any, now: datetime) -> None:
    """Put the telling of a record on the day it truly happened, after that day was corrected.

    Only the place on the time line moves; what was told, by whom and when, stays, and that it was
    moved is an event itself: the chain knows the day it was sealed with.
    """
    do_now()  # it may have been told in this very transaction
    told = Event.objects.filter(verb=verb, record_type=of[0], record_id=of[1]).exclude(on=on)
    if connection.features.has_select_for_update:
        told = told.select_for_update()
    for event in told:
        moved = {"event": event.pk, "from": event.on.isoformat(), "to": on.isoformat()}
        Event.objects.filter(pk=event.pk).update(on=on)
        record(
            "event.redated",
            actor=actor,
            now=now,
            customer_id=event.customer_id,
            record=of,
            data=moved,
        )


def changes(before: dict[str, Any], after: dict[str, Any]) -> dict[str, list[Any]]:
    """Return {field: [old, new]} of the fields in `after` that differ from `before`."""
    return {name: [before.get(name), new] for name, new in after.items() if before.get(name) != new}
