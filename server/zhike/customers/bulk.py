"""Many customers at once, as an import brings them: `executemany` instead of an object each.

What one customer gets in `actions` each of many gets here: sealed values with their indexes, own
fields and what lists compare of them, the keys of the name, the search document, the event. The
caller holds the transaction, has checked every value as `entry`
does and has found out who is already here; the database's constraints are the last word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import models

from zhike.access.models import Person
from zhike.access.rights import Scope
from zhike.base import clock, keyring, tokens
from zhike.base.identity import reserve
from zhike.base.table import Table
from zhike.customers import custom, likeness, search, standing, waiting
from zhike.customers.actions import next_codes
from zhike.customers.entry import SEALED
from zhike.customers.models import Contact, Customer, CustomValue, derived_from_name
from zhike.customers.queries import changeable_by, moved_to, within
from zhike.fields import industry, region, registry, sealed, values
from zhike.trail.bulk import record_many

UNSEALED = frozenset({"identity", "address"})


@dataclass
class NewCustomer:
    """A customer to add: `fields` as in the model with plain text for sealed ones.

    Own fields stand among them by their key, and among those of `contact`, the primary contact
    or empty. Its numbers named in `unverified` are kept as text and found by nobody.
    """

    fields: dict[str, Any]
    contact: dict[str, Any] = field(default_factory=dict)
    unverified: frozenset[str] = frozenset()


class Known(NamedTuple):
    """A customer already here. `visible` tells whether it is the actor's to change."""

    id: int
    code: str
    name: str
    visible: bool
    deleted: bool
    import_id: int | None


@lru_cache(4096)
def _industry_code(text: str) -> str:
    return industry.find(text) or ""


@lru_cache(4096)
def region_code(text: str) -> str:
    """The code of a region as somebody wrote it, "" where it is not certain."""
    return region.find(text) or ""


def own_keys(of: str) -> frozenset[str]:
    """The keys of the customer's own fields of a kind of record."""
    return frozenset(one.key for one in registry.current().custom(of))


def add(
    *, actor: Person, now: datetime, customers: Sequence[NewCustomer], import_id: int | None
) -> list[int]:
    """Add customers in the caller's transaction; returns their ids in order.

    What follows from a customer's facts is settled here; who adds purchases settles once more.
    `last_follow_up_on` and `next_follow_up_on` may be given with the fields, when the records
    they repeat are added in the same transaction.
    """
    ids = reserve(Customer, len(customers))
    with_contact = [index for index, one in enumerate(customers) if one.contact]
    contact_ids = dict(zip(with_contact, reserve(Contact, len(with_contact)), strict=True))
    codes = iter(_fresh_codes(now, customers))
    day = clock.day_of(now)
    rows, contacts, events, documents, compared = [], [], [], [], []
    own, of_contact = own_keys("customer"), own_keys("contact")
    for index, (pk, one) in enumerate(zip(ids, customers, strict=True)):
        row = _customer_row(one.fields, pk, actor, now, day, import_id)
        if own and not own.isdisjoint(row):
            compared += _own_values(Customer, row, own)
        if not row.get("code"):
            row["code"] = next(codes)
        rows.append(row)
        if index in contact_ids:
            contact = contact_row(one.contact, contact_ids[index], one.unverified, own=of_contact)
            contacts.append(
                contact
                | {"customer": pk, "is_primary": True, "import_id": import_id, "created_at": now}
            )
        events.append(_event("customer.created", actor, now, day, row, import_id))
        names = [one.contact["name"]] if one.contact.get("name") else []
        documents.append((pk, _document(row, names)))
    Table(Customer, "id").insert(rows)
    Table(Contact, "id").insert(contacts)
    Table(CustomValue).insert(compared)
    record_many(events)
    if waiting.new_ones_wait(actor):
        more = {"import": import_id}
        waiting.ask_new(actor=actor, now=now, customers=[(pk, more) for pk in ids])
    search.put(documents)
    likeness.lay_many([(row["id"], row["name"]) for row in rows], new=True)
    standing.settle_many(ids, now)
    return ids


