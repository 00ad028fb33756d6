"""Sharing a customer with colleagues (R58)."""

from datetime import datetime

from django.db import transaction

from zhike.access.models import Person
from zhike.access.queries import people_visible_to
from zhike.base.errors import Forbidden, Invalid, NotFound
from zhike.customers import search
from zhike.customers.models import Collaborator, Customer
from zhike.customers.queries import GIVEABLE
from zhike.customers.ways import locked
from zhike.trail.actions import changes, record

LEVELS = {False: "可看", True: "可改"}
MOST = 50


def share(
    *, actor: Person, now: datetime, customer_id: int, person_id: int, may_edit: bool
) -> Collaborator:
    """Let a colleague read, or edit, a customer; with somebody who already may, change which."""
    with transaction.atomic():
        customer = _mine(actor, customer_id)
        found = people_visible_to(actor).filter(pk=person_id, is_active=True, is_service=False)
        person = found.first()
        if person is None:
            raise NotFound("没有找到这位在职同事，请重新选择。")
        if person.pk == customer.owner_id:
            raise Invalid("person_id", "这位同事就是负责人，不用再共享。")
        held = Collaborator.objects.filter(customer=customer, person=person).first()
        if held is None and Collaborator.objects.filter(customer=customer).count() >= MOST:
            raise Invalid("person_id", f"一位客户最多 {MOST} 位协作人。")
        one = held or Collaborator(customer=customer, person=person, added_by=actor, added_at=now)
        before = LEVELS[one.may_edit] if held else ""
        one.may_edit = may_edit
        told = changes({"access": before}, {"access": LEVELS[may_edit]})
        if not told:
            return one
        one.save()
        if held is None:
            search.refresh(customer)
        record(
            "customer.shared",
            actor=actor,
            now=now,
            customer_id=customer.pk,
            record=("customer", customer.pk),
            data={"person": person.pk, "name": person.name, "access": told["access"]},
        )
    return one


def unshare(*, actor: Person, now: datetime, customer_id: int, person_id: int) -> None:
    """Take a customer back from a colleague it was shared with."""
    with transaction.atomic():
        customer = _mine(actor, customer_id)
        of = people_visible_to(actor).filter(pk=person_id)
        one = Collaborator.objects.filter(customer=customer, person__in=of).first()
        if one is None:
            raise NotFound("这位同事不是协作人。")
        name = one.person.name
        one.delete()
        search.refresh(customer)
        record(
            "customer.unshared",
            actor=actor,
            now=now,
            customer_id=customer.pk,
            record=("customer", customer.pk),
            data={"person": person_id, "name": name},
        )


def _mine(actor: Person, customer_id: int) -> Customer:
    customer = locked(actor, customer_id, GIVEABLE)
    if not actor.may("share"):
        raise Forbidden("你没有共享客户的权限，请联系管理员。")
    return customer
