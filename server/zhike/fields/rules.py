"""What is done with rules between fields: add, change, remove; and what they may say.

How they are evaluated stands in `conditions`; a rule is evaluated with `broken(rule, facts)`.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from django.db import transaction

from zhike.access.models import Person
from zhike.base import text
from zhike.base.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from zhike.fields import industry, region, registry, values
from zhike.fields.builtin import Definition
from zhike.fields.checks.failure import CheckFailed
from zhike.fields.conditions import (
    COMPUTED,
    OPS,
    OTHER_FIELD,
    Fact,
    Facts,
    broken,
    facts,
    in_words,
    value_in_words,
)
from zhike.fields.groups import require_configure
from zhike.fields.holding import Replacement
from zhike.fields.models import Rule
from zhike.fields.registry import Snapshot
from zhike.trail.actions import changes, record

__all__ = ["COMPUTED", "OPS", "Facts", "broken", "facts"]

MOST_RULES = 100
MOST_CONDITIONS = 10
MOST_VALUES = 50
_TOLD = ("name", "field", "when", "must", "message", "level", "is_on", "position")
_LENGTHS = {"name": ("规则名称", 60), "message": ("提示语", 200)}
_KNOWN: dict[str, Callable[[Any], bool]] = {
    "industry": lambda value: isinstance(value, str) and value in industry.codes(),
    "region": lambda value: isinstance(value, str) and region.get(value) is not None,
    "person": lambda value: isinstance(value, int) and 0 < value < 2**63,
}

Conditions = Sequence[Mapping[str, Any]]


def all_rules() -> list[Rule]:
    """Return every rule in order, those switched off too."""
    return list(Rule.objects.order_by("position", "id"))


def told(found: Iterable[Rule]) -> list[dict[str, list[str]]]:
    """Return of some rules what their conditions compare with, in words and in their order."""
    rules = list(found)
    known = _known(registry.current(), archived=True)
    people = _colleagues_in([one for rule in rules for one in (*rule.when, *rule.must)], known)
    return [
        {
            name: [value_in_words(one, known, people) for one in getattr(rule, name)]
            for name in ("when", "must")
        }
        for rule in rules
    ]


def sentence(conditions: Conditions) -> str:
    """Return conditions that have to hold together as one says them."""
    known = _known(registry.current(), archived=True)
    people = _colleagues_in(conditions, known)
    return " 且 ".join(in_words(one, known, people) for one in conditions)


def _known(snapshot: Snapshot, *, archived: bool = False) -> dict[str, Fact]:
    return {fact.name: fact for fact in facts(snapshot, archived=archived)}


def _colleagues_in(conditions: Conditions, known: Mapping[str, Fact]) -> dict[int, str]:
    """What the colleagues are called whom conditions name; asked only where there are any."""
    wanted: set[int] = set()
    for one in conditions:
        fact, value = known.get(str(one["field"])), one.get("value")
        if fact is not None and fact.type == "person":
            wanted |= {each for each in (value if isinstance(value, list) else [value]) if each}
    if not wanted:
        return {}
    return dict(Person.objects.filter(pk__in=wanted).values_list("pk", "name"))


def drafted(said: Mapping[str, Any]) -> Rule:
    """Return a rule that is checked, but not kept: for trying it out."""
    rule = Rule(of="customer", key="draft")
    _apply(rule, {"name": "试一试", "message": "试一试", **said}, registry.current())
    return rule


def checked_conditions(said: Conditions) -> Conditions:
    """Return conditions as they are kept; raises Invalid at `when` where one makes no sense."""
    found: Conditions = _checked("when", said, _known(registry.current()))
    return found


def add_rule(*, actor: Person, now: datetime, **said: Any) -> Rule:
    """Add a rule about customers."""
    require_configure(actor)
    with transaction.atomic():
        snapshot = registry.lock()
        if Rule.objects.count() >= MOST_RULES:
            raise Conflict(f"规则最多 {MOST_RULES} 条，请先删掉用不到的。", code="too_many_rules")
        last = Rule.objects.order_by("-position").values_list("position", flat=True).first() or 0
        rule = Rule(of="customer", key=f"rule-{secrets.token_hex(5)}", position=last + 1)
        _apply(rule, {"name": "", "message": "", "field": "", "must": [], **said}, snapshot)
        rule.save()
        _record("rule.added", actor, now, rule, {"level": rule.get_level_display()})
        registry.touch()
    return rule


def change_rule(*, actor: Person, now: datetime, rule_id: int, version: int, **said: Any) -> Rule:
    """Change a rule as seen at `version`."""
    require_configure(actor)
    with transaction.atomic():
        snapshot = registry.lock()
        rule = one_rule(rule_id)
        if rule.version != version:
            raise Stale("这条规则刚被别人改过，请核对后再保存。")
        before = _said(rule)
        _apply(rule, said, snapshot)
        pairs = changes(before, _said(rule))
        if pairs:
            rule.version += 1
            rule.save()
            _record("rule.changed", actor, now, rule, {"changes": pairs})
            registry.touch()
    return rule


def remove_rule(*, actor: Person, now: datetime, rule_id: int) -> None:
    """Remove a rule; one that was shipped can be switched off only."""
    require_configure(actor)
    with transaction.atomic():
        registry.lock()
        rule = one_rule(rule_id)
        if not rule.key.startswith("rule-"):
            raise Forbidden(f"“{rule.name}”是系统自带的规则，不能删除，可以停用。")
        _record("rule.removed", actor, now, rule, _said(rule))
        rule.delete()
        registry.touch()


def one_rule(rule_id: int) -> Rule:
    """Return a rule or raise NotFound."""
    rule = Rule.objects.filter(pk=rule_id).first() if 0 < rule_id < 2**63 else None
    if rule is None:
        raise NotFound("没有找到这条规则，可能已被删除，请刷新后再试。")
    return rule


def refuse_used(one: Definition) -> None:
    """Raise Conflict while a rule asks for a field: it would be silently true or false for all."""
    if one.of != "customer":
        return
    used = [rule.name for rule in all_rules() if one.key in names_in(rule)]
    for who in _asking:
        used += who.asking_for(one.key)
    if used:
        told = f"规则“{'”“'.join(used[:3])}”用到了“{one.label}”，请先改掉规则。"
        raise Conflict(told, code="in_use")


def names_in(rule: Rule) -> set[str]:
    """Return the fields a rule asks for and is told at."""
    every = [*rule.when, *rule.must]
    found = {rule.field, *(str(one["field"]) for one in every)}
    return found | {str(one["value"]) for one in every if one["op"] in OTHER_FIELD}


def replace_word(*, actor: Person, now: datetime, what: Replacement, snapshot: Snapshot) -> None:
    """Let rules that ask for a word ask for the one that replaced it, if any did."""
    asked = {
        one.key
        for one in snapshot.of("customer", archived=True)
        if one.dictionary == what.dictionary
    }
    for rule in all_rules() if what.new else ():
        before = _said(rule)
        for name in ("when", "must"):
            setattr(rule, name, [_replaced(one, asked, what) for one in getattr(rule, name)])
        pairs = changes(before, _said(rule))
        if pairs:
            rule.version += 1
            rule.save()
            _record("rule.changed", actor, now, rule, {"changes": pairs})

    def swap(when: Conditions) -> Conditions:
        return [_replaced(dict(one), asked, what) for one in when]

    for who in _asking if what.new else ():
        who.replace_word(actor=actor, now=now, swap=swap)


class Asking(Protocol):
    """Rules of a room above that ask for fields of customers by the same conditions."""

    def asking_for(self, field: str) -> list[str]:
        """Return what the rules are called that ask for a field."""

    def replace_word(
        self, *, actor: Person, now: datetime, swap: Callable[[Conditions], Conditions]
    ) -> None:
        """Let them ask for the word that replaced another; in the caller's transaction."""


