"""Customers as screens show them: this is where sealed values are opened and masked."""

import copy
from collections.abc import Collection
from datetime import date
from typing import Any

import msgspec

from zhike.access.models import Person
from zhike.access.rights import GROUPS, LEVEL_NAMES, Level
from zhike.customers import listing, queries
from zhike.customers.criteria import Criteria
from zhike.customers.finding import masked_phone
from zhike.customers.models import Contact, Customer
from zhike.customers.queries import CHANGEABLE, GIVEABLE
from zhike.fields import checks, masking, sealed
from zhike.fields.groups import level_of

_encode = msgspec.json.Encoder().encode
_AS_STORED = (
    *("id", "version", "code", "name", "kind", "type", "is_key", "tier", "grade", "industry"),
    *("region", "source", "cooperation_since", "contract_amount", "products"),
    *("last_follow_up_on", "next_follow_up_on", "need_status", "created_at", "background"),
    *("first_need", "core_need", "budget", "expected_term", "cooperation_until"),
    *("cooperation_stage", "project_code", "deal_stage", "expected_close", "deal_amount"),
    *("special_needs", "risk", "competition", "remark", "recorded_on", "first_contact_on"),
)


def list_page(
    actor: Person, criteria: Criteria, *, sort: str, cursor: str | None, limit: int, today: date
) -> bytes:
    """Return a page of the customer list as JSON."""
    rows, following = listing.page(
        actor, criteria, sort=sort, cursor=cursor, limit=limit, today=today
    )
    tags = listing.tags_of([row[0] for row in rows])
    shows = Shows(actor)
    changeable = queries.changeable_among(actor, [(row[0], row[12]) for row in rows])
    items = [_row(row, tags, shows, changeable) for row in rows]
    return _encode({"items": items, "next": following})


class Shows:
    """What a reader sees of the rows of a list, asked once for the whole page."""

    def __init__(self, actor: Person) -> None:
        self.actor = actor
        self.money = actor.reads("money")
        self.needs = actor.reads("needs")
        self.cooperation = actor.reads("cooperation")
        self.contact = actor.level("contact") > Level.HIDDEN
        self.names = actor.reads("contact")
        self.pool_names = self.names and actor.scope("customer").reach == "all"
        self.email = actor.level("email") > Level.HIDDEN


def _row(
    row: tuple[Any, ...],
    tags: dict[int, list[dict[str, Any]]],
    shows: Shows,
    changeable: Collection[int],
) -> dict[str, Any]:
    (pk, version, code, name, kind, type_, is_key, tier, grade, industry) = row[:10]
    (region, source, owner_id, owner, since, amount, products, last, following) = row[10:19]
    (need_status, created_at, contact_id, contact, title, mobile, landline, email) = row[19:27]
    return {
        "id": pk,
        "version": version,
        "code": code,
        "name": name,
        "kind": kind,
        "type": type_,
        "is_key": bool(is_key),
        "tier": tier,
        "grade": grade,
        "industry": industry,
        "region": region,
        "source": source,
        "owner": {"id": owner_id, "name": owner} if owner_id else None,
        "tags": tags.get(pk, []),
        "contact": {
            "id": contact_id,
            "name": contact
            if (shows.names if owner_id else shows.pool_names)
            else queries.masked_name(shows.actor, contact, title),
            "title": title if shows.names else "",
            "phone": masked_phone(shows.actor, contact_id, mobile, landline),
            "email": sealed.masked(Contact, "email", contact_id, email) if shows.email else "",
        }
        if contact_id and shows.contact
        else None,
        "cooperation_since": since if shows.cooperation else None,
        "contract_amount": amount if shows.money else None,
        "products": products if shows.cooperation else "",
        "last_follow_up_on": last,
        "next_follow_up_on": following,
        "need_status": need_status if shows.needs else "",
        "created_at": listing.instant(created_at),
        "may_edit": pk in changeable,
    }


