"""What the sign-in library stores about people becomes events of ours; and who is told things.

Its tables have no actions; so that nothing is forgotten, whichever way they change, we listen to
the tables. Source: requirement R61.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver

from zhike.access.models import Person
from zhike.base import clock
from zhike.trail.actions import record
from zhike.trail.notices import receivers


@receivers.finds
def who_works_here(ids: Collection[int]) -> dict[int, receivers.Receiver]:
    """Find those who can be told something: people who work here, by id."""
    found = Person.objects.select_related("department").filter(pk__in=ids)
    return {
        one.pk: receivers.Receiver(one.pk, one.name, one.email, one.branch)
        for one in found.filter(is_active=True, is_service=False)
    }


@receivers.holders
def who_may(action: str) -> list[int]:
    """Find the people whose role grants an action."""
    found = Person.objects.select_related("role").filter(is_active=True, is_service=False)
    return [one.pk for one in found.order_by("pk") if one.may(action)]


_CODES = Authenticator.Type.RECOVERY_CODES


@receiver(post_save, sender=Authenticator)
def factor_saved(instance: Authenticator, created: bool, **_more: Any) -> None:
    """Tell of a new second factor, or of new recovery codes."""
    if created and instance.type == _CODES:
        _record("recovery_codes.made", instance, {})
    elif created:
        _record("factor.added", instance, _told(instance))


@receiver(post_delete, sender=Authenticator)
def factor_removed(instance: Authenticator, **_more: Any) -> None:
    """Tell of a second factor taken away; recovery codes go and come with the others."""
    if instance.type != _CODES:
        _record("factor.removed", instance, _told(instance))


@receiver(pre_save, sender=SocialAccount)
def forget_profile(instance: SocialAccount, **_more: Any) -> None:
    """Keep of a profile at a provider only whose it is: the rest is personal and not needed."""
    instance.extra_data = {}


@receiver(post_save, sender=SocialAccount)
def account_linked(instance: SocialAccount, created: bool, **_more: Any) -> None:
    """Tell that a person can from now on sign in by way of a provider."""
    if created:
        _record("sso.linked", instance, {"provider": instance.provider})


@receiver(post_delete, sender=SocialAccount)
def account_unlinked(instance: SocialAccount, **_more: Any) -> None:
    """Tell that a provider vouches for this person no more."""
    _record("sso.unlinked", instance, {"provider": instance.provider})


def _told(factor: Authenticator) -> dict[str, str]:
    name = factor.data.get("name", "") if factor.type == Authenticator.Type.WEBAUTHN else ""
    return {"type": factor.type, "name": str(name)[:100]}


def _record(verb: str, owned: Any, data: dict[str, Any]) -> None:
    record(verb, actor=owned.user, now=clock.now(), record=("person", owned.user_id), data=data)