def _fresh_codes(now: datetime, customers: Sequence[NewCustomer]) -> list[str]:
    """Codes for those that bring none, none of them a code that another one brings."""
    brought = {one.fields.get("code") for one in customers}
    wanted = sum(not one.fields.get("code") for one in customers)
    codes: list[str] = []
    while len(codes) < wanted:
        codes += [code for code in next_codes(now, wanted - len(codes)) if code not in brought]
    return codes


def _customer_row(
    fields: dict[str, Any],
    pk: int,
    actor: Person,
    now: datetime,
    day: date,
    import_id: int | None,
) -> dict[str, Any]:
    row = {
        "id": pk,
        "kind": "company",
        "type": "prospect",
        "recorder": actor.pk,
        "recorder_name": actor.name,
        "recorded_on": day,
        "created_at": now,
        "updated_at": now,
        "import_id": import_id,
        **fields,
        **derived_from_name(fields["name"]),
    }
    if row.get("industry"):
        row["industry_code"] = _industry_code(row["industry"])
    if row.get("region"):
        row["region_code"] = region_code(row["region"])
    for name in UNSEALED & row.keys():
        row |= sealed_columns(Customer, pk, name, row[name] or "")
    return row


def _own_values(
    model: type[Customer] | type[Contact], row: dict[str, Any], keys: frozenset[str]
) -> list[dict[str, Any]]:
    """Move own values of a row into its column `custom`; returns what lists compare of them."""
    of = "customer" if model is Customer else "contact"
    table, pk = model._meta.db_table, row["id"]
    kept: dict[str, Any] = {}
    compared: list[dict[str, Any]] = []
    for key in keys & row.keys():
        value = row.pop(key)
        field = custom.definition(of, key)
        if field is None or value is None:
            continue
        kept[key] = custom.sealed_text(table, pk, key, value) if field.is_sealed else value
        if of == "customer":
            said = values.rows(field, value)
            compared += [{"field": field.pk, "customer": pk, **one._asdict()} for one in said]
    row["custom"] = kept
    return compared


def contact_row(
    contact: Mapping[str, Any],
    pk: int,
    unverified: Iterable[str] = (),
    *,
    own: frozenset[str] = frozenset(),
) -> dict[str, Any]:
    """The columns of a contact; text that never passed as a number gets no index.

    `own` are the keys of own fields, which stand among the others.
    """
    row = {"name": "", **contact, "id": pk}
    if own and not own.isdisjoint(row):
        _own_values(Contact, row, own)
    for name in SEALED & row.keys():
        row |= sealed_columns(Contact, pk, name, row[name] or "", indexed=name not in unverified)
    return row


def sealed_columns(
    model: type[models.Model], pk: int, name: str, plain: str, *, indexed: bool = True
) -> dict[str, Any]:
    """The columns a sealed value is written to."""
    kind, full, tail = _places(model, name)
    if not plain:
        return {one: None for one in (name, full, tail) if one}
    columns: dict[str, Any] = {
        name: keyring.seal(plain, table=model._meta.db_table, field=name, row=pk)
    }
    if full:
        found = sealed.indexes(kind, plain) if indexed else {"full": None, "tail": None}
        columns[full] = found["full"]
        if tail:
            columns[tail] = found["tail"]
    return columns


@lru_cache(64)
def _places(model: type[models.Model], name: str) -> tuple[str, str, str]:
    """The kind of a sealed field and its index columns, "" where there is none."""
    known = {column.name for column in model._meta.concrete_fields}
    full, tail = (one if one in known else "" for one in (f"{name}_index", f"{name}_tail"))
    return sealed.sealed_field(model, name).kind, full, tail


def _event(
    verb: str, actor: Person, now: datetime, day: date, row: dict[str, Any], import_id: int | None
) -> dict[str, Any]:
    return {
        "at": now,
        "on": day,
        "verb": verb,
        "actor": actor.pk,
        "customer_id": row["id"],
        "record_type": "customer",
        "record_id": row["id"],
        "data": {"name": row["name"], "code": row["code"], "import": import_id},
    }


