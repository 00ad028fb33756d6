"""What is done with the settings of following up: limits, hours, which set of rhythms counts."""

from __future__ import annotations

import json
from datetime import datetime, time
from hashlib import sha256
from typing import Any

from django.db import transaction

from zhike.access.models import Person
from zhike.base.errors import Invalid, Stale
from zhike.base.jobs import enqueue
from zhike.care.cadence import rules
from zhike.care.cadence.shipped import SHELF_KEYS, SHELVES
from zhike.care.models import CareRules
from zhike.fields import choices, registry
from zhike.fields.groups import require_configure
from zhike.trail.actions import changes, record

JOB = "care.replan"
RECORD = "care_rules"
_SPANS: dict[str, tuple[str, int, int]] = {
    "late_hours": ("多少小时后补记算迟", 1, 720),
    "unplanned_days": ("多少天没有计划要提醒", 1, 365),
    "long_record": ("记录超过多少字提示精简", 50, 5000),
}
_HOURS: dict[str, str] = {
    "quiet_from": "免打扰开始",
    "quiet_to": "免打扰结束",
    "digest_at": "每日摘要时间",
    "remind_at": "全天待办的提醒时间",
}
_GUARD = ("core", "growth", "normal", "")
_MOST_CONTACTS = 31  # a month
NAMES = ("shelf", "plans_itself", "guard", *_SPANS, *_HOURS)


def told(care: CareRules) -> dict[str, Any]:
    """Return the settings as the API shows them."""
    return {name: getattr(care, name) for name in NAMES}


def seen(care: CareRules) -> str:
    """Return the mark of the settings as they stand, by which one tells that they were changed.

    The set that counts is chosen elsewhere and has no part in it.
    """
    plain = {name: value for name, value in _plain(care).items() if name != "shelf"}
    return sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()[:16]


def change(*, actor: Person, now: datetime, seen_as: str | None, **fields: Any) -> CareRules:
    """Change some of the settings; raises Invalid naming every wrong one.

    `seen_as` is the mark of what the actor saw: Stale where somebody changed them since.
    """
    require_configure(actor)
    clean = _clean(fields)
    with transaction.atomic():
        registry.lock()
        if seen_as is not None and seen_as != seen(rules.present()):
            raise Stale("这些设置刚被别人改过，请核对后再保存。")
        return _changed(actor, now, clean)


def choose_shelf(*, actor: Person, now: datetime, shelf: str, replan: bool) -> int | None:
    """Have a set of rules count from now on; returns the job that moves the plans, if asked for."""
    require_configure(actor)
    if shelf not in SHELF_KEYS:
        raise Invalid("shelf", "没有这套跟进频率，请重新选择。")
    with transaction.atomic():
        _changed(actor, now, {"shelf": shelf})
        if not replan:
            return None
        job = enqueue(JOB, {"actor_id": actor.pk}, now=now, dedupe_key=JOB)
        record("cadence.replanning_asked", actor=actor, now=now, record=(RECORD, CareRules.THE))
        return job.pk


def _changed(actor: Person, now: datetime, clean: dict[str, Any]) -> CareRules:
    registry.lock()
    care = rules.present()
    before = _plain(care)
    for name, value in clean.items():
        setattr(care, name, {**care.guard, **value} if name == "guard" else value)
    differing = changes(before, _plain(care))
    if differing:
        care.save()
        record(
            "care_rules.changed",
            actor=actor,
            now=now,
            record=(RECORD, CareRules.THE),
            data={"changes": differing},
        )
        registry.touch()
    return care


def _plain(care: CareRules) -> dict[str, Any]:
    """The settings as the trail keeps them."""
    found = told(care)
    return {
        name: f"{value:%H:%M}"
        if isinstance(value, time)
        else dict(value)
        if isinstance(value, dict)
        else value
        for name, value in found.items()
    }


def _clean(fields: dict[str, Any]) -> dict[str, Any]:
    errors: list[tuple[str, str]] = []
    clean: dict[str, Any] = {}
    for name, value in fields.items():
        if name in _SPANS:
            label, least, most = _SPANS[name]
            if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
                errors.append((name, f"{label}请填 {least} 到 {most} 的整数。"))
        elif name in _HOURS:
            if not isinstance(value, time):
                errors.append((name, f"{_HOURS[name]}请填时间，例如 08:30。"))
            else:
                value = value.replace(second=0, microsecond=0, tzinfo=None)
        elif name == "guard":
            errors += _wrong_limits(value)
        elif not isinstance(value, bool):
            errors.append((name, "请选择开或关。"))
        clean[name] = value
    if errors:
        raise Invalid(errors)
    return clean


def _wrong_limits(limits: dict[str, int]) -> list[tuple[str, str]]:
    wrong = []
    for tier, most in limits.items():
        called = choices.TIER.label(tier) or "未分层"
        if tier not in _GUARD:
            wrong.append(("guard", "联系上限只分核心、潜力、普通和未分层客户。"))
        elif not 0 <= most <= _MOST_CONTACTS:
            least = f"{called}客户每月联系上限请填 0 到 {_MOST_CONTACTS}，0 为不限。"
            wrong.append((f"guard.{tier}" if tier else "guard", least))
    return wrong


_LABELS = {name: label for name, (label, _, _) in _SPANS.items()} | _HOURS
_LABELS |= {"shelf": "采用的跟进频率", "plans_itself": "没约下次时按规则安排"}


def in_words(_actor: Person, field: str, value: Any) -> tuple[str, Any]:
    """Tell the audit of one of the settings; they are nobody's secret."""
    if field == "guard":
        limits = [
            f"{choices.TIER.label(tier) or '未分层'} {f'{most} 次' if most else '不限'}"
            for tier, most in (value or {}).items()
        ]
        return "每月联系上限", "、".join(limits)
    if field == "shelf":
        value = next((one.name for one in SHELVES if one.key == value), value)
    elif isinstance(value, bool):
        value = "是" if value else "否"
    return _LABELS.get(field, field), value
