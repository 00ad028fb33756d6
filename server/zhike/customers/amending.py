"""Changing many customers as an import does, with what is needed to take it back.

Every change is kept as [old, new] per field in plain text (the caller seals it), so that undoing
restores a value only where nobody has changed it since.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import DateField, DateTimeField, Model

from zhike.access.models import Person
from zhike.base.identity import reserve
from zhike.base.table import Table
from zhike.customers import custom, likeness, relations, search, standing, waiting
from zhike.customers.bulk import (
    changeable_ids,
    contact_row,
    own_keys,
    region_code,
    sealed_columns,
)
from zhike.customers.entry import SEALED
from zhike.customers.models import (
    Attachment,
    Contact,
    Customer,
    CustomerTag,
    Problem,
    Purchase,
)
from zhike.fields import industry, masking, sealed
from zhike.fields.builtin import Definition
from zhike.trail.actions import record

DAYS = {
    of: frozenset(
        column.name
        for column in of._meta.concrete_fields
        if isinstance(column, DateField) and not isinstance(column, DateTimeField)
    )
    for of in (Customer, Contact)
}
BY_HAND = "导入的表格里写明"  # the reason of a tier that a sheet names
_FOLLOWS = ("tier_by_hand", "tier_reason")  # written with the tier, undone with it, not told


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
            _save(actor, now, customer, did.customer, import_id)
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
    _settle_after(now, done, customers)
    written: dict[int, set[str]] = {}
    for did in done:
        written.setdefault(did.customer_id, set()).update(did.customer)
    waiting.settle(actor=actor, now=now, written=written)
    return done


def _settle_after(now: datetime, done: Sequence[Done], customers: dict[int, Customer]) -> None:
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
        old = _held(customer, name)
        if old == new or _tells_less("customer", name, old, new):
            continue
        told[name] = [_json(old), _json(new)]
        _put(customer, name, new)
    return told


def _kind(of: Customer | Contact) -> str:
    return "customer" if isinstance(of, Customer) else "contact"


def _held(of: Customer | Contact, name: str) -> Any:
    if name in SEALED:
        return sealed.held(of, name) or ""  # what cannot be read is replaced
    if custom.definition(_kind(of), name) is not None:
        return custom.opened(_kind(of), of, [name]).get(name)
    return of.owner_id if name == "owner" else getattr(of, name)  # type: ignore[union-attr]


def _put(of: Customer | Contact, name: str, value: Any, *, indexed: bool = True) -> None:
    if name in SEALED:
        columns = sealed_columns(type(of), of.pk, name, value or "", indexed=indexed)
        for column, content in columns.items():
            setattr(of, column, content)
    elif custom.definition(_kind(of), name) is not None:
        custom.put(_kind(of), of, {name: value})
    elif name == "owner":
        of.owner_id = value  # type: ignore[union-attr]
    elif name == "name" and isinstance(of, Customer):
        of.rename(value)
    else:
        setattr(of, name, value)
        if name == "industry":
            of.industry_code = industry.find(value) or ""  # type: ignore[union-attr]
        elif name == "region":
            of.region_code = region_code(value) if value else ""  # type: ignore[union-attr]


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _from_json(of: type[Customer] | type[Contact], name: str, value: Any) -> Any:
    return date.fromisoformat(value) if name in DAYS[of] and value else value


def _told(of: type[Customer] | type[Contact], pairs: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """The pairs as the trail keeps them: sealed values masked, people by name."""
    told = {}
    for name, (old, new) in pairs.items():
        if name in _FOLLOWS:
            continue
        field = custom.definition("customer" if of is Customer else "contact", name)
        if field is not None:
            told[name] = [_own_told(field, old), _own_told(field, new)]
        elif name in SEALED:
            kind = sealed.sealed_field(of, name).kind
            told[name] = [masking.mask(kind, old or ""), masking.mask(kind, new or "")]
        elif name == "owner":
            told[name] = [_person_name(old), _person_name(new)]
        else:
            told[name] = [old, new]
    return told


def _own_told(field: Definition, value: Any) -> Any:
    if value is None:
        return ""
    if field.is_sealed:
        return custom.masked(field, value)
    return _person_name(value) if field.type == "person" else value


def _person_name(pk: int | None) -> str:
    found = Person.objects.filter(pk=pk).first() if pk else None
    return found.name if found else ""


def _save(
    actor: Person, now: datetime, customer: Customer, pairs: dict[str, list[Any]], import_id: int
) -> None:
    customer.version += 1
    customer.updated_at = now
    customer.save()
    owners = {"owners": pairs["owner"]} if "owner" in pairs else {}  # what is planned goes along
    record(
        "customer.changed",
        actor=actor,
        now=now,
        customer_id=customer.pk,
        record=("customer", customer.pk),
        data={
            "version": customer.version,
            "changes": _told(Customer, pairs),
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
        old = _held(contact, field_name)
        if field_name == "name" and old:
            continue  # 李女士 says no more than 李小红 does
        if old == new or _tells_less("contact", field_name, old, new):
            continue
        indexed_before = getattr(contact, f"{field_name}_index", None) is not None
        did.contact[field_name] = [_json(old), _json(new), indexed_before]
        _put(contact, field_name, new, indexed=field_name not in change.unverified)
    if did.contact:
        contact.version += 1
        contact.save()
        _tell_contact("contact.changed", actor, now, contact, did.contact, import_id)


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
    _tell_contact("contact.added", actor, now, contact, {}, import_id)
    return pk


def _tell_contact(
    verb: str,
    actor: Person,
    now: datetime,
    contact: Contact,
    pairs: dict[str, list[Any]],
    import_id: int,
) -> None:
    data: dict[str, Any] = {"name": contact.name, "import": import_id}
    if pairs:
        short = {name: pair[:2] for name, pair in pairs.items()}
        data["changes"] = _told(Contact, short)
    record(
        verb,
        actor=actor,
        now=now,
        customer_id=contact.customer_id,
        record=("contact", contact.pk),
        data=data,
    )


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
        if _json(_held(customer, name)) != new:
            kept.append(name)
            continue
        if name == "identity" and _identity_taken(customer, old):
            kept.append(name)
            continue
        _put(customer, name, _from_json(Customer, name, old))
        back[name] = [new, old]
    if back:
        _save(actor, now, customer, back, import_id)
        waiting.settle(actor=actor, now=now, written={customer.pk: back})
    if done.contact:
        kept += _take_back_contact(actor, now, done, import_id)
    if {"name", "kind", "owner"} & set(back) or "name" in done.contact:
        search.refresh(customer)
    if back:
        _settle_after(now, [Done(customer.pk, back)], {customer.pk: customer})
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
        if _json(_held(contact, name)) != new:
            kept.append(name)
            continue
        _put(contact, name, _from_json(Contact, name, old), indexed=indexed)
        back[name] = [new, old]
    if back:
        contact.version += 1
        contact.save()
        _tell_contact("contact.changed", actor, now, contact, back, import_id)
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
    touched = set(added.values_list("customer_id", flat=True))
    headless = set(added.filter(is_primary=True).values_list("customer_id", flat=True))
    added.delete()
    rest = Contact._default_manager.filter(customer_id__in=headless, deleted_at=None)
    heirs = {one.customer_id: one for one in rest.order_by("-id")}
    for heir in heirs.values():
        heir.is_primary = True
        heir.save(update_fields=["is_primary"])
    for customer in Customer._default_manager.filter(pk__in=touched):
        search.refresh(customer)
