"""Reading customers: whom a person sees, one file, its contacts and its time line."""

from datetime import date
from typing import Any

from django.db.models import FilteredRelation, Q, QuerySet

from zhike.access.models import Person
from zhike.base import paging
from zhike.base.errors import Invalid, NotFound
from zhike.customers.models import Contact, Customer, Tag
from zhike.trail import queries as trail


def primary_contact(path: str = "") -> FilteredRelation:
    """Return the join to a customer's primary contact; made anew for every query, because
    Django changes the object it is given. `path` leads to the customer, e.g. `customer__`.
    """
    contacts = f"{path}contacts"
    of_first = {f"{contacts}__is_primary": True, f"{contacts}__deleted_at__isnull": True}
    return FilteredRelation(contacts, condition=Q(**of_first))


def visible_to(actor: Person) -> QuerySet[Customer]:
    """Return the customers `actor` may read: all of them with the right, else the own ones."""
    found = Customer.objects.filter(deleted_at__isnull=True)
    if not actor.is_active:
        return found.none()
    return found if actor.may("see_all") else found.filter(owner=actor)


def trash_visible_to(actor: Person) -> QuerySet[Customer]:
    """Return the deleted customers `actor` may bring back."""
    found = Customer.objects.filter(deleted_at__isnull=False)
    if not actor.is_active:
        return found.none()
    return found if actor.may("see_all") else found.filter(owner=actor)


def contacts_visible_to(actor: Person) -> QuerySet[Contact]:
    """Return the contacts of the customers `actor` may read."""
    found = Contact.objects.filter(deleted_at__isnull=True, customer__deleted_at__isnull=True)
    if not actor.is_active:
        return found.none()
    return found if actor.may("see_all") else found.filter(customer__owner=actor)


def removed_contacts_visible_to(actor: Person) -> QuerySet[Contact]:
    """Return the removed contacts `actor` may bring back."""
    found = Contact.objects.filter(deleted_at__isnull=False, customer__deleted_at__isnull=True)
    if not actor.is_active:
        return found.none()
    return found if actor.may("see_all") else found.filter(customer__owner=actor)


def tags_visible_to(actor: Person) -> QuerySet[Tag]:
    """Return the tags, which everybody shares."""
    return Tag.objects.order_by("name") if actor.is_active else Tag.objects.none()


def one(actor: Person, customer_id: int) -> Customer:
    """Return one customer or raise NotFound, the same for absent, deleted and foreign ones."""
    found = visible_to(actor).select_related("owner", "recorder").filter(pk=customer_id).first()
    if found is None:
        raise NotFound("没有找到这位客户，可能已被删除或不归您负责。")
    return found


def contacts_of(customer: Customer) -> list[Contact]:
    """Return the living contacts of a customer the caller may see, the primary one first."""
    return list(customer.contacts.filter(deleted_at=None).order_by("-is_primary", "id"))


def timeline(
    actor: Person, customer_id: int, *, kind: str | None, cursor: str | None, limit: int
) -> tuple[list[dict[str, Any]], str | None]:
    """Return a page of what happened with a customer, newest first, in words."""
    one(actor, customer_id)
    if kind and kind not in trail.KINDS:
        raise Invalid("kind", "没有这一类动态，请换一类。")
    before = tuple(paging.unpack(cursor, date, int)) if cursor else None
    items, following = trail.story(customer_id, kind=kind, before=before, limit=limit)
    for item in items:
        _put_in_words(item)
    return items, paging.pack(*following) if following else None


def _put_in_words(item: dict[str, Any]) -> None:
    of = Contact if item["verb"].startswith("contact.") else Customer
    detail = item["detail"]
    if "changes" in detail:
        detail["changes"] = [
            {
                "field": name,
                "label": label(of, name),
                "old": shown(of, name, old),
                "new": shown(of, name, new),
            }
            for name, (old, new) in detail["changes"].items()
        ]
    if item["kind"] == "reveal":
        of = Contact if item["record"] and item["record"]["type"] == "contact" else Customer
        detail["label"] = label(of, detail.get("field", ""))


def label(of: type[Customer] | type[Contact], name: str) -> str:
    """Return what a field is called on screen."""
    extra = {"owner": "负责人", "tags": "标签"}
    if name in extra:
        return extra[name]
    known = {column.name: str(column.verbose_name) for column in of._meta.fields}
    return known.get(name, name)


def shown(of: type[Customer] | type[Contact], name: str, value: Any) -> Any:
    """Return a value of the trail as people read it: the label of a choice, 是/否, an amount."""
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if name in ("contract_amount", "deal_amount"):
        return f"{value / 100:,.2f} 元"
    if name in ("owner", "tags"):
        return value
    column: Any = of._meta.get_field(name)
    return dict(column.flatchoices).get(value, value)