def _document(row: dict[str, Any], contacts: list[str]) -> list[str]:
    person = row["kind"] == "person"
    words = search.document(row["name"], row["code"], row.get("owner"), person=person)
    known = set(words)
    for contact in contacts:
        words += _contact_words(contact) - known
    return words


@lru_cache(8192)
def _contact_words(contact: str) -> frozenset[str]:
    """王经理 stands in thousands of rows."""
    return frozenset(tokens.name_tokens(contact, person=True))


_KNOWN = ("id", "code", "name", "owner_id", "deleted_at", "import_id")


def _known(actor: Person, rows: Iterable[tuple[Any, ...]]) -> list[Known]:
    rows = list(rows)
    mine = changeable_ids(actor, [row[0] for row in rows])
    return [
        Known(pk, code, name, pk in mine, deleted is not None, import_id)
        for pk, code, name, owner, deleted, import_id in rows
    ]


def changeable_ids(actor: Person, customer_ids: Iterable[int]) -> set[int]:
    """Return which of these customers the actor may write to."""
    ids = set(customer_ids)
    if not ids or (actor.is_active and actor.scope("customer").reach == "all"):
        return ids
    return set(changeable_by(actor).filter(pk__in=ids).values_list("pk", flat=True))


def giveable_ids(actor: Person, customer_ids: Iterable[int]) -> set[int]:
    """Return which of these customers the actor may give to somebody else: no shared ones."""
    found = changeable_by(actor).filter(pk__in=set(customer_ids))
    reach = within(actor, Scope(actor.scope("customer").reach))
    return set((found if reach is None else found.filter(reach)).values_list("pk", flat=True))


def held_fields(customer_ids: Iterable[int], names: Iterable[str]) -> dict[int, dict[str, Any]]:
    """Return what some fields of customers hold, none of them sealed."""
    found = Customer._default_manager.filter(pk__in=set(customer_ids))
    return {row.pop("id"): row for row in found.values("id", *names)}


def known_by_code(actor: Person, codes: Iterable[str]) -> dict[str, Known]:
    """Who holds a code, deleted and foreign customers too: a code is never given twice.

    The code of one that was merged means the survivor.
    """
    manager = Customer._default_manager
    rows = manager.filter(code__in=set(codes))
    known = {one.code: one for one in _known(actor, rows.values_list(*_KNOWN))}
    for code in rows.filter(merged_into__isnull=False).values_list("code", flat=True):
        into = moved_to(actor, code=code)
        if into is not None:
            (known[code],) = _known(actor, manager.filter(pk=into.pk).values_list(*_KNOWN))
    return known


def known_by_identity(actor: Person, identities: Iterable[str]) -> dict[str, Known]:
    """Who holds an identity among the living, foreign customers too: it is unique."""
    index = {sealed.indexes("identity", plain)["full"]: plain for plain in set(identities)}
    manager = Customer._default_manager.filter(identity_index__in=list(index), deleted_at=None)
    rows = list(manager.values_list("identity_index", "identity", *_KNOWN))
    known = {}
    for row, one in zip(rows, _known(actor, [row[2:] for row in rows]), strict=True):
        by = bytes(row[0])
        if not sealed.truly_has(Customer, "identity", one.id, row[1], by):
            one = one._replace(visible=False)  # the index was moved here: nothing may follow it
        known[index[by]] = one
    return known


def known_by_name(actor: Person, keys: Iterable[str]) -> dict[str, list[Known]]:
    """The living customers the actor may change, by the key of their name."""
    manager = Customer._default_manager.filter(name_key__in=set(keys), deleted_at=None)
    rows = list(manager.values_list("name_key", *_KNOWN))
    found: dict[str, list[Known]] = {}
    for row, one in zip(rows, _known(actor, [row[1:] for row in rows]), strict=True):
        if one.visible:
            found.setdefault(row[0], []).append(one)
    return found
