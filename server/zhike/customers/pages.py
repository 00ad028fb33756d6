"""Customers as screens show them: this is where sealed values are opened and masked."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import msgspec
from django.db.models import QuerySet

from zhike.access.models import Person
from zhike.access.rights import GROUPS, LEVEL_NAMES, Level
from zhike.base import clock
from zhike.customers import (
    completeness,
    custom,
    individuals,
    judging,
    listing,
    queries,
    queue,
    showing,
    tiers,
)
from zhike.customers.criteria import Criteria
from zhike.customers.finding import masked_phone
from zhike.customers.models import Attachment, Contact, Customer
from zhike.customers.queries import CHANGEABLE, GIVEABLE
from zhike.fields import checks, masking, registry, sealed
from zhike.fields.builtin import KINDS, SHIPPED
from zhike.fields.checks import birthday
from zhike.fields.groups import level_of

_encode = msgspec.json.Encoder().encode
# Told in a form of their own.
_APART = ("recorder_name", "completeness", "life", "look_again_on")
_AS_STORED = (
    *("id", "version", "created_at", "region_code", "tier_by_hand", "tier_reason", "tier_points"),
    *(
        one.key
        for one in SHIPPED
        if one.of == "customer" and not one.is_sealed and one.key not in _APART
    ),
)


def list_page(
    actor: Person,
    criteria: Criteria,
    *,
    sort: str,
    cursor: str | None,
    limit: int,
    today: date,
    show: Sequence[str] = (),
) -> bytes:
    """Return a page of the customer list as JSON; rows with `more` of the fields in `show`."""
    wanted = showing.wanted(show)
    own = showing.own_alone(wanted)
    rows, following = listing.page(
        actor, criteria, sort=sort, cursor=cursor, limit=limit, today=today, with_custom=own
    )
    tags = listing.tags_of([row[0] for row in rows])
    shows = Shows(actor)
    changeable = queries.changeable_among(actor, [(row[0], row[12]) for row in rows])
    items = [_row(row, tags, shows, changeable) for row in rows]
    if wanted:
        kept = [showing.Kept(row[0], row[12], row[4], row[27]) for row in rows]
        more = showing.own(actor, wanted, kept) if own else showing.more(actor, wanted, kept)
        for item in items:
            item["more"] = more.get(item["id"], {})
    return _encode({"items": items, "next": following})


_IN_ROWS = (
    *("type", "is_key", "tier", "grade", "industry", "region", "source", "cooperation_since"),
    *("contract_amount", "products", "last_follow_up_on", "next_follow_up_on", "need_status"),
)


class Shows:
    """What a reader sees of the rows of a list, asked once for the whole page."""

    def __init__(self, actor: Person) -> None:
        self.actor = actor
        # An administrator may have put any field into any group.
        self.hidden = [name for name in _IN_ROWS if level_of(actor, "customer", name) < Level.READ]
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
    item = {
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
        "cooperation_since": since,
        "contract_amount": amount,
        "products": products,
        "last_follow_up_on": last,
        "next_follow_up_on": following,
        "need_status": need_status,
        "created_at": listing.instant(created_at),
        "may_edit": pk in changeable,
    }
    for name in shows.hidden:
        item[name] = _nothing(item[name])
    return item


def _nothing(value: Any) -> Any:
    """What is shown instead of a value somebody may not see."""
    return False if isinstance(value, bool) else "" if isinstance(value, str) else None


def detail(
    actor: Person, customer: Customer, *, new_with: list[Contact] | None = None
) -> dict[str, Any]:
    """Return the whole file of a customer the caller may see, as far as they may.

    Sealed values are masked; fields of hidden groups are empty. On a new one, entered this very
    moment, nothing hangs yet but the contacts `new_with`, tags and perhaps a review.
    """
    new = new_with is not None
    way = queries.access_to(actor, customer)
    reader, actor = actor, actor if way != "pool" else queries.from_afar(actor)
    contacts = new_with or []
    if not actor.level("contact"):
        contacts = []
    elif not new:
        contacts = queries.contacts_of(customer)
    first = next((one for one in contacts if one.is_primary), None)
    owner = customer.owner
    shared = [] if new else queries.collaborators_visible_to(reader, customer)
    return {
        **{name: _stored(actor, customer, name) for name in _AS_STORED},
        **_standing(actor, customer, contacts),
        "birthday_shown": birthday.show(_stored(actor, customer, "birthday")),
        "custom": custom.shown(actor, "customer", customer),
        "counts": _counts(actor, customer, new=new),
        "owner": {"id": owner.pk, "name": owner.name} if owner else None,
        "recorder": customer.recorder_name,
        "tags": listing.tags_of([customer.pk]).get(customer.pk, []),
        "contact": _reference(actor, first) if first else None,
        "identity": _sealed(actor, customer, "identity"),
        "address": _address(actor, customer),
        "contacts": _people(actor, contacts),
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
        "pending_reviews": queue.of_customer(reader, customer, new=new),
    }


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
    value = getattr(customer, name)
    return value if level_of(actor, "customer", name) >= Level.READ else _nothing(value)


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


def life(customer: Customer) -> dict[str, Any]:
    """Return whether a customer is followed up, and since when and why not."""
    return {
        "state": customer.life,
        "reason": customer.life_reason,
        "note": customer.life_note,
        "since": customer.life_since,
        "look_again_on": customer.look_again_on,
    }


def _standing(actor: Person, customer: Customer, contacts: list[Contact]) -> dict[str, Any]:
    """What follows from the file, and the state it is in."""
    return {
        "completeness": {
            "percent": customer.completeness,
            "missing": completeness.missing(customer, contacts, actor),
        },
        "tier_why": tiers.shown(actor, customer.tier_why or []),
        "life": life(customer),
        "warnings": judging.warnings(actor, customer, clock.now()),
    }


def _counts(actor: Person, customer: Customer, *, new: bool) -> dict[str, int | None]:
    """How much hangs on the file; None of what the reader may not see at all."""
    may = {
        "purchases": actor.reads("cooperation"),
        "problems": actor.reads("notes"),
        "attachments": True,
    }
    if new:
        return {name: 0 if one else None for name, one in may.items()}
    bought = queries.purchases_visible_to(actor).filter(customer=customer)
    troubles = queries.problems_visible_to(actor).filter(customer=customer)
    return {
        "purchases": bought.count() if may["purchases"] else None,
        "problems": troubles.count() if may["problems"] else None,
        "attachments": _files(actor, customer).count(),
    }


def _files(actor: Person, customer: Customer) -> QuerySet[Attachment]:
    """The attachments of a customer that hang on records and fields the reader may see."""
    shown = {
        "contact": actor.reads("contact"),
        "purchase": actor.reads("cooperation"),
        "problem": actor.reads("notes"),
        "follow_up": queries.reaches(actor, customer, "follow_up"),
    }
    hidden = [
        one.key
        for of in KINDS
        for one in registry.current().custom(of)
        if one.type == "attachment" and level_of(actor, of, one.key) < Level.READ
    ]
    found = queries.attachments_visible_to(actor).filter(customer=customer)
    found = found.exclude(of__in=[of for of, may in shown.items() if not may])
    return found.exclude(field__in=hidden) if hidden else found


def _people(actor: Person, contacts: list[Contact]) -> list[dict[str, Any]]:
    """The contacts of a file; one that was removed is nobody's superior any more."""
    elsewhere = individuals.also_at(actor, contacts)
    here = {one.pk for one in contacts}
    told = [_contact(actor, one, elsewhere.get(one.pk, [])) for one in contacts]
    for one in told:
        one["reports_to_id"] = one["reports_to_id"] if one["reports_to_id"] in here else None
    return told


