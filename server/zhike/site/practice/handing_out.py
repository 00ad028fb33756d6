"""Who comes to practise gets made-up customers of their own, from a made-up colleague."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from zhike.access.models import Person
from zhike.access.rights import ADMINISTRATOR
from zhike.base import practice
from zhike.care.handing_over import tell_of_many
from zhike.customers.handing_over import pass_on_and_tell
from zhike.customers.models import Customer, HandOver
from zhike.site.practice.making import COMMON, EACH

_SPARE = COMMON // 2  # so many stay with the made-up colleagues, for those who look at a team
_NOTE = "这些客户都是编的，随便试：记跟进、排计划、改档案都可以。"


def hand_out(person: Person, now: datetime) -> int:
    """Give somebody with no customer their share of those made up; how many. In the workspace.

    A choice of them: some to be called today or overdue, some later, some with nothing planned.
    """
    if not (person.may("log") and person.scope("customer").reach != "none"):
        return 0
    with transaction.atomic():
        free = Customer.objects.select_for_update(of=("self",)).filter(
            owner__gte=practice.MADE_UP, deleted_at=None, life="active"
        )
        found = list(free.order_by(F("next_follow_up_on").asc(nulls_last=True), "pk"))
        count = min(EACH, len(found) - _SPARE)
        if count <= 0 or Customer.objects.filter(owner=person.pk).exists():
            return 0
        chosen = [found[at * len(found) // count] for at in range(count)]
        _pass_on(person, chosen, now)
    return count


def _pass_on(person: Person, chosen: list[Customer], now: datetime) -> None:
    """Hand them over as a made-up superior does, with all that is planned and one notice."""
    boss = Person.objects.filter(pk__gte=practice.MADE_UP, role__key=ADMINISTRATOR).first()
    taker = Person.objects.get(pk=person.pk)
    by = HandOver.objects.create(
        created_by=boss or taker,
        created_at=now,
        taker=taker,
        note=_NOTE,
        customer_ids=[one.pk for one in chosen],
        total=len(chosen),
        done=len(chosen),
        state=HandOver.State.DONE,
        finished_at=now,
    )
    for customer in chosen:
        pass_on_and_tell(
            "customer.handed_over",
            actor=boss,
            now=now,
            customer=customer,
            taker=taker,
            data={"hand_over": by.pk, "note": by.note},
        )
    tell_of_many(hand_over_id=by.pk, now=now)
