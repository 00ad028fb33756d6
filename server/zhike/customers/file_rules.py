"""The settings of the customer file: tiers, the goal of completeness, sleep, attachments."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from zhike.access.models import Person
from zhike.base.errors import Forbidden, Invalid
from zhike.customers import tiers
from zhike.customers.models import FileRules
from zhike.trail.actions import changes, record

THE = 1
LIMITS: dict[str, tuple[str, int, int]] = {
    "completeness_goal": ("完整度目标", 1, 100),
    "dormant_days": ("沉睡天数", 7, 3650),
    "attachment_mb": ("单个附件的大小上限", 1, 200),
}


def present() -> FileRules:
    """Return the rules as they are now; the shipped ones where nobody laid any."""
    return FileRules.objects.filter(pk=THE).first() or FileRules(pk=THE)


def hold() -> None:
    """Have everybody else who holds the rules, too, wait until the caller's transaction ends."""
    FileRules.objects.get_or_create(pk=THE)
    list(FileRules.objects.select_for_update().filter(pk=THE).values_list("pk"))


def dormant_before(today: date) -> date:
    """Return the day since which somebody has to have been in touch not to count as asleep."""
    return today - timedelta(days=present().dormant_days)


def told(rules: FileRules) -> dict[str, Any]:
    """Return the rules as the API shows them."""
    return {name: getattr(rules, name) for name in ("tiers", *LIMITS)}


def in_words(_actor: Person, field: str, value: Any) -> tuple[str, Any]:
    """Tell the audit of one of the rules; they are nobody's secret."""
    if field == "tiers":
        return "分层规则", tiers.in_words(value)
    return LIMITS[field][0] if field in LIMITS else field, value


def change(*, actor: Person, now: datetime, **fields: Any) -> FileRules:
    """Change some of the rules; raise Invalid naming every wrong one.

    Who has other points or another tier by new rules gets them from a job.
    """
    if not actor.may("configure"):
        raise Forbidden("你没有修改系统设置的权限，请联系管理员。")
    with transaction.atomic():
        rules = FileRules.objects.select_for_update().filter(pk=THE).first() or FileRules(pk=THE)
        before = told(rules)
        for name, value in _checked(fields, rules).items():
            setattr(rules, name, value)
        differing = changes(before, told(rules))
        if differing:
            rules.save()
            record(
                "file_rules.changed",
                actor=actor,
                now=now,
                record=("file_rules", THE),
                data={"changes": differing},
            )
    return rules


def _checked(fields: dict[str, Any], held: FileRules) -> dict[str, Any]:
    errors: list[tuple[str, str]] = []
    clean: dict[str, Any] = {}
    for name, value in fields.items():
        if name == "tiers":
            try:
                clean[name] = tiers.checked(value, held.tiers)
            except Invalid as wrong:
                errors += wrong.errors
            continue
        label, least, most = LIMITS[name]
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            errors.append((name, f"{label}请填 {least} 到 {most} 的整数。"))
        clean[name] = value
    if errors:
        raise Invalid(errors)
    return clean
