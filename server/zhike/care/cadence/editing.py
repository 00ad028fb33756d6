"""What is done with the rules of following up: add, change, order, remove."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from zhike.access.models import Person
from zhike.base import text
from zhike.base.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from zhike.care.cadence import rules
from zhike.care.cadence.shipped import OWN, SHELF_KEYS
from zhike.care.models import CadenceRule
from zhike.fields import choices, registry
from zhike.fields import rules as field_rules
from zhike.fields.groups import require_configure
from zhike.trail.actions import changes, record

RECORD = "cadence_rule"
Conditions = Sequence[Mapping[str, Any]]
MOST_RULES = 60  # of one set
_OWN_KEY = "own-"
_LONGEST = 730  # days between two contacts
_DAYS = {"day": 1, "week": 7, "month": 30}
NAMES = (
    *("name", "track", "when", "every", "unit", "first_within", "ways", "matter", "is_on"),
    "position",
)
_BLANK: dict[str, Any] = {"name": "", "every": 1, "unit": "week"}


def add_rule(*, actor: Person, now: datetime, shelf: str = OWN, **said: Any) -> CadenceRule:
    """Add a rule at the end of a set."""
    require_configure(actor)
    with transaction.atomic():
        registry.lock()
        if shelf not in SHELF_KEYS:
            raise Invalid("shelf", "没有这套跟进频率，请重新选择。")
        others = rules.of_shelf(shelf)
        if len(others) >= MOST_RULES:
            told = f"一套最多 {MOST_RULES} 条规则，请先删掉用不到的。"
            raise Conflict(told, code="too_many_rules")
        last = max((one.position for one in others), default=0)
        rule = CadenceRule(shelf=shelf, key=f"{_OWN_KEY}{secrets.token_hex(5)}", position=last + 10)
        apply(rule, _BLANK | said)
        rule.save()
        _record("cadence_rule.added", actor, now, rule, {})
        registry.touch()
    return rule


def change_rule(
    *, actor: Person, now: datetime, rule_id: int, version: int, **said: Any
) -> CadenceRule:
    """Change a rule as seen at `version`; plans made by it stay until they are made anew."""
    require_configure(actor)
    with transaction.atomic():
        registry.lock()
        rule = one_rule(rule_id)
        if rule.version != version:
            raise Stale("这条规则刚被别人改过，请核对后再保存。")
        before = _said(rule)
        apply(rule, said)
        pairs = changes(before, _said(rule))
        if pairs:
            rule.version += 1
            rule.save()
            _record("cadence_rule.changed", actor, now, rule, {"changes": pairs})
            registry.touch()
    return rule


def remove_rule(*, actor: Person, now: datetime, rule_id: int) -> None:
    """Remove a rule; one that was shipped can be switched off only."""
    require_configure(actor)
    with transaction.atomic():
        registry.lock()
        rule = one_rule(rule_id)
        if not rule.key.startswith(_OWN_KEY):
            raise Forbidden(f"“{rule.name}”是系统自带的规则，不能删除，可以停用。")
        _record("cadence_rule.removed", actor, now, rule, _said(rule))
        rule.removed_at = now
        rule.save(update_fields=["removed_at"])
        registry.touch()


def order_rules(
    *, actor: Person, now: datetime, shelf: str, ids: Sequence[int]
) -> list[CadenceRule]:
    """Put the rules of a set in another order: of those that fit a customer the first counts."""
    require_configure(actor)
    with transaction.atomic():
        registry.lock()
        held = {rule.pk: rule for rule in rules.of_shelf(shelf)}
        if sorted(held) != sorted(ids):
            raise Invalid("ids", "规则有增减，请刷新后再调整顺序。")
        moved = [(held[pk], 10 * place) for place, pk in enumerate(ids, 1)]
        moved = [(rule, place) for rule, place in moved if rule.position != place]
        for rule, place in moved:
            rule.position = place
            rule.version += 1
            rule.save(update_fields=["position", "version"])
        if moved:
            names = [held[pk].name for pk in ids]
            record(
                "cadence_rule.ordered",
                actor=actor,
                now=now,
                record=(RECORD, moved[0][0].pk),
                data={"names": "、".join(names)},
            )
            registry.touch()
    return rules.of_shelf(shelf)


class Asked:
    """The rules of following up as those of the fields see them: what they ask of a customer."""

    def asking_for(self, field: str) -> list[str]:
        """Return what the rules are called that ask for a field."""
        return [rule.name for rule in rules.every() if field in rules.names_in([rule])]

    def replace_word(
        self, *, actor: Person, now: datetime, swap: Callable[[Conditions], Conditions]
    ) -> None:
        """Let the rules ask for the word that replaced another; in the caller's transaction."""
        for rule in rules.every():
            new = list(swap(rule.when))
            if new == rule.when:
                continue
            pairs = {"when": [rule.when, new]}
            rule.when, rule.version = new, rule.version + 1
            rule.save(update_fields=["when", "version"])
            _record("cadence_rule.changed", actor, now, rule, {"changes": pairs})


