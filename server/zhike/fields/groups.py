"""Which group of field rights each field belongs to. Written once; everything that shows, takes,
filters, sorts or exports a field asks here.

Fields are named `customer.name` or `contact.mobile`. One without a group is hidden from everybody
(`level_of`), and `group_of` raises KeyError for it, so that a new field cannot slip through.
"""

from __future__ import annotations

from collections.abc import Iterable

from zhike.access.models import Person
from zhike.access.rights import GROUPS, Level
from zhike.base.errors import Forbidden
from zhike.fields import registry


def group_of(of: str, name: str) -> str:
    """Return the group of a field; raises KeyError for one nobody has given a group."""
    return registry.current().groups[f"{of}.{name}"]


def all_groups() -> dict[str, str]:
    """Return the group of every field by its name."""
    return registry.current().groups


def level_of(actor: Person, of: str, name: str) -> Level:
    """Return what `actor` may do with a field; nothing with one that has no group."""
    group = registry.current().groups.get(f"{of}.{name}")
    return actor.level(group) if group else Level.HIDDEN


def require_edit(actor: Person, of: str, names: Iterable[str]) -> None:
    """Raise Forbidden, naming the first field `actor` may not change.

    Names that are no field pass: the check of the values refuses them in its own words.
    """
    for name in names:
        group = registry.current().groups.get(f"{of}.{name}")
        if group is not None:
            require_edit_of(actor, group, field=name)


def require_edit_of(actor: Person, group: str, *, field: str | None = None) -> None:
    """Raise Forbidden unless `actor` may change the fields of a group; `field` is the one named."""
    if not actor.edits(group):
        told = f"你的角色不能填写或修改“{GROUPS[group].label}”，请联系管理员。"
        raise Forbidden(told, field=field)


def require_read(actor: Person, of: str, name: str, *, given_as: str) -> None:
    """Raise Forbidden unless `actor` may read a field: to filter or sort by it is to read it."""
    group = registry.current().groups.get(f"{of}.{name}")
    if group is None or not actor.reads(group):
        label = GROUPS[group].label if group else name
        raise Forbidden(f"你的角色看不到“{label}”，不能按它筛选或排序。", field=given_as)


def require_configure(actor: Person) -> None:
    """Raise Forbidden unless the actor looks after the settings."""
    if not actor.may("configure"):
        raise Forbidden("你没有修改系统设置的权限，请联系管理员。")
