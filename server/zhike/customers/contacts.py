"""What is done with contacts."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from zhike.access.models import Person
from zhike.base.errors import Invalid, Stale
from zhike.base.identity import reserve
from zhike.customers import custom, queries, search, standing
from zhike.customers.entry import CONTACT_FIELDS, SEALED, clean_contact, with_defaults
from zhike.customers.models import Contact, Customer
from zhike.customers.telling import differences, plain, seal
from zhike.customers.ways import locked, locked_contact, locked_one
from zhike.fields import masking
from zhike.fields.groups import require_edit
from zhike.trail.actions import record

CONTACT_ON_CREATE = {
    "contact_name": "name",
    "contact_title": "title",
    "mobile": "mobile",
    "landline": "landline",
    "email": "email",
    "wechat": "wechat",
    "contact_custom": "custom",
}


def add_contact(*, actor: Person, now: datetime, customer_id: int, **fields: Any) -> Contact:
    """Add a contact; the first one of a customer becomes the primary one.

    Own fields come as `custom`, by key; `reports_to_id` names another contact of the customer.
    """
    require_edit(actor, "contact", ["name", *fields, *custom.given(fields)])
    with transaction.atomic():
        customer = locked(actor, customer_id)
        superior = fields.pop("reports_to_id", None)
        fields = with_defaults("contact", fields, customer.kind)
        clean = clean_contact(fields, new=True, kind=customer.kind, actor=actor)
        if superior is not None:
            clean["reports_to"] = _superior(customer, None, superior)
        first = not customer.contacts.filter(deleted_at=None).exists()
        contact = insert_contact(customer, clean | ({"is_primary": True} if first else {}), now)
        record(
            "contact.added",
            actor=actor,
            now=now,
            customer_id=customer.pk,
            record=("contact", contact.pk),
            data={"name": contact.name},
        )
        search.refresh(customer)
        standing.settle(customer, now)
    return contact


def change_contact(
    *, actor: Person, now: datetime, contact_id: int, version: int, **fields: Any
) -> Contact:
    """Change some fields of a contact, as seen at `version`."""
    require_edit(actor, "contact", [*fields, *custom.given(fields, empty=True)])
    with transaction.atomic():
        contact = locked_contact(actor, contact_id)
        moves = "reports_to_id" in fields
        superior = fields.pop("reports_to_id", None)
        clean = clean_contact(
            fields,
            has_landline=contact.landline is not None,
            kind=contact.customer.kind,
            held=_held(contact),
        )
        if version != contact.version:
            raise Stale("这位联系人刚被别人改过，请核对后再保存。")
        if clean.get("is_primary") is False and contact.is_primary:
            raise Invalid("is_primary", "请把另一位设为首要联系人，这一位会自动让出。")
        _drop_plain_salutation(clean, contact)
        told = differences(contact, clean)
        if moves:
            told |= _report(contact, superior)
        if clean.get("is_primary"):
            _make_room_for_primary(contact)
        for name, value in plain(clean).items():
            setattr(contact, name, value)
        seal(contact, clean)
        if not told:
            return contact
        contact.version += 1
        contact.save()
        record(
            "contact.changed",
            actor=actor,
            now=now,
            customer_id=contact.customer_id,
            record=("contact", contact.pk),
            data={"name": contact.name, "changes": told},
        )
        search.refresh(contact.customer)
        standing.settle(contact.customer, now)
    return contact


def _held(contact: Contact) -> dict[str, Any]:
    """What a change is checked against, in plain."""
    return {name: getattr(contact, name) for name in CONTACT_FIELDS - SEALED} | {
        "custom": custom.opened("contact", contact)
    }


def _report(contact: Contact, superior_id: int | None) -> dict[str, list[Any]]:
    """Set whom a contact reports to; returns what is told of it."""
    if contact.reports_to_id == superior_id:
        return {}
    before = contact.reports_to.name if contact.reports_to else ""
    contact.reports_to = _superior(contact.customer, contact, superior_id)
    return {"reports_to": [before, contact.reports_to.name if contact.reports_to else ""]}


def _superior(
    customer: Customer, contact: Contact | None, superior_id: int | None
) -> Contact | None:
    """Return the contact of the same customer somebody reports to; nobody reports to themselves."""
    if superior_id is None:
        return None
    known = {one.pk: one for one in customer.contacts.filter(deleted_at=None)}
    found = known.get(superior_id)
    if found is None or (contact is not None and found.pk == contact.pk):
        raise Invalid("reports_to_id", "请选择这位客户的另一位联系人作为上级。")
    above: Contact | None = found
    for _ in known:
        above = known.get(above.reports_to_id or 0) if above else None
        if above is not None and contact is not None and above.pk == contact.pk:
            raise Invalid("reports_to_id", "两位联系人不能互为上级，请核对汇报关系。")
    return found


def _drop_plain_salutation(clean: dict[str, Any], contact: Contact) -> None:
    """A form of address that follows from name and title anyway is not kept: it would grow old."""
    if clean.get("salutation"):
        name, gender, title = (
            clean.get(field, getattr(contact, field)) for field in ("name", "gender", "title")
        )
        if clean["salutation"] == masking.salutation(name, gender, title):
            clean["salutation"] = ""


def remove_contact(*, actor: Person, now: datetime, contact_id: int) -> None:
    """Remove a contact; the oldest of the others becomes primary if this one was."""
    require_edit(actor, "contact", ["name"])
    with transaction.atomic():
        contact = locked_contact(actor, contact_id)
        was_primary, contact.is_primary = contact.is_primary, False
        contact.deleted_at, contact.deleted_by = now, actor
        contact.save(update_fields=["deleted_at", "deleted_by", "is_primary"])
        if was_primary:
            heir = contact.customer.contacts.filter(deleted_at=None).order_by("id").first()
            if heir:
                heir.is_primary = True
                heir.save(update_fields=["is_primary"])
        record(
            "contact.removed",
            actor=actor,
            now=now,
            customer_id=contact.customer_id,
            record=("contact", contact.pk),
            data={"name": contact.name},
        )
        search.refresh(contact.customer)
        standing.settle(contact.customer, now)


def restore_contact(*, actor: Person, now: datetime, contact_id: int) -> Contact:
    """Bring a removed contact back; it is primary again only where nobody else is left."""
    with transaction.atomic():
        removed = queries.removed_contacts_visible_to(actor)
        contact: Contact = locked_one(actor, removed, contact_id, "没有找到这位移除的联系人。")
        contact.deleted_at, contact.deleted_by = None, None
        contact.is_primary = not contact.customer.contacts.filter(deleted_at=None).exists()
        contact.version += 1
        contact.save(update_fields=["deleted_at", "deleted_by", "is_primary", "version"])
        record(
            "contact.added",
            actor=actor,
            now=now,
            customer_id=contact.customer_id,
            record=("contact", contact.pk),
            data={"name": contact.name},
        )
        search.refresh(contact.customer)
        standing.settle(contact.customer, now)
    return contact


def clean_first_contact(
    contact: dict[str, Any], kind: str = "", actor: Person | None = None
) -> dict[str, Any]:
    """Check the contact that comes with a new customer; errors name the fields of that form.

    Of the shipped fields that are required those are wanted which the form has, own ones all.
    """
    if actor is not None:
        require_edit(actor, "contact", custom.given(contact))
    given = {name: field for field, name in CONTACT_ON_CREATE.items() if name != "custom"}
    contact = with_defaults("contact", contact, kind)
    try:
        return clean_contact(contact, new=True, kind=kind, actor=actor, only=given)
    except Invalid as wrong:
        told = [(given.get(name, name), words) for name, words in wrong.errors]
        raise Invalid(told) from wrong


def insert_contact(
    customer: Customer, clean: dict[str, Any], now: datetime, *, first: bool = False
) -> Contact:
    """Write a checked contact; the `first` of a new customer has no others to yield to it."""
    contact = Contact(id=reserve(Contact, 1)[0], customer=customer, created_at=now)
    _drop_plain_salutation(clean, contact)
    for name, value in plain(clean).items():
        setattr(contact, name, value)
    seal(contact, clean)
    if contact.is_primary and not first:
        _make_room_for_primary(contact)
    contact.save(force_insert=True)
    return contact


def _make_room_for_primary(contact: Contact) -> None:
    others = Contact.objects.filter(customer_id=contact.customer_id, is_primary=True)
    others.exclude(pk=contact.pk).update(is_primary=False, version=F("version") + 1)
