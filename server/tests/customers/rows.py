"""Customers in numbers, brought in as an import brings them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from tests.people import NOW
from zhike.access.models import Person
from zhike.customers import bulk


def bring(
    actor: Person, rows: Iterable[dict[str, Any]], contact: dict[str, Any] | None = None
) -> list[int]:
    """Add customers with these columns, each with the contact given; returns their ids."""
    new = [
        bulk.NewCustomer({"owner": actor.pk, **fields}, contact=dict(contact or {}))
        for fields in rows
    ]
    with transaction.atomic():
        return bulk.add(actor=actor, now=NOW, customers=new, import_id=None)
