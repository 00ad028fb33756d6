"""Checking a customer's form before it is saved: the checks of saving, without a trace."""

import copy
from collections.abc import Callable
from datetime import datetime
from typing import Any

from zhike.access.models import Person
from zhike.base.errors import Forbidden, Invalid
from zhike.customers import custom, judging, queries
from zhike.customers.contacts import CONTACT_ON_CREATE, clean_first_contact
from zhike.customers.entry import HELD, SEALED, clean_customer, named, with_defaults
from zhike.customers.judging import REFUSAL, Problem
from zhike.customers.models import Customer
from zhike.customers.telling import plain
from zhike.customers.ways import require_way
from zhike.fields import sealed
from zhike.fields.groups import require_edit

_BESIDE = ("owner_id", "tags")  # people and tags are chosen from lists: nothing to check
Errors = list[tuple[str, str]]


def check(
    actor: Person, customer_id: int | None, fields: dict[str, Any], *, now: datetime
) -> list[Problem]:
    """Return what is wrong with a form, by field; what would keep it from being saved is a refusal.

    The fields are those of creating or changing a customer, and the same rights are asked for.
    Rules that ask for what `actor` may not read are left out: saving will tell of them.
    """
    held = _held(actor, customer_id)
    given = [name for name, value in fields.items() if held or value not in (None, "", [])]
    own = custom.given(fields, empty=held is not None)
    of_contact = [CONTACT_ON_CREATE[name] for name in given if name in CONTACT_ON_CREATE]
    require_edit(actor, "customer", [*given, *own])
    require_edit(actor, "contact", of_contact)
    contact = {name: fields[key] for key, name in CONTACT_ON_CREATE.items() if fields.get(key)}
    left = {*CONTACT_ON_CREATE, *_BESIDE}
    wanted = named({name: value for name, value in fields.items() if name not in left})
    kind = str(wanted.get("kind") or (held.kind if held else "company"))
    errors: Errors = []
    clean = _clean(actor, wanted, kind, held, errors)
    if contact and held is None:
        contact.setdefault("name", clean.get("name") or "联系人")
        _collect(errors, lambda: clean_first_contact(contact, kind, actor))
    facts = judging.facts_of(_as_it_would_be(held, kind, clean), now)
    changed = {*wanted, *own} if held else None
    found = [Problem(field, REFUSAL, message) for field, message in errors]
    return found + judging.judged_for(actor, facts, kind, changed, untold=False)


def _held(actor: Person, customer_id: int | None) -> Customer | None:
    if customer_id is None:
        if not actor.may("create"):
            raise Forbidden("你没有新建客户的权限，请联系管理员。")
        return None
    customer = queries.one(actor, customer_id)
    require_way(actor, customer)
    return customer


def _clean(
    actor: Person, fields: dict[str, Any], kind: str, held: Customer | None, errors: Errors
) -> dict[str, Any]:
    """Return the values that pass; those that do not are noted and left out."""
    if held is None:
        had: dict[str, Any] = {}
        fields = with_defaults("customer", fields, kind)
    else:
        had = {name: getattr(held, name) for name in HELD} | {
            "identity": sealed.held(held, "identity"),
            "custom": custom.opened("customer", held),
        }
    try:
        return clean_customer(fields, kind=kind, new=held is None, held=had, actor=actor)
    except Invalid as wrong:
        errors += wrong.errors
    bad = {name for name, _ in errors}
    rest = {name: value for name, value in fields.items() if name not in bad}
    rest["custom"] = {
        key: value for key, value in (fields.get("custom") or {}).items() if key not in bad
    }
    try:
        return clean_customer(rest, kind=kind, held=had)
    except Invalid:
        return {}


def _as_it_would_be(held: Customer | None, kind: str, clean: dict[str, Any]) -> Customer:
    found = copy.copy(held) if held else Customer(type="prospect")
    found.kind = kind
    for name, value in plain(clean).items():
        setattr(found, name, value)
    for name in SEALED & set(clean):
        setattr(found, name, clean[name].encode() or None)  # that there is one is all that counts
    found.custom = {**found.custom, **(clean.get("custom") or {})}
    return found


def _collect(errors: Errors, call: Callable[[], Any]) -> None:
    try:
        call()
    except Invalid as wrong:
        errors += wrong.errors
