"""The rules of following up as they are now, and which of them a customer meets (R26).

A process holds them as long as the catalogue of fields stays the same (`fields.registry`): whoever
changes a rule calls `registry.touch()`, so asking costs no statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from zhike.base import practice
from zhike.care.cadence.shipped import SHIPPED, lay_shipped
from zhike.care.models import CadenceRule, CareRules
from zhike.care.understanding.days import shift
from zhike.customers import judging
from zhike.customers.models import Customer
from zhike.fields import conditions, registry
from zhike.fields.registry import Snapshot

Facts = Mapping[str, Any]
_UNITS = {"day": "天", "week": "周", "month": "个月"}
_COLUMNS = {column.name: column.attname for column in Customer._meta.concrete_fields}
# Who and since when: what is asked of every customer, whatever the rules ask.
BASE = ("id", "name", "tier", "life", "created_at", "last_follow_up_on", "owner_id")


@dataclass(frozen=True)
class Standing:
    """The settings and the rules of one set that are switched on, in order."""

    care: CareRules
    rules: tuple[CadenceRule, ...]

    @cached_property
    def asked(self) -> frozenset[str]:
        """The facts the rules ask for."""
        return frozenset(names_in(self.rules))

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns of a customer one has to know to tell which rule fits."""
        found = set(BASE)
        for name in self.asked:
            made_of = judging.DERIVED.get(name, (name,))
            found |= {_COLUMNS.get(one, "custom") for one in made_of}
        return tuple(sorted(found))

    @property
    def asks_for_purchases(self) -> bool:
        """Whether a rule asks what was bought within the year."""
        return "paid_last_year" in self.asked

    def fitting(self, facts: Facts, track: str = CadenceRule.Track.FOLLOW_UP) -> CadenceRule | None:
        """Return the first rule of a track whose conditions hold."""
        for rule in self.rules:
            if rule.track == track and all(conditions.holds(one, facts) for one in rule.when):
                return rule
        return None


_held: tuple[Snapshot, Standing] | None = None


def standing() -> Standing:
    """Return the chosen rules of this process as they are now."""
    global _held
    snapshot = registry.current()
    if _held is None or _held[0] is not snapshot:
        with practice.house():
            care = present()
            _held = snapshot, Standing(care, tuple(of_shelf(care.shelf, only_on=True)))
    return _held[1]


def present() -> CareRules:
    """Return the settings as they are stored; the shipped ones where nobody laid any."""
    return CareRules.objects.filter(pk=CareRules.THE).first() or CareRules(pk=CareRules.THE)


def of_shelf(shelf: str, *, only_on: bool = False) -> list[CadenceRule]:
    """Return the rules of a set in order."""
    return [one for one in every() if one.shelf == shelf and (one.is_on or not only_on)]


def every() -> list[CadenceRule]:
    """Return all rules, set by set and in order; lays the shipped ones where there are none."""
    kept = CadenceRule.objects.filter(removed_at=None).order_by("shelf", "position", "id")
    found = list(kept)
    if len(found) < len(SHIPPED):
        lay_shipped()
        found = list(kept.all())
    return found


def names_in(rules: Iterable[CadenceRule]) -> set[str]:
    """Return the facts some rules ask for."""
    found: set[str] = set()
    for rule in rules:
        for one in rule.when:
            found.add(str(one["field"]))
            if one["op"] in conditions.OTHER_FIELD:
                found.add(str(one["value"]))
    return found


def facts_of(row: Mapping[str, Any], today: date, bought: int | None = None) -> dict[str, Any]:
    """Return the facts of a customer given by the columns `Standing.columns` names."""
    named = {name: row[at] for name, at in _COLUMNS.items() if at in row}
    return judging.facts(named, today, bought)


def facts_of_customer(standing: Standing, customer: Customer, today: date) -> dict[str, Any]:
    """The same of a customer that was read."""
    bought = judging.bought_last_year(customer, today) if standing.asks_for_purchases else None
    row = {name: getattr(customer, name) for name in standing.columns}
    return facts_of(row, today, bought)


def after(rule: CadenceRule, day: date, times: int = 1) -> date:
    """Return the day one interval of a rule later; of a shorter month its last day."""
    if rule.unit == CadenceRule.Unit.MONTH:
        return shift(day, rule.every * times)
    length = 7 if rule.unit == CadenceRule.Unit.WEEK else 1
    return day + timedelta(days=rule.every * length * times)


def rhythm(rule: CadenceRule) -> str:
    """Return how often a rule asks for a contact: 每 2 周一次."""
    unit = _UNITS[rule.unit]
    if rule.every == 1:
        return f"每{unit.removeprefix('个')}一次"
    return f"每 {rule.every} {unit}一次"


def name_told(rule: CadenceRule) -> str:
    """Return how a rule is called in front of everybody: by its name, or its rhythm alone.

    What a rule asks for beyond the plainest facts may be hidden from who reads a plan; and its name
    often says it.
    """
    asked = names_in([rule])
    known = registry.current().groups if asked else {}
    plain = all(known.get(f"customer.{one}") == "basic" for one in asked)
    return f"“{rule.name}”" if plain else f"跟进频率（{rhythm(rule)}）"
