"""Writing to customers: by which ways one may, and the lock on who is written to."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from zhike.access.models import Person
from zhike.access.queries import people_visible_to
from zhike.base.errors import Forbidden, Invalid, NotFound
from zhike.customers import queries
from zhike.customers.models import Contact, Customer
from zhike.customers.queries import CHANGEABLE

_REFUSED = {
    "pool": "这位客户在公海里，领取以后才能操作。",
    "shared_read": "这位客户只共享给你查看，不能修改。请联系负责人。",
    "shared_edit": "这位客户由同事负责，你只是协作，不能这样操作。请联系负责人。",
}


def locked(actor: Person, customer_id: int, ways: Collection[str] = CHANGEABLE) -> Customer:
    """Return a customer for writing, locked; raises NotFound or, if only seen, Forbidden."""
    found = queries.visible_to(actor).select_for_update(of=("self",)).filter(pk=customer_id)
    customer = found.first()
    if customer is None:
        raise NotFound("没有找到这位客户，可能已被删除或不归你负责。")
    require_way(actor, customer, ways)
    return customer


def loggable(
    actor: Person, customer_id: int, *, only: tuple[str, ...] = (), held: bool = False
) -> Customer:
    """Return a customer with whom the actor may record dealings: follow-ups, care, feedback.

    `only` and `held` as for `queries.one`.
    """
    require_log(actor)
    customer = queries.one(actor, customer_id, only=only, held=held)
    require_way(actor, customer)
    return customer


def require_log(actor: Person) -> None:
    """Raise Forbidden unless the actor may record dealings with customers."""
    if not actor.may("log"):
        raise Forbidden("你没有记录往来的权限，请联系管理员。")


def require_way(actor: Person, customer: Customer, ways: Collection[str] = CHANGEABLE) -> None:
    """Raise Forbidden unless the actor has a visible customer by one of these ways."""
    way = queries.access_to(actor, customer)
    if way not in ways:
        raise Forbidden(_REFUSED.get(way, "你不能这样操作这位客户。"))


def taker(actor: Person, person_id: int | None, *, field: str) -> Person | None:
    """Return the colleague who takes customers over; None is the pool."""
    if person_id is None:
        return None
    found = people_visible_to(actor).filter(pk=person_id, is_active=True, is_service=False)
    person = found.first()
    if person is None:
        raise Invalid(field, "没有找到这位在职同事，请重新选择负责人。")
    return person


def locked_contact(actor: Person, contact_id: int, ways: Collection[str] = CHANGEABLE) -> Contact:
    """Return a contact for writing: of two that become primary at once, one waits for the other."""
    found = queries.contacts_visible_to(actor)
    lost = "没有找到这位联系人，可能已被删除。"
    contact: Contact = locked_one(actor, found, contact_id, lost, ways)
    return contact


def locked_one(
    actor: Person,
    found: QuerySet[Any],
    record_id: int,
    lost: str,
    ways: Collection[str] = CHANGEABLE,
) -> Any:
    """Return one of the records `actor` may reach, for writing; NotFound tells that it is `lost`.

    Its customer is locked, and first, as everywhere: whoever merges customers waits, or we do.
    What others did meanwhile is seen, because the record is read once more behind the lock.
    """
    at = found.filter(pk=record_id).values_list("customer_id", flat=True).first()
    if at is None:
        raise NotFound(lost)
    customer = locked(actor, at, ways)
    one = found.filter(pk=record_id, customer=customer).first()
    if one is None:
        raise NotFound(lost)
    one.customer = customer
    return one
