"""Many purchases at once, as an import brings them; the totals of their customers follow.

The caller holds the transaction and has checked the values (`purchases.clean_purchase`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from zhike.access.models import Person
from zhike.base.identity import reserve
from zhike.base.table import Table
from zhike.customers import standing
from zhike.customers.models import Customer, Purchase
from zhike.customers.purchases import refresh_totals
from zhike.trail.bulk import record_many

Row = dict[str, Any]
# What tells one purchase from another.
SAYS = ("product", "bought_on", "quantity", "amount", "order_code", "note")


def add(*, actor: Person, now: datetime, rows: Sequence[Row], import_id: int | None) -> list[int]:
    """Add purchases given as {"customer": id, "bought_on", "product", …}; returns their ids."""
    if not rows:
        return []
    customers = {row["customer"] for row in rows}
    _lock(customers)
    ids = reserve(Purchase, len(rows))
    common = {"recorded_by": actor.pk, "recorded_at": now, "import_id": import_id}
    Table(Purchase, "id").insert(
        [
            {**common, **row, "id": pk, "quantity": _number(row.get("quantity"))}
            for pk, row in zip(ids, rows, strict=True)
        ]
    )
    data = {"import": import_id}
    record_many(
        [
            {
                "at": now,
                "on": row["bought_on"],
                "verb": "purchase.added",
                "actor": actor.pk,
                "customer_id": row["customer"],
                "record_type": "purchase",
                "record_id": pk,
                "data": data,
            }
            for pk, row in zip(ids, rows, strict=True)
        ]
    )
    settle(customers, now)
    return ids


def settle(customer_ids: Iterable[int], now: datetime) -> None:
    """Bring the totals of customers in line with their purchases, and what follows from them."""
    ids = sorted(set(customer_ids))
    refresh_totals(ids)
    standing.settle_many(ids, now)


def held(customer_ids: Iterable[int]) -> Iterable[tuple[Any, ...]]:
    """(customer, *SAYS) of purchases, to tell what is here."""
    found = Purchase._default_manager.filter(customer_id__in=set(customer_ids), deleted_at=None)
    return found.values_list("customer_id", *SAYS).iterator()


def drop_added(customer_ids: Iterable[int], import_id: int, now: datetime) -> int:
    """Delete the purchases an import added to these customers; returns how many had to stay.

    Those that somebody has changed since, or put into the trash, stay.
    """
    ids = set(customer_ids)
    _lock(ids)
    added = Purchase._default_manager.filter(customer_id__in=ids, import_id=import_id)
    untouched = added.filter(version=1, deleted_at=None)
    kept = added.count() - untouched.count()
    of = set(untouched.values_list("customer_id", flat=True))
    untouched.delete()
    if of:
        settle(of, now)
    return kept


def _lock(customer_ids: Iterable[int]) -> None:
    locked = Customer._default_manager.select_for_update(of=("self",)).order_by("pk")
    list(locked.filter(pk__in=set(customer_ids)).values_list("pk"))


def _number(value: Any) -> str | None:
    """A decimal number as both databases take it."""
    return None if value is None else str(value)
