"""The rules of the pool: what they are, and changing them (R33)."""

from datetime import datetime
from typing import Any

from django.db import transaction

from zhike.access.models import Person
from zhike.base import jobs, practice
from zhike.base.errors import Invalid, Stale
from zhike.care.models import PoolRules
from zhike.fields import registry
from zhike.fields.groups import require_configure
from zhike.fields.registry import Snapshot
from zhike.trail.actions import changes, record

JOB = "care.pool_rules"
LIMITS: dict[str, tuple[str, int, int]] = {
    "days": ("多少天没跟进收回", 1, 3650),
    "new_days": ("新客户多少天没跟进收回", 1, 3650),
    "notice_days": ("提前多少天提醒", 0, 90),
    "capacity": ("每人最多负责多少位", 0, 1_000_000),
    "claims_per_day": ("每人每天最多领取", 0, 1_000),
    "rest_days": ("被收回后多少天不能再领", 0, 3650),
}
SWITCHES = {"is_on": "启用自动回收", "keeps_key": "重点客户不回收"}
# Whose change moves the day on which somebody falls.
_MOVES = frozenset({"is_on", "days", "new_days", "notice_days", "keeps_key"})


def present() -> PoolRules:
    """Return the rules as they are now; the shipped ones where nobody laid any."""
    return PoolRules.objects.filter(pk=PoolRules.THE).first() or PoolRules(pk=PoolRules.THE)


_held: tuple[Snapshot, PoolRules | None] | None = None


def at_work() -> PoolRules | None:
    """Return the rules if customers fall by them, None while that is switched off.

    As they were when this request or job began: whatever is logged asks for them.
    """
    global _held
    snapshot = registry.current()
    if _held is None or _held[0] is not snapshot:
        with practice.house():
            _held = snapshot, at_work_now()
    return _held[1]


def at_work_now() -> PoolRules | None:
    """Return the same as it stands this moment, for who lets customers fall."""
    return PoolRules.objects.filter(pk=PoolRules.THE, is_on=True).first()


def told(rules: PoolRules) -> dict[str, Any]:
    """Return the rules as the API shows them."""
    return {**_told(rules), "version": rules.version}


def _told(rules: PoolRules) -> dict[str, Any]:
    return {name: getattr(rules, name) for name in (*SWITCHES, *LIMITS)}


def in_words(_actor: Person, field: str, value: Any) -> tuple[str, Any]:
    """Tell the audit of one of the rules; they are nobody's secret."""
    if field in SWITCHES:
        return SWITCHES[field], "是" if value else "否"
    return LIMITS[field][0] if field in LIMITS else field, value


def change(*, actor: Person, now: datetime, version: int | None = None, **fields: Any) -> PoolRules:
    """Change some of the rules as seen at `version`; raise Invalid naming every wrong one.

    When customers fall by other rules, a job winds their clocks anew; nobody falls before the
    owner was told and the days of notice are over.
    """
    require_configure(actor)
    clean = _checked(fields)
    with transaction.atomic():
        registry.lock()
        PoolRules.objects.get_or_create(pk=PoolRules.THE)
        rules = PoolRules.objects.select_for_update().get(pk=PoolRules.THE)
        if version not in (None, rules.version):
            raise Stale("公海规则刚被别人改过，请核对后再保存。")
        before = _told(rules)
        for name, value in clean.items():
            setattr(rules, name, value)
        differing = changes(before, _told(rules))
        if differing:
            rules.version += 1
            rules.save()
            registry.touch()
            record(
                "pool_rules.changed",
                actor=actor,
                now=now,
                record=("pool_rules", PoolRules.THE),
                data={"changes": differing},
            )
        if _MOVES & differing.keys():
            jobs.enqueue(JOB, {"version": rules.version}, now=now)
    return rules


def _checked(fields: dict[str, Any]) -> dict[str, Any]:
    errors: list[tuple[str, str]] = []
    for name, value in fields.items():
        if name in SWITCHES:
            continue
        label, least, most = LIMITS[name]
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            errors.append((name, f"{label}请填 {least} 到 {most} 的整数。"))
    if errors:
        raise Invalid(errors)
    return fields