_asking: list[Asking] = []


def asks(who: Asking) -> None:
    """Register the rules of a room above."""
    _asking.append(who)


def _replaced(condition: dict[str, Any], asked: set[str], what: Replacement) -> dict[str, Any]:
    value = condition.get("value")
    if condition["field"] not in asked or condition["op"] in OTHER_FIELD:
        return condition
    if isinstance(value, list):
        new = [what.new if one == what.old else one for one in value]
        return condition | {"value": list(dict.fromkeys(new))}
    return condition | {"value": what.new} if value == what.old else condition


def _apply(rule: Rule, said: Mapping[str, Any], snapshot: Snapshot) -> None:
    known = _known(snapshot)
    errors: list[tuple[str, str]] = []
    for name, value in said.items():
        try:
            setattr(rule, name, _checked(name, value, known))
        except Invalid as wrong:
            errors += wrong.errors
    if errors:
        raise Invalid(errors)


def _checked(name: str, value: Any, known: dict[str, Fact]) -> Any:
    if name in _LENGTHS:
        label, longest = _LENGTHS[name]
        line = text.tidy(value or "")
        if not line or len(line) > longest:
            raise Invalid(name, f"{label}要填 1 到 {longest} 个字。")
        return line
    if name == "field":
        if value not in known or value in {one.name for one in COMPUTED}:
            raise Invalid("field", "请选择提示在哪个字段旁边。")
        return value
    if name == "level" and value not in Rule.Level.values:
        raise Invalid("level", "级别只能选提示、警告或不允许保存。")
    if name == "position" and not 0 <= value < 10_000:
        raise Invalid("position", "顺序要填 0 到 9999 之间的整数。")
    if name in ("when", "must"):
        if len(value) > MOST_CONDITIONS or (name == "must" and not value):
            least = 1 if name == "must" else 0
            raise Invalid(name, f"条件要有 {least} 到 {MOST_CONDITIONS} 个。")
        return [_condition(name, one, known) for one in value]
    return value


