"""Second factors: who has one, and how their secrets are kept.

The factors themselves are allauth's; this is what the house adds to them.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from allauth.core import context
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import QuerySet

from zhike.access import sessions
from zhike.access.models import Person
from zhike.base import keyring, practice

_owner: ContextVar[int | None] = ContextVar("owner of the secrets at hand", default=None)


def of(person: Person) -> QuerySet[Authenticator]:
    """Return the person's second factors; recovery codes alone are none."""
    every: QuerySet[Authenticator] = Authenticator.objects.filter(user_id=person.pk)
    return every.exclude(type=Authenticator.Type.RECOVERY_CODES)


def holders() -> set[int]:
    """Return the ids of everybody who has a second factor."""
    every = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES)
    return set(every.values_list("user_id", flat=True))


def state(person: Person) -> dict[str, bool]:
    """Tell whether the person's role asks for a second factor, and whether there is one."""
    with practice.house():
        enrolled = of(person).exists()
    return {"required": person.role.needs_second_factor, "enrolled": enrolled}


def is_missing(person: Person) -> bool:
    """Tell whether the person must first set up a second factor; asks only where it matters.

    Programs have none: they can never sign in.
    """
    if not person.role.needs_second_factor or person.is_service:
        return False
    with practice.house():
        return not of(person).exists()


def remove_all(person: Person) -> int:
    """Remove every factor of somebody who lost them all, and their sessions. Returns how many."""
    with transaction.atomic():
        count = of(person).count()
        for factor in Authenticator.objects.filter(user_id=person.pk):
            factor.delete()
        sessions.end_all(person)
    return count


@contextmanager
def owned_by(person: Person) -> Iterator[None]:
    """Open the secrets of somebody who is not signed in yet."""
    before = _owner.set(person.pk)
    try:
        yield
    finally:
        _owner.reset(before)


def seal(secret: str) -> str:
    """Seal a TOTP secret or the seed of recovery codes for whom it belongs to."""
    sealed = keyring.seal(secret, table="mfa", field="secret", row=_whose())
    return base64.b64encode(sealed).decode()


def unseal(stored: str) -> str:
    """Open what `seal` made for the same person. Raises keyring.Tampered."""
    return keyring.unseal(base64.b64decode(stored), table="mfa", field="secret", row=_whose())


def _whose() -> int:
    owner = _owner.get()
    if owner is None:
        owner = context.request.user.pk
    if owner is None:
        raise keyring.Tampered
    return owner
