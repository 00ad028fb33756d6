"""Chains of events to try things on, and the older copy of a database."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

from django.db import connection, transaction

from tests.people import NOW, TODAY
from zhike.base import origin
from zhike.trail import actions, bulk
from zhike.trail.models import Event, Head

VERBS = ("customer.tiered", "customer.changed", "follow_up.logged", "value.revealed")


def tell(number: int = 0, **more: Any) -> None:
    """Record one event in a transaction of its own."""
    chance = random.Random(number)
    entered = origin.enter("session", address=f"10.0.0.{number % 200}", request_id=f"{number:032}")
    with transaction.atomic():
        actions.record(
            VERBS[number % len(VERBS)],
            actor=None,
            now=NOW + timedelta(seconds=number, microseconds=chance.randrange(10**6)),
            customer_id=number % 7 + 1,
            record=("customer", number % 7 + 1),
            data={"changes": {"name": ["老", f"新{number}"]}, "version": number, "z": None, **more},
        )
    origin.leave(entered)


def tell_many(numbers: range) -> None:
    """Record several in one transaction, as an import does."""
    with transaction.atomic():
        bulk.record_many(
            [
                {"at": NOW, "on": TODAY - timedelta(n), "verb": "care.logged", "customer_id": n + 1}
                | {"record_type": "care", "record_id": n + 1, "data": {"import": 5}}
                for n in numbers
            ]
        )


def story(length: int = 40) -> None:
    """Record about `length` events: singly, in bulk, and one moved to another day."""
    for number in range(length // 2):
        tell(number)
    tell_many(range(length // 2))
    with transaction.atomic():
        day = TODAY - timedelta(days=400)
        actions.redate("care.logged", ("care", 3), on=day, actor=None, now=NOW)
    tell(length)


def head() -> tuple[int, int, bytes]:
    row = Head.objects.get()
    return row.count, row.last_id, bytes(row.seal)


def execute(sql: str, *words: Any) -> int:
    """Change the database by hand; the number of rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql, words)
        return cursor.rowcount


def cut_after(event_id: int) -> None:
    """Remove every event after one and make the head agree, as an older copy would."""
    execute("DELETE FROM zhike_event WHERE id > %s", event_id)
    last = Event.objects.get(pk=event_id)
    execute(
        "UPDATE zhike_head SET count = (SELECT COUNT(*) FROM zhike_event), last_id = %s, seal = %s",
        event_id,
        bytes(last.seal),
    )
