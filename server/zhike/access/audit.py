"""The audit as people reach it: who may read it, and how this room's fields are told in it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from zhike.access.models import Organisation, Person
from zhike.access.rights import ACTIONS, GROUPS, KINDS, LEVELS, REACHES, REVIEWABLE
from zhike.base import jobs, paging
from zhike.base.errors import Forbidden, Invalid
from zhike.base.models import Job
from zhike.trail import audit, verbs
from zhike.trail.actions import record
from zhike.trail.audit import Wish, words
from zhike.trail.models import Event

WHOLE = "audit.verify_whole"
_LABELS = {
    "name": "名称",
    "username": "登录名",
    "note": "说明",
    "role": "角色",
    "email": "邮箱",
    "department": "部门",
    "parent": "上级部门",
    "is_active": "在职",
    "password": "密码",
    "needs_second_factor": "必须两步验证",
    "actions": "可做的操作",
}


def events_visible_to(actor: Person) -> QuerySet[Event]:
    """Return all events for who may audit; nobody else reads the trail as a whole."""
    return Event.objects.all() if actor.may("audit") else Event.objects.none()


def _require(actor: Person) -> None:
    if not actor.may("audit"):
        raise Forbidden("你没有查看审计日志的权限。")


def page(
    actor: Person, wish: Wish, *, cursor: str | None, limit: int
) -> tuple[list[dict[str, Any]], str | None]:
    """Return a page of what everybody did, the newest first."""
    _require(actor)
    if wish.group and wish.group not in verbs.GROUPS:
        raise Invalid("verb_group", "没有这一类操作，请从列表中选择。")
    if wish.since and wish.until and wish.since > wish.until:
        raise Invalid("to", "结束日期早于开始日期，请调整。")
    before = _place(cursor) if cursor else None
    items, following = audit.page(actor, events_visible_to(actor), wish, before=before, limit=limit)
    if following is None:
        return items, None
    return items, paging.pack(following[0].isoformat(), following[1])


def _place(cursor: str) -> tuple[datetime, int]:
    at, pk = paging.unpack(cursor, str, int)
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Invalid("cursor", "翻页位置无效，请从第一页重新开始。")
    return moment, pk


def groups(actor: Person) -> list[dict[str, str]]:
    """Return the groups of operations to choose from."""
    _require(actor)
    return [{"name": name, "label": label} for name, label in verbs.GROUPS.items()]


def state(actor: Person) -> dict[str, Any]:
    """Return whether the trail is whole, as far as is known."""
    _require(actor)
    waiting = Job.objects.filter(kind__in=(WHOLE, "audit.verify"), finished_at=None)
    return audit.state(running=waiting.exists())


def ask_verification(*, actor: Person, now: datetime) -> dict[str, Any]:
    """Have the whole chain verified; the answer is in `state` a little later."""
    _require(actor)
    with transaction.atomic():
        jobs.enqueue(WHOLE, {}, now=now, dedupe_key=WHOLE)
        record("audit.verification_asked", actor=actor, now=now)
    return state(actor)


@words("person", "role", "department", "organisation", "token", "")
def in_words(_actor: Person, field: str, value: Any) -> tuple[str, Any]:
    """Tell a field of this room's records."""
    part, _, name = field.partition(".")
    if part == "scopes" and name in KINDS:
        return f"数据范围·{KINDS[name].label}", _scope(value)
    if part == "fields" and name in GROUPS:
        known = LEVELS.get(str(value))
        return f"字段·{GROUPS[name].label}", known[1] if known else value
    if field == "actions" and isinstance(value, list):
        return _LABELS[field], "、".join(ACTIONS[one].label for one in value if one in ACTIONS)
    if field == "reviewed_fields" and isinstance(value, list):
        return _rule(field), "、".join(REVIEWABLE[one] for one in value if one in REVIEWABLE)
    if isinstance(value, bool):
        value = "是" if value else "否"
    return _LABELS.get(field) or _rule(field), value


def _scope(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    reach = str(value.get("reach", "none"))
    more = [label for key, label in (("shared", "共享"), ("pool", "公海")) if value.get(key)]
    return "、".join([REACHES.get(reach, reach), *more])


def _rule(field: str) -> str:
    """The label of a rule of the organisation."""
    known = {column.name: str(column.verbose_name) for column in Organisation._meta.fields}
    return known.get(field, field)
