"""Saying that contacts of different customers are one human being, and taking it back."""

from datetime import datetime
from typing import Any

from django.db import transaction

from zhike.access.models import Person
from zhike.base.errors import Invalid, NotFound
from zhike.customers import file_rules, queries
from zhike.customers.models import Contact, Customer
from zhike.customers.ways import locked_contact, require_way
from zhike.fields.groups import require_edit_of
from zhike.trail.actions import record


def link(*, actor: Person, now: datetime, contact_id: int, other_id: int) -> Contact:
    """Say that two contacts are one; whoever was linked with either is linked with both."""
    require_edit_of(actor, "contact")
    with transaction.atomic():
        _wait_for_others(contact_id, other_id)
        contact = locked_contact(actor, contact_id)
        other = _other(actor, other_id)
        if other.customer_id == contact.customer_id:
            raise Invalid("contact_id", "同一客户的两位联系人不能关联，重复的请移除一位。")
        if contact.individual is not None and contact.individual == other.individual:
            return contact
        _number(_one_with({contact.pk, other.pk}))
        contact.refresh_from_db(fields=["individual"])
        for one in (contact, other):
            _record("contact.linked", actor, now, one)
    return contact


def unlink(*, actor: Person, now: datetime, contact_id: int) -> Contact:
    """Say that a contact is nobody else; the others stay one."""
    require_edit_of(actor, "contact")
    with transaction.atomic():
        _wait_for_others(contact_id)
        contact = locked_contact(actor, contact_id)
        if contact.individual is None:
            return contact
        left = _one_with({contact.pk}) - {contact.pk}
        Contact.objects.filter(pk=contact.pk).update(individual=None)
        contact.individual = None
        _number(left)
        _record("contact.unlinked", actor, now, contact)
    return contact


def _wait_for_others(*contact_ids: int) -> None:
    """Let one link at a time: in groups that grow into each other there is no order to lock.

    The customers come first, in the order of ids, as everywhere.
    """
    possible = [pk for pk in contact_ids if 0 < pk < 2**63]
    of = Contact.objects.filter(pk__in=possible).values("customer")
    list(Customer.objects.select_for_update().filter(pk__in=of).order_by("pk").values_list("pk"))
    file_rules.hold()


def _one_with(contact_ids: set[int]) -> set[int]:
    """All who are one human being with some contacts, and these; removed ones too may come back."""
    known = Contact.objects.filter(pk__in=contact_ids, individual__isnull=False)
    same = Contact.objects.filter(individual__in=known.values("individual"))
    return contact_ids | set(same.values_list("pk", flat=True))


def _number(contact_ids: set[int]) -> None:
    """Make contacts one human being, under the smallest of their ids; one alone is none."""
    number = min(contact_ids) if len(contact_ids) > 1 else None
    Contact.objects.filter(pk__in=contact_ids).update(individual=number)


def _other(actor: Person, contact_id: int) -> Contact:
    possible = contact_id if 0 < contact_id < 2**63 else 0
    found = queries.contacts_visible_to(actor).select_related("customer").filter(pk=possible)
    other = found.first()
    if other is None:
        raise NotFound("没有找到要关联的联系人，可能已被删除。")
    require_way(actor, other.customer, queries.READABLE)
    return other


def _record(verb: str, actor: Person, now: datetime, contact: Contact, **data: Any) -> None:
    record(
        verb,
        actor=actor,
        now=now,
        customer_id=contact.customer_id,
        record=("contact", contact.pk),
        data={"name": contact.name, **data},
    )
