"""One human being known at several customers: reading what is linked, and what may be (R10).

Contacts of one `individual`, the smallest id among them, are one human being. Of customers a
reader does not see nothing is told but, where the organisation says so, that there are others.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When

from zhike.access.models import Person
from zhike.access.queries import organisation
from zhike.access.rights import Level
from zhike.base.errors import NotFound
from zhike.customers import queries
from zhike.customers.models import Contact
from zhike.fields import sealed
from zhike.fields.checks import birthday
from zhike.fields.groups import level_of

MOST = 20
# Which group of field rights a number belongs to: a match tells who has the number.
_SHARED = {"mobile": "phone", "landline": "phone", "email": "email", "wechat": "email"}


def _seen(actor: Person) -> Case:
    """Whether a contact is of a customer that `actor` has otherwise than from the pool."""
    scope = actor.scope("customer")
    near = queries.within(actor, type(scope)(scope.reach, scope.shared), "customer__")
    if near is None:
        return Case(default=Value(True), output_field=BooleanField())
    return Case(When(near, then=Value(True)), default=Value(False), output_field=BooleanField())


def _elsewhere(actor: Person, condition: Q) -> QuerySet[Any]:
    """Contacts that meet a condition, with whether `actor` may see each as `seen`."""
    alive = Contact._default_manager.filter(
        condition, deleted_at__isnull=True, customer__deleted_at__isnull=True
    )
    found = alive.annotate(seen=_seen(actor)).select_related("customer")
    return found if organisation().tells_who_cares else found.filter(seen=True)


def also_at(actor: Person, contacts: Collection[Contact]) -> dict[int, list[dict[str, Any]]]:
    """Return at which other customers each contact is known, too; one query for them all.

    What the others say that matters here comes along as a hint: a birthday, and that the person
    asked not to be contacted. Who may not read contacts is told nothing.
    """
    told: dict[int, list[dict[str, Any]]] = {one.pk: [] for one in contacts}
    linked = [one for one in contacts if one.individual is not None]
    if not linked or not actor.reads("contact"):
        return told
    rows = _elsewhere(actor, Q(individual__in={one.individual for one in linked}))
    others = list(rows.order_by("customer_id", "id"))
    tells_birthday = level_of(actor, "contact", "birthday") >= Level.READ
    for one in linked:
        told[one.pk] = [
            _hint(other, tells_birthday=tells_birthday)
            for other in others
            if other.individual == one.individual and other.customer_id != one.customer_id
        ]
    return told


def _hint(other: Any, *, tells_birthday: bool) -> dict[str, Any]:
    if not other.seen:
        return {
            "customer_id": None,
            "name": None,
            "contact_id": None,
            "birthday_shown": "",
            "do_not_contact": other.do_not_contact,
        }
    return {
        "customer_id": other.customer_id,
        "name": other.customer.name,
        "contact_id": other.pk,
        "birthday_shown": birthday.show(other.birthday) if tells_birthday else "",
        "do_not_contact": other.do_not_contact,
    }


def described(actor: Person, contact_id: int) -> dict[str, Any]:
    """Return at which other customers a contact is known, and which contacts may be the same."""
    found = queries.contacts_visible_to(actor).select_related("customer").filter(pk=contact_id)
    contact = found.first()
    if contact is None:
        raise NotFound("没有找到这位联系人，可能已被删除。")
    near = queries.access_to(actor, contact.customer) in queries.READABLE
    return {
        "contact_id": contact.pk,
        "also_at": also_at(actor, [contact])[contact.pk] if near else [],
        "suggestions": suggestions(actor, contact) if near else [],
    }


def suggestions(actor: Person, contact: Contact) -> list[dict[str, Any]]:
    """Return contacts of other customers the reader sees that have a number of this one."""
    if not actor.reads("contact"):
        return []
    fields = [name for name, group in _SHARED.items() if actor.reads(group)]
    same = Q(pk__in=[])
    for name in fields:
        index = getattr(contact, f"{name}_index")
        if index:
            same |= Q(**{f"{name}_index": index})
    found = _elsewhere(actor, same).exclude(customer_id=contact.customer_id).filter(seen=True)
    if contact.individual is not None:
        found = found.exclude(individual=contact.individual)
    return [
        {
            "contact_id": other.pk,
            "name": other.name,
            "customer_id": other.customer_id,
            "customer_name": other.customer.name,
            "reasons": reasons,
        }
        for other in found.order_by("-id")[:MOST]
        if (reasons := _reasons(contact, other, fields))
    ]


def _reasons(contact: Contact, other: Contact, fields: Iterable[str]) -> list[str]:
    """In what two contacts are the same; an index somebody moved counts for nothing."""
    return [
        name
        for name in fields
        if (index := getattr(contact, f"{name}_index"))
        and sealed.truly_has(Contact, name, other.pk, getattr(other, name), bytes(index))
    ]
