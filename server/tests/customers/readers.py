"""Colleagues with a role of their own making, and what they are lent."""

from __future__ import annotations

from typing import Any

from tests.people import Api, hire, role_of
from zhike.access.models import Person, Role


def reader(name: str, username: str, of: str = "sales", **levels: str) -> Api:
    """A colleague whose role is a shipped one but for some groups of fields: money="hidden"."""
    return Api(hire(name, username, role_with(of, **levels).key))


def role_with(of: str = "sales", **levels: str) -> Role:
    """A shipped role but for some groups of fields."""
    granted = role_of(of).rights.stored()
    granted["fields"] |= levels
    key = "_".join([of, *(f"{group}_{level}" for group, level in levels.items())])
    return Role.objects.create(key=key[:40], name=key[:30], granted=granted)


def turned(api: Api, role: Role) -> Api:
    """The same colleague in another role."""
    Person.objects.filter(pk=api.id).update(role=role)
    return Api(Person.objects.get(pk=api.id))


def share(owner: Api, customer: dict[str, Any], taker: Api, *, may_edit: bool) -> None:
    """Let a colleague read a customer, or edit it."""
    body = {"may_edit": may_edit}
    path = f"/customers/{customer['id']}/collaborators/{taker.id}"
    assert owner.call("PUT", path, body).status_code == 200
