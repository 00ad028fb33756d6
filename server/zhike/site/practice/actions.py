"""The practice workspace: entering it, having it laid anew, and its settings."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zhike.access.models import Person
from zhike.base import practice
from zhike.base.errors import Forbidden
from zhike.base.models import Practice
from zhike.fields.groups import require_configure
from zhike.site.practice import copying, making
from zhike.site.practice.door import practising
from zhike.site.practice.handing_out import hand_out
from zhike.site.practice.queries import Told, present
from zhike.trail.actions import record


def enter(*, actor: Person, now: datetime) -> Told:
    """Make the workspace ready for somebody: their colleagues, settings and own customers.

    Where there is none yet, it is laid, and the caller asks again. Raises Forbidden for programs.
    """
    _only_people(actor)
    number = making.standing()
    if number:
        copying.copy(number)
        person = practising(Person.objects.get(pk=actor.pk))
        with practice.entered(number):
            hand_out(person, now)
    else:
        with transaction.atomic():
            making.ask(now)
    return present(actor)


def reset(*, actor: Person, now: datetime) -> Told:
    """Have the workspace laid anew: whatever was changed there is gone. Raises Forbidden."""
    require_configure(actor)
    with transaction.atomic():
        making.ask(now)
        record("practice.reset", actor=actor, now=now)
    return present(actor)


def change(*, actor: Person, now: datetime, is_nightly: bool) -> Told:
    """Have the workspace laid anew every night, or not. Raises Forbidden."""
    require_configure(actor)
    with transaction.atomic():
        Practice.objects.get_or_create(pk=Practice.THE)
        found = Practice.objects.select_for_update().get(pk=Practice.THE)
        if found.is_nightly != is_nightly:
            before, found.is_nightly = found.is_nightly, is_nightly
            found.save(update_fields=["is_nightly"])
            changed = {"is_nightly": [before, is_nightly]}
            record("practice.changed", actor=actor, now=now, data={"changes": changed})
    return present(actor)


def _only_people(actor: Person) -> None:
    if actor.is_service or actor.via == "token":
        raise Forbidden("访问令牌和服务账号不能进练习区。", code="practice")
