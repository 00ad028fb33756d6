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

_GROUPS: dict[str, dict[str, tuple[str, ...]]] = {
    "customer": {
        "basic": (
            *("name", "code", "kind", "type", "is_key", "tier", "grade", "source", "industry"),
            *("industry_code", "region", "background", "owner", "owner_id", "tags", "pinyin"),
            *("recorder", "recorder_name", "recorded_on", "first_contact_on", "id"),
            *("last_follow_up_on", "next_follow_up_on", "created_at", "import_id", "version"),
        ),
        "identity": ("identity",),
        "address": ("address",),
        "needs": ("first_need", "core_need", "need_status", "budget", "expected_term"),
        "cooperation": (
            *("products", "cooperation_since", "cooperation_until", "cooperation_stage"),
            *("project_code", "deal_stage", "expected_close"),
        ),
        "money": ("contract_amount", "deal_amount"),
        "notes": ("special_needs", "risk", "competition", "remark"),
    },
    "contact": {
        "contact": (*("name", "title", "role", "preferences", "convenient_time", "is_primary"),),
        "phone": ("mobile", "landline"),
        "email": ("email", "wechat"),
    },
}
GROUP_OF: dict[str, str] = {
    f"{of}.{name}": group
    for of, groups in _GROUPS.items()
    for group, names in groups.items()
    for name in names
}


def group_of(of: str, name: str) -> str:
    """Return the group of a field; raises KeyError for one nobody has given a group."""
    return GROUP_OF[f"{of}.{name}"]


def level_of(actor: Person, of: str, name: str) -> Level:
    """Return what `actor` may do with a field; nothing with one that has no group."""
    group = GROUP_OF.get(f"{of}.{name}")
    return actor.level(group) if group else Level.HIDDEN


def require_edit(actor: Person, of: str, names: Iterable[str]) -> None:
    """Raise Forbidden, naming the first field `actor` may not change.

    Names that are no field pass: the check of the values refuses them in its own words.
    """
    for name in names:
        group = GROUP_OF.get(f"{of}.{name}")
        if group is not None and not actor.edits(group):
            told = f"你的角色不能填写或修改“{GROUPS[group].label}”，请联系管理员。"
            raise Forbidden(told, field=name)


def require_read(actor: Person, of: str, name: str, *, given_as: str) -> None:
    """Raise Forbidden unless `actor` may read a field: to filter or sort by it is to read it."""
    group = GROUP_OF.get(f"{of}.{name}")
    if group is None or not actor.reads(group):
        label = GROUPS[group].label if group else name
        raise Forbidden(f"你的角色看不到“{label}”，不能按它筛选或排序。", field=given_as)
