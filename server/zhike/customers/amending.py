"""Changing many customers as an import does, with what is needed to take it back (`retraction`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from zhike.access.models import Person
from zhike.base.identity import reserve
from zhike.base.table import Table
from zhike.customers import custom, likeness, pairs, search, standing, waiting
from zhike.customers.bulk import contact_row, own_keys
from zhike.customers.entry import SEALED
from zhike.customers.models import Contact, Customer
from zhike.fields import masking
from zhike.trail.actions import record

BY_HAND = "导入的表格里写明"  # the reason of a tier that a sheet names


@dataclass
class Change:
    """What an imported row says of a customer who is here. Empty cells say nothing.

    Own fields stand among the others by their key.
    """

    customer_id: int
    fields: dict[str, Any]
    contact: dict[str, Any] = field(default_factory=dict)
    unverified: frozenset[str] = frozenset()


@dataclass
class Done:
    """What a change did: pairs of [old, new] by field, as JSON holds them."""

    customer_id: int
    customer: dict[str, list[Any]] = field(default_factory=dict)
    contact_id: int | None = None
    contact: dict[str, list[Any]] = field(default_factory=dict)
    contact_added: bool = False

    @property
    def nothing(self) -> bool:
        return not (self.customer or self.contact or self.contact_added)


def amend(*, actor: Person, now: datetime, changes: Sequence[Change], import_id: int) -> list[Done]:
    """Apply changes in the caller's transaction, in order; tells what each did.

    The caller has established that the actor may see the customers. A masked value (138****5678)
    never replaces one that is here: it tells less.
    """
    ids = {one.customer_id for one in changes}
    locked = Customer._default_manager.select_for_update(of=("self",)).filter(pk__in=ids)
    customers = {one.pk: one for one in locked}
    contacts: dict[int, list[Contact]] = {}
    found = Contact._default_manager.filter(customer_id__in=ids, deleted_at=None)
    for contact in found.order_by("-is_primary", "id"):
        contacts.setdefault(contact.customer_id, []).append(contact)
    done = []
    for change in changes:
        customer = customers[change.customer_id]
        did = Done(change.customer_id)
        did.customer = _change_customer(customer, change.fields)
        if did.customer:
            save(actor, now, customer, did.customer, import_id)
        if change.contact:
            held = contacts.setdefault(customer.pk, [])
            _change_contact(actor, now, held, change, did, import_id)
        if (
            did.contact_added
            or "name" in did.contact
            or {"name", "kind", "owner"} & set(did.customer)
        ):
            search.refresh(customer)
        done.append(did)
    settle_after(now, done, customers)
    written: dict[int, set[str]] = {}
    for did in done:
        written.setdefault(did.customer_id, set()).update(did.customer)
    waiting.settle(actor=actor, now=now, written=written)
    return done


def settle_after(now: datetime, done: Sequence[Done], customers: dict[int, Customer]) -> None:
    """What is repeated beside customers: keys of names, values lists compare, completeness."""
    renamed = {one.customer_id for one in done if {"name", "kind"} & set(one.customer)}
    likeness.lay_many([(pk, customers[pk].name) for pk in renamed])
    own = own_keys("customer")
    written: dict[int, set[str]] = {}
    for one in done:
        if own & one.customer.keys():
            written.setdefault(one.customer_id, set()).update(own & one.customer.keys())
    custom.index_many(
        (pk, dict.fromkeys(keys) | custom.opened("customer", customers[pk], keys))
        for pk, keys in written.items()
    )
    standing.settle_many(sorted({one.customer_id for one in done if not one.nothing}), now)


def _tells_less(of: str, name: str, old: Any, new: Any) -> bool:
    field = custom.definition(of, name)
    masks = name in SEALED or name == "name" or (field is not None and field.is_sealed)
    return bool(masks and old and "*" in str(new))


def _change_customer(customer: Customer, fields: dict[str, Any]) -> dict[str, list[Any]]:
    told: dict[str, list[Any]] = {}
    given = dict(fields)
    if given.get("tier") and given["tier"] != customer.tier:
        given |= {"tier_by_hand": True, "tier_reason": BY_HAND}
    for name, new in given.items():
        if name == "code":
            continue
        old = pairs.held(customer, name)
        if old == new or _tells_less("customer", name, old, new):
            continue
        told[name] = [pairs.as_json(old), pairs.as_json(new)]
        pairs.put(customer, name, new)
    return told


def save(
    actor: Person, now: datetime, customer: Customer, changed: dict[str, list[Any]], import_id: int
) -> None:
    """Save a customer of whom an import changed these pairs, and tell of it."""
    customer.version += 1
    customer.updated_at = now
    customer.save()
    # What is planned goes along with the owner.
    owners = {"owners": changed["owner"]} if "owner" in changed else {}
    record(
        "customer.changed",
        actor=actor,
        now=now,
        customer_id=customer.pk,
        record=("customer", customer.pk),
        data={
            "version": customer.version,
            "changes": pairs.told(Customer, changed),
            "import": import_id,
            **owners,
        },
    )


def _change_contact(
    actor: Person,
    now: datetime,
    held: list[Contact],
    change: Change,
    did: Done,
    import_id: int,
) -> None:
    name = change.contact.get("name", "")
    contact = _same_person(held, name)
    if contact is None:
        did.contact_id = _add_contact(actor, now, held, change, import_id)
        did.contact_added = True
        return
    did.contact_id = contact.pk
    for field_name, new in change.contact.items():
        old = pairs.held(contact, field_name)
        if field_name == "name" and old:
            continue  # 李女士 says no more than 李小红 does
        if old == new or _tells_less("contact", field_name, old, new):
            continue
        indexed_before = getattr(contact, f"{field_name}_index", None) is not None
        did.contact[field_name] = [pairs.as_json(old), pairs.as_json(new), indexed_before]
        pairs.put(contact, field_name, new, indexed=field_name not in change.unverified)
    if did.contact:
        contact.version += 1
        contact.save()
        tell_contact("contact.changed", actor, now, contact, did.contact, import_id)


def _same_person(held: list[Contact], name: str) -> Contact | None:
    """The contact a row means: the same name or its form of address; the first for no name."""
    if not name:
        return held[0] if held else None
    for contact in held:
        if contact.name == name or (
            contact.name and masking.salutation(contact.name, title=contact.title) == name
        ):
            return contact
    return next((contact for contact in held if not contact.name), None)


def _add_contact(
    actor: Person, now: datetime, held: list[Contact], change: Change, import_id: int
) -> int:
    pk = reserve(Contact, 1)[0]
    row = contact_row(change.contact, pk, change.unverified, own=own_keys("contact")) | {
        "customer": change.customer_id,
        "is_primary": not held,
        "import_id": import_id,
        "created_at": now,
    }
    Table(Contact, "id").insert([row])
    contact = Contact._default_manager.get(pk=pk)
    held.append(contact)
    tell_contact("contact.added", actor, now, contact, {}, import_id)
    return pk


def tell_contact(
    verb: str,
    actor: Person,
    now: datetime,
    contact: Contact,
    changed: dict[str, list[Any]],
    import_id: int,
) -> None:
    """Tell of a contact an import added, or of which it changed these pairs."""
    data: dict[str, Any] = {"name": contact.name, "import": import_id}
    if changed:
        short = {name: pair[:2] for name, pair in changed.items()}
        data["changes"] = pairs.told(Contact, short)
    record(
        verb,
        actor=actor,
        now=now,
        customer_id=contact.customer_id,
        record=("contact", contact.pk),
        data=data,
    )