def one_rule(rule_id: int) -> CadenceRule:
    """Return a rule or raise NotFound."""
    kept = CadenceRule.objects.filter(removed_at=None)
    rule = kept.filter(pk=rule_id).first() if 0 < rule_id < 2**63 else None
    if rule is None:
        raise NotFound("没有找到这条规则，可能已被删除，请刷新后再试。")
    return rule


def apply(rule: CadenceRule, said: Mapping[str, Any]) -> None:
    """Set the parts of a rule somebody gave; raises Invalid naming every wrong one."""
    errors: list[tuple[str, str]] = []
    for name, value in said.items():
        try:
            setattr(rule, name, _checked(name, value))
        except Invalid as wrong:
            errors += wrong.errors
    if not errors and rule.every * _DAYS[rule.unit] > _LONGEST:
        errors.append(("every", "两次联系最多相隔两年，请把间隔改短。"))
    if errors:
        raise Invalid(errors)


def _checked(name: str, value: Any) -> Any:
    if name == "name":
        line = text.tidy(value or "")
        if not line or len(line) > 60:
            raise Invalid("name", "规则名称要填 1 到 60 个字。")
        return line
    if name == "matter":
        return text.entered("matter", "事项", value, most=60)
    if name == "when":
        return field_rules.checked_conditions(value)
    if name == "track" and value not in CadenceRule.Track.values:
        raise Invalid("track", "请选择跟进或回访。")
    if name == "unit" and value not in CadenceRule.Unit.values:
        raise Invalid("unit", "间隔的单位只能选天、周或月。")
    if name == "every" and not 1 <= value <= _LONGEST:
        raise Invalid("every", f"间隔要填 1 到 {_LONGEST} 的整数。")
    if name == "first_within" and value is not None and not 1 <= value <= 365:
        raise Invalid("first_within", "首次跟进天数要填 1 到 365，不要求就留空。")
    if name == "ways":
        unknown = [one for one in value if one not in choices.WAY.values]
        if unknown:
            raise Invalid("ways", "建议方式里有已停用或不认识的，请重新选择。")
        return list(dict.fromkeys(value))
    return value


def told(found: Iterable[CadenceRule]) -> list[str]:
    """Return rules in one sentence each: 客户类型 是 新客户：首次 7 天内，之后每 2 周一次……"""
    return [_sentence(rule) for rule in found]


def _sentence(rule: CadenceRule) -> str:
    whom = field_rules.sentence(rule.when) or "所有客户"
    often = rules.rhythm(rule)
    if rule.first_within is not None and rule.track == CadenceRule.Track.FOLLOW_UP:
        often = f"录入后 {rule.first_within} 天内首次跟进，之后{often}"
    what = rule.get_track_display()
    ways = "、".join(choices.WAY.label(one) for one in rule.ways)
    parts = [f"{whom}：{often}{'' if what in often else what}"]
    parts += [f"建议{ways}"] if ways else []
    parts += [rule.matter] if rule.matter else []
    return f"{'，'.join(parts)}。"


def _said(rule: CadenceRule) -> dict[str, Any]:
    return {name: getattr(rule, name) for name in NAMES}


def _record(
    verb: str, actor: Person, now: datetime, rule: CadenceRule, data: dict[str, Any]
) -> None:
    told = {"label": rule.name} | data
    record(verb, actor=actor, now=now, record=(RECORD, rule.pk), data=told)


_LABELS = {
    "name": "规则名称",
    "track": "节奏",
    "when": "适用客户",
    "every": "间隔",
    "unit": "单位",
    "first_within": "首次跟进天数",
    "ways": "建议方式",
    "matter": "事项",
    "is_on": "启用",
    "position": "顺序",
}
_VALUES: dict[str, dict[Any, str]] = {
    "track": dict(CadenceRule.Track.choices),
    "unit": dict(CadenceRule.Unit.choices),
}


def in_words(_actor: Person, field: str, value: Any) -> tuple[str, Any]:
    """Tell the audit of a part of a rule; settings are nobody's secret."""
    if field == "when":
        value = field_rules.sentence(value or ()) or "所有客户"
    elif field == "ways":
        value = "、".join(choices.WAY.label(one) for one in value or ())
    elif field in _VALUES:
        value = _VALUES[field].get(value, value)
    elif isinstance(value, bool):
        value = "是" if value else "否"
    return _LABELS.get(field, field), value
