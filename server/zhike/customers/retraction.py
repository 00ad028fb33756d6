"""Taking back what an import did: values as they were, its customers and contacts gone again.

Nobody's work is lost by it: what somebody has changed, or worked on, since then stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Model

from zhike.access.models import Person
from zhike.customers import pairs, relations, search, standing, waiting
from zhike.customers.amending import Done, save, settle_after, tell_contact
from zhike.customers.bulk import changeable_ids
from zhike.customers.models import (
    Attachment,
    Contact,
    Customer,
    CustomerTag,
    Problem,
    Purchase,
)
from zhike.fields import sealed
from zhike.trail.notices import reading


def take_back(*, actor: Person, now: datetime, done: Done, import_id: int) -> list[str]:
    """Restore what a change replaced; returns the fields that somebody has changed since."""
    kept: list[str] = []
    customer = (
        Customer._default_manager.select_for_update(of=("self",))
        .filter(pk=done.customer_id)
        .first()
    )
    if customer is None:
        return []
    back: dict[str, list[Any]] = {}
    for name, (old, new) in done.customer.items():
        if pairs.as_json(pairs.held(customer, name)) != new:
            kept.append(name)
            continue
        if name == "identity" and _identity_taken(customer, old):
            kept.append(name)
            continue
        pairs.put(customer, name, pairs.from_json(Customer, name, old))
        back[name] = [new, old]
    if back:
        save(actor, now, customer, back, import_id)
        waiting.settle(actor=actor, now=now, written={customer.pk: back})
    if done.contact:
        kept += _take_back_contact(actor, now, done, import_id)
    if {"name", "kind", "owner"} & set(back) or "name" in done.contact:
        search.refresh(customer)
    if back:
        settle_after(now, [Done(customer.pk, back)], {customer.pk: customer})
    elif done.contact:
        standing.settle_many([customer.pk], now)
    return kept


def _identity_taken(customer: Customer, identity: str | None) -> bool:
    """Whether another living customer has got the number meanwhile."""
    if not identity or customer.deleted_at is not None:
        return False
    index = sealed.indexes("identity", identity)["full"]
    alive = Customer._default_manager.filter(identity_index=index, deleted_at=None)
    return alive.exclude(pk=customer.pk).exists()


def _take_back_contact(actor: Person, now: datetime, done: Done, import_id: int) -> list[str]:
    contact = Contact._default_manager.filter(pk=done.contact_id or 0, deleted_at=None).first()
    if contact is None:
        return list(done.contact)
    kept: list[str] = []
    back: dict[str, list[Any]] = {}
    for name, (old, new, indexed) in done.contact.items():
        if pairs.as_json(pairs.held(contact, name)) != new:
            kept.append(name)
            continue
        pairs.put(contact, name, pairs.from_json(Contact, name, old), indexed=indexed)
        back[name] = [new, old]
    if back:
        contact.version += 1
        contact.save()
        tell_contact("contact.changed", actor, now, contact, back, import_id)
    return kept


def not_of(actor: Person, customer_ids: Iterable[int]) -> set[int]:
    """Those of the customers who are not the actor's to change."""
    ids = set(customer_ids)
    return ids - changeable_ids(actor, ids)


def untouched(customer_ids: Iterable[int], import_id: int) -> set[int]:
    """Those of the customers an import added whose own file nobody has changed since.

    They are locked, so that nobody changes them before they are gone.
    """
    locked = Customer._default_manager.select_for_update(of=("self",)).order_by("pk")
    ids = set(locked.filter(pk__in=set(customer_ids)).values_list("pk", flat=True))
    changed = Customer._default_manager.filter(pk__in=ids, version__gt=1, deleted_at=None)
    ids -= set(changed.values_list("pk", flat=True))
    contacts = Contact._default_manager.filter(customer_id__in=ids)
    other = contacts.exclude(import_id=import_id, version=1, deleted_at=None)
    ids -= set(other.values_list("customer_id", flat=True))
    merged = Customer._default_manager.filter(pk__in=ids, merged_into__isnull=False)
    ids -= set(merged.values_list("pk", flat=True))  # an undo of the merge needs them
    bought = Purchase.objects.filter(customer_id__in=ids)
    ids -= set(bought.exclude(import_id=import_id, version=1).values_list("customer_id", flat=True))
    for model in (CustomerTag, Problem, Attachment):
        worked_on = model._default_manager.filter(customer_id__in=ids)
        ids -= set(worked_on.values_list("customer_id", flat=True))
    return ids


def _is_here(model: type[Model]) -> bool:
    """Whether a model is of this room, and not the customer itself."""
    return model.__module__.startswith("zhike.customers.") and model is not Customer


def remove(customer_ids: Iterable[int]) -> None:
    """Delete customers for good with what this room has of them; the others have removed theirs."""
    ids = sorted(set(customer_ids))
    if not ids:
        return
    marks = ", ".join(["%s"] * len(ids))
    hanging = (one for one in relations.known() if one.is_key and _is_here(one.model))
    with connection.cursor() as cursor:
        for table, column in sorted({(one.model._meta.db_table, one.attname) for one in hanging}):
            cursor.execute(f"DELETE FROM {table} WHERE {column} IN ({marks})", ids)
        cursor.execute(f"DELETE FROM {Customer._meta.db_table} WHERE id IN ({marks})", ids)
    search.drop(ids)
    reading.forget_about(ids)


def drop_added_contacts(
    customer_ids: Iterable[int], import_id: int, in_use: Iterable[int] = ()
) -> None:
    """Delete the contacts an import added to customers who were here before.

    Those `in_use` stay: somebody has logged a follow-up with them since. Where the primary
    contact goes, the oldest of the others takes its place.
    """
    added = Contact._default_manager.filter(
        customer_id__in=set(customer_ids), import_id=import_id, version=1, deleted_at=None
    ).exclude(pk__in=set(in_use))
    customer_of = dict(added.values_list("pk", "customer_id"))
    touched = set(customer_of.values())
    headless = set(added.filter(is_primary=True).values_list("customer_id", flat=True))
    reading.forget_record("contact", customer_of, touched)
    added.delete()
    rest = Contact._default_manager.filter(customer_id__in=headless, deleted_at=None)
    heirs = {one.customer_id: one for one in rest.order_by("-id")}
    for heir in heirs.values():
        heir.is_primary = True
        heir.save(update_fields=["is_primary"])
    for customer in Customer._default_manager.filter(pk__in=touched):
        search.refresh(customer)
