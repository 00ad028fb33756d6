"""Much feedback at once, as an import brings it.

The caller holds the transaction and has checked the values.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from zhike.access.models import Person
from zhike.base import clock
from zhike.base.identity import reserve
from zhike.base.table import Table
from zhike.fields import choices
from zhike.service.actions import dimension_of
from zhike.service.models import Feedback
from zhike.trail.bulk import record_many


def add_feedback(
    *, actor: Person, now: datetime, rows: Sequence[dict[str, Any]], import_id: int | None
) -> list[int]:
    """Add feedback given as {"customer": id, "on", "score", "comment", …}; returns ids."""
    ids = reserve(Feedback, len(rows))
    full = [
        {
            "recorded_by": actor.pk,
            "recorded_at": now,
            "import_id": import_id,
            **row,
            "dimension": dimension_of(row.get("dimension", "")),
            "id": pk,
        }
        for pk, row in zip(ids, rows, strict=True)
    ]
    today = clock.day_of(now)
    Table(Feedback, "id").insert(full)
    data = {"import": import_id}
    record_many(
        [
            {
                "at": now,
                "on": row.get("on") or today,
                "verb": "feedback.recorded",
                "actor": actor.pk,
                "customer_id": row["customer"],
                "record_type": "feedback",
                "record_id": row["id"],
                "data": data,
            }
            for row in full
        ]
    )
    return ids


FEEDBACK_SAYS = ("comment", "on", "score", "dimension")


def feedback_held(customer_ids: Iterable[int]) -> Iterable[tuple[Any, ...]]:
    """(customer, *FEEDBACK_SAYS) of feedback as a sheet says it, to tell what is here."""
    held = Feedback._default_manager.filter(customer_id__in=set(customer_ids), deleted_at=None)
    called = choices.FEEDBACK_DIMENSION.label
    for *said, dimension in held.values_list("customer_id", *FEEDBACK_SAYS).iterator():
        yield (*said, called(dimension))


def untouched(customer_ids: Iterable[int], import_id: int) -> set[int]:
    """Those of the customers whose feedback all came by the import."""
    ids = set(customer_ids)
    others = Feedback._default_manager.filter(customer_id__in=ids).exclude(import_id=import_id)
    return ids - set(others.values_list("customer_id", flat=True))


def remove(customer_ids: Iterable[int]) -> None:
    """Delete the feedback of these customers for good."""
    ids = sorted(set(customer_ids))
    if not ids:
        return
    marks = ", ".join(["%s"] * len(ids))
    with connection.cursor() as cursor:
        table = Feedback._meta.db_table
        cursor.execute(f"DELETE FROM {table} WHERE customer_id IN ({marks})", ids)


def drop_added(customer_ids: Iterable[int], import_id: int) -> None:
    """Delete the feedback an import added to customers who were here before."""
    Feedback._default_manager.filter(
        customer_id__in=set(customer_ids), import_id=import_id
    ).delete()
