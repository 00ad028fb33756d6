"""Customers as screens show them: this is where sealed values are opened and masked."""

from datetime import date
from typing import Any

import msgspec

from zhike.access.models import Person
from zhike.customers import listing, queries
from zhike.customers.criteria import Criteria
from zhike.customers.finding import masked_phone
from zhike.customers.models import Contact, Customer
from zhike.fields import checks, masking, sealed

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
    return _encode({"items": [_row(row, tags) for row in rows], "next": following})


def _row(row: tuple[Any, ...], tags: dict[int, list[dict[str, Any]]]) -> dict[str, Any]:
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
            "name": contact,
            "title": title,
            "phone": masked_phone(contact_id, mobile, landline),
            "email": masking.mask("email", sealed.unseal(Contact, "email", contact_id, email)),
        }
        if contact_id
        else None,
        "cooperation_since": since,
        "contract_amount": amount,
        "products": products,
        "last_follow_up_on": last,
        "next_follow_up_on": following,
        "need_status": need_status,
        "created_at": listing.instant(created_at),
    }


def detail(actor: Person, customer: Customer) -> dict[str, Any]:
    """Return the whole file of a customer the caller may see, sealed values masked."""
    contacts = queries.contacts_of(customer)
    first = next((one for one in contacts if one.is_primary), None)
    owner = customer.owner
    return {
        **{name: getattr(customer, name) for name in _AS_STORED},
        "owner": {"id": owner.pk, "name": owner.name} if owner else None,
        "recorder": customer.recorder_name,
        "tags": listing.tags_of([customer.pk]).get(customer.pk, []),
        "contact": _reference(first) if first else None,
        "identity": sealed.read_masked(customer, "identity"),
        "address": _address(customer),
        "contacts": [contact(one) for one in contacts],
        "can": {"edit": True, "delete": actor.may("delete"), "reveal": actor.may("reveal")},
    }


def _address(customer: Customer) -> str:
    """A company's address is public knowledge; a person's home is not."""
    if customer.kind == "company":
        return sealed.read(customer, "address")
    return sealed.read_masked(customer, "address")


def _reference(one: Contact) -> dict[str, Any]:
    return {
        "id": one.pk,
        "name": one.name,
        "title": one.title,
        "phone": sealed.read_masked(one, "mobile") or sealed.read_masked(one, "landline"),
        "email": sealed.read_masked(one, "email"),
    }


def contact(one: Contact) -> dict[str, Any]:
    """Return a contact with masked numbers and whether each is a complete number."""
    return {
        "id": one.pk,
        "version": one.version,
        "name": one.name,
        "salutation": masking.salutation(one.name, title=one.title),
        "title": one.title,
        "role": one.role,
        "preferences": one.preferences,
        "convenient_time": one.convenient_time,
        "is_primary": one.is_primary,
        **{field: _masked(one, field) for field in Contact.SEALED},
    }


def _masked(one: Contact, field: str) -> dict[str, Any] | None:
    plain = sealed.read(one, field)
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
