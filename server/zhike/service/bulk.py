"""Much feedback at once, as an import brings it.

The caller holds the transaction and has checked the values.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from zhike.access.models import Person
from zhike.base import clock
from zhike.base.identity import reserve
from zhike.customers.bulk import Table
from zhike.service.models import Feedback
from zhike.trail.models import Event


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
            "id": pk,
        }
        for pk, row in zip(ids, rows, strict=True)
    ]
    today = clock.day_of(now)
    Table(Feedback, "id").insert(full)
    Table(Event).insert(
        {
            "at": now,
            "on": row.get("on") or today,
            "verb": "feedback.recorded",
            "actor": actor.pk,
            "customer_id": row["customer"],
            "record_type": "feedback",
            "record_id": row["id"],
            "data": {"import": import_id},
        }
        for row in full
    )
    return ids


def feedback_held(customer_ids: Iterable[int]) -> set[tuple[Any, ...]]:
    """(customer, day, score, dimension, comment) of feedback, to tell what is here."""
    held = Feedback._default_manager.filter(customer_id__in=set(customer_ids), deleted_at=None)
    return set(held.values_list("customer_id", "on", "score", "dimension", "comment"))
