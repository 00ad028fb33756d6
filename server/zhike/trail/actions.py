"""Recording what happened, and telling those rooms above who asked to hear of it."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import structlog

from zhike.base import clock
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
) -> Event:
    """Write one event; must run inside the transaction of the change it tells of."""
    event = Event.objects.create(
        at=now,
        on=on or clock.day_of(now),
        verb=verb,
        actor=actor,
        customer_id=customer_id,
        record_type=record[0] if record else "",
        record_id=record[1] if record else None,
        data=data or {},
        request_id=structlog.contextvars.get_contextvars().get("request_id", ""),
    )
    for tell in _subscribers.get(verb, ()):
        tell(event)
    return event


def redate(verb: str, record: tuple[str, int], *, on: date) -> None:
    """Put the telling of a record on the day it truly happened, after that day was corrected.

    Only the place on the time line moves; what was told, by whom and when, stays.
    """
    Event.objects.filter(verb=verb, record_type=record[0], record_id=record[1]).update(on=on)


def changes(before: dict[str, Any], after: dict[str, Any]) -> dict[str, list[Any]]:
    """Return {field: [old, new]} of the fields in `after` that differ from `before`."""
    return {name: [before.get(name), new] for name, new in after.items() if before.get(name) != new}
