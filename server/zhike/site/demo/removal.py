"""Taking the made-up data away again; only the trail keeps that it was there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from zhike.access.actions import close_person
from zhike.access.models import Person
from zhike.access.queries import people_visible_to
from zhike.base.errors import Forbidden
from zhike.care import bulk as care
from zhike.care.models import Task
from zhike.customers import retraction
from zhike.customers.models import Customer, CustomerTag, Tag
from zhike.service import bulk as service
from zhike.site.demo.cast import MARK, sellers
from zhike.site.demo.words import book
from zhike.trail.actions import record
from zhike.trail.notices import reading

_CHUNK = 500


@dataclass(frozen=True)
class Removed:
    """How many customers went, and how many of the made-up people were closed."""

    customers: int
    people: int


def has_demo_data() -> bool:
    """Whether any customer carries the mark, in the trash too."""
    return CustomerTag.objects.filter(tag__name=MARK).exists()


def remove(*, actor: Person, now: datetime) -> Removed:
    """Delete every customer with the tag 演示数据 and all that hangs on it, for good.

    The made-up people are closed unless they look after something else; the tags of the demo go
    when no customer has them. The trail is append-only and keeps its events: the time lines they
    made are out of reach with the customers. Raises Forbidden for anybody but an administrator.
    """
    if not (actor.may("manage_people") and actor.scope("customer").reach == "all"):
        raise Forbidden("只有管理员可以清除演示数据。")
    with transaction.atomic():
        marked = CustomerTag.objects.filter(tag__name=MARK).values_list("customer_id", flat=True)
        ids = sorted(marked)
        for start in range(0, len(ids), _CHUNK):
            _remove_customers(ids[start : start + _CHUNK])
        _remove_tags()
        closed = _close_people(actor, now)
        record("demo.removed", actor=actor, now=now, data={"customers": len(ids)})
    return Removed(len(ids), closed)


def _remove_customers(ids: list[int]) -> None:
    care.remove(ids)
    service.remove(ids)
    retraction.remove(ids)


def _remove_tags() -> None:
    names = [one["name"] for one in book("house")["tag"]] + [MARK]
    Tag.objects.filter(name__in=names, customers=None).delete()


def _close_people(actor: Person, now: datetime) -> int:
    """Close those of the word list who look after nothing any more."""
    made_up = {(one.name, f"{one.username}@example.com") for one in sellers()}
    closed = 0
    for person in people_visible_to(actor).filter(is_active=True):
        if (person.name, person.email) not in made_up or person.pk == actor.pk:
            continue
        busy = (
            Customer.objects.filter(owner=person).exists()
            or Task.objects.filter(assignee=person, done_at=None).exists()
        )
        if not busy:
            close_person(actor=actor, now=now, person=person, successor=None)
            reading.forget_all_of(person.pk)
            closed += 1
    return closed