def detail(actor: Person, customer: Customer) -> dict[str, Any]:
    """Return the whole file of a customer the caller may see, as far as they may.

    Sealed values are masked; fields of hidden groups are empty.
    """
    way = queries.access_to(actor, customer)
    reader, actor = actor, actor if way != "pool" else _from_afar(actor)
    contacts = queries.contacts_of(customer) if actor.level("contact") else []
    first = next((one for one in contacts if one.is_primary), None)
    owner = customer.owner
    shared = queries.collaborators_visible_to(reader, customer)
    return {
        **{name: _stored(actor, customer, name) for name in _AS_STORED},
        "owner": {"id": owner.pk, "name": owner.name} if owner else None,
        "recorder": customer.recorder_name,
        "tags": listing.tags_of([customer.pk]).get(customer.pk, []),
        "contact": _reference(actor, first) if first else None,
        "identity": _sealed(actor, customer, "identity"),
        "address": _address(actor, customer),
        "contacts": [contact(actor, one) for one in contacts],
        "collaborators": [
            {"id": one.person.pk, "name": one.person.name, "may_edit": one.may_edit}
            for one in shared
        ],
        "access": way,
        "may_edit": way in CHANGEABLE,
        "fields": _levels(actor, way),
        "can": {
            "edit": way in CHANGEABLE and any(actor.edits(group) for group in GROUPS),
            "log": way in CHANGEABLE and actor.may("log"),
            "delete": way in GIVEABLE and actor.may("delete"),
            "share": way in GIVEABLE and actor.may("share"),
            "hand_over": way in GIVEABLE and actor.may("hand_over"),
            "reveal": way != "pool" and actor.may("reveal"),
        },
    }


def _from_afar(actor: Person) -> Person:
    """Return the actor as one who looks at a customer of the pool: protected data is masked.

    Whoever wants more claims the customer first (R33).
    """
    capped = copy.copy(actor)
    capped.__dict__["rights"] = actor.rights.capped(Level.MASKED)
    return capped


def _levels(actor: Person, way: str) -> dict[str, str]:
    """Return what the reader may do with each group of fields of this customer."""
    most = Level.EDIT if way in CHANGEABLE else Level.READ if way != "pool" else Level.MASKED
    levels = {}
    for name, group in GROUPS.items():
        level = actor.level(name)
        if level > most:
            level = most if group.maskable or most >= Level.READ else Level.READ
        levels[name] = LEVEL_NAMES[level]
    return levels


def _stored(actor: Person, customer: Customer, name: str) -> Any:
    if level_of(actor, "customer", name) >= Level.READ:
        return getattr(customer, name)
    return "" if isinstance(getattr(customer, name), str) else None


def _sealed(actor: Person, of: Customer | Contact, name: str) -> str:
    kind = "contact" if isinstance(of, Contact) else "customer"
    if level_of(actor, kind, name) == Level.HIDDEN:
        return ""
    return sealed.read_masked(of, name)


def _address(actor: Person, customer: Customer) -> str:
    """A company's address is public knowledge to who may read it; a person's home is not."""
    if customer.kind == "company" and actor.reads("address"):
        plain = sealed.held(customer, "address")
        return sealed.UNREADABLE if plain is None else plain
    return _sealed(actor, customer, "address")


def _reference(actor: Person, one: Contact) -> dict[str, Any]:
    return {
        "id": one.pk,
        "name": queries.contact_name(actor, one.name, one.title),
        "title": one.title if actor.reads("contact") else "",
        "phone": _sealed(actor, one, "mobile") or _sealed(actor, one, "landline"),
        "email": _sealed(actor, one, "email"),
    }


def contact(actor: Person, one: Contact) -> dict[str, Any]:
    """Return a contact with masked numbers and whether each is a complete number."""
    reads = actor.reads("contact")
    name = queries.contact_name(actor, one.name, one.title)
    return {
        "id": one.pk,
        "version": one.version,
        "name": name,
        "salutation": masking.salutation(one.name, title=one.title) if reads else name,
        "title": one.title if reads else "",
        "role": one.role if reads else "",
        "preferences": one.preferences if reads else "",
        "convenient_time": one.convenient_time if reads else "",
        "is_primary": one.is_primary,
        **{field: _masked(actor, one, field) for field in Contact.SEALED},
    }


def _masked(actor: Person, one: Contact, field: str) -> dict[str, Any] | None:
    if level_of(actor, "contact", field) == Level.HIDDEN:
        return None
    plain = sealed.held(one, field)
    if plain is None:
        return {"masked": sealed.UNREADABLE, "valid": False}
    if not plain:
        return None
    try:
        if field in ("mobile", "landline"):
            checks.check_phone(plain)
        elif field == "email":
            checks.check_email(plain)
        valid = True
    except checks.CheckFailed:
        valid = False
    return {"masked": masking.mask(field, plain), "valid": valid}