def _condition(name: str, said: Mapping[str, Any], known: dict[str, Fact]) -> dict[str, Any]:
    fact, op = known.get(said["field"]), said["op"]
    if fact is None:
        raise Invalid(name, f"没有“{str(said['field'])[:20]}”这个字段，请重新选择。")
    if op not in OPS or fact.type not in OPS[op].types:
        can = "、".join(one.label for one in OPS.values() if fact.type in one.types)
        raise Invalid(name, f"“{fact.label}”只能用这些比较：{can}。")
    if op in ("filled", "empty"):
        return {"field": fact.name, "op": op}
    return {
        "field": fact.name,
        "op": op,
        "value": _wanted(name, fact, op, said.get("value"), known),
    }


def _wanted(name: str, fact: Fact, op: str, value: Any, known: dict[str, Fact]) -> Any:
    if op in OTHER_FIELD:
        other = known.get(value) if isinstance(value, str) else None
        if other is None or other.type != "date" or other.name == fact.name:
            raise Invalid(name, f"“{fact.label}”要和另一个日期字段比较，请重新选择。")
        return value
    if op == "in":
        if not isinstance(value, list) or not 1 <= len(value) <= MOST_VALUES:
            raise Invalid(name, f"“{fact.label}”请选 1 到 {MOST_VALUES} 个值。")
        return list(dict.fromkeys(_value(name, fact, one) for one in value))
    return _value(name, fact, value)


def _value(name: str, fact: Fact, value: Any) -> Any:
    """The value a fact is compared with, in the form of its type."""
    if fact.type in _KNOWN:
        if isinstance(value, bool) or not _KNOWN[fact.type](value):
            raise Invalid(name, f"“{fact.label}”要比较的值不在列表里，请重新选择。")
        return value
    try:
        clean = values.clean(fact.as_field(), value)
    except CheckFailed as failed:
        raise Invalid(name, failed.message) from None
    if clean is None:
        raise Invalid(name, f"“{fact.label}”要比较的值没有填，请补充。")
    return clean


def _said(rule: Rule) -> dict[str, Any]:
    return {name: getattr(rule, name) for name in _TOLD}


def _record(verb: str, actor: Person, now: datetime, rule: Rule, data: dict[str, Any]) -> None:
    told = {"label": rule.name} | data
    record(verb, actor=actor, now=now, record=("rule", rule.pk), data=told)