def contact(actor: Person, one: Contact) -> dict[str, Any]:
    """Return a contact with masked numbers and whether each is a complete number."""
    return _contact(actor, one, individuals.also_at(actor, [one]).get(one.pk, []))


_OF_CONTACTS = (
    *("title", "role", "preferences", "convenient_time", "convenient_way", "gender", "birthday"),
    *("stance", "consent", "consent_on", "consent_source", "do_not_contact_reason"),
    *("reports_to_id", "individual"),
)


def _contact(actor: Person, one: Contact, elsewhere: list[dict[str, Any]]) -> dict[str, Any]:
    reads = actor.reads("contact")
    name = queries.contact_name(actor, one.name, one.title)
    values = {
        field: value if level_of(actor, "contact", field) >= Level.READ else _nothing(value)
        for field in _OF_CONTACTS
        for value in [getattr(one, field)]
    }
    form = one.salutation or masking.salutation(one.name, one.gender, one.title)
    return {
        **values,
        "id": one.pk,
        "version": one.version,
        "name": name,
        "salutation": form if reads else name,
        "is_primary": one.is_primary,
        "do_not_contact": one.do_not_contact,  # who may not read why must keep to it all the same
        "birthday_shown": birthday.show(values["birthday"]),
        "birthday_next_on": _next(values["birthday"]),
        "also_at": elsewhere,
        "custom": custom.shown(actor, "contact", one),
        **{field: _masked(actor, one, field) for field in Contact.SEALED},
    }


def _next(stored: str) -> date | None:
    return birthday.next_on(stored, clock.today()) if stored else None


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
