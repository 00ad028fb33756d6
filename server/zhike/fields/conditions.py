"""The vocabulary of rules between fields (R06), and whether a set of facts breaks one.

Pure: facts are given by name, as records hold them (days as dates or their text, amounts in fen).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, NamedTuple

from zhike.fields import industry, region, values
from zhike.fields.builtin import SEALED_TYPES, Definition
from zhike.fields.models import Rule
from zhike.fields.registry import Snapshot

Facts = Mapping[str, Any]


class Fact(NamedTuple):
    """Something a condition can ask for."""

    name: str
    label: str
    type: str
    dictionary: str = ""

    def as_field(self) -> Definition:
        """Return a field whose values are what this is compared with."""
        return Definition(
            of="customer",
            key=self.name,
            label=self.label,
            section="",
            type="choice" if self.type == "choices" else self.type,
            group="basic",
            dictionary=self.dictionary,
            builtin=False,
        )


# What follows from other fields; the customers' room supplies it (`customers.judging`).
COMPUTED: tuple[Fact, ...] = (
    Fact("cooperation_days", "合作天数", "number"),
    Fact("paid_last_year", "最近 12 个月的金额", "money"),
)


class Op(NamedTuple):
    """How a fact is compared: what it is called, and facts of which types can be."""

    label: str
    types: frozenset[str]


_SIZES = frozenset({"number", "money", "date"})
_NAMED = frozenset({"choice", "text", "person", "industry", "region"})
_EVERY = frozenset(
    {*_SIZES, *_NAMED, *SEALED_TYPES, "choices", "long_text", "url", "yes_no"}
    | {"date_range", "birthday"}
)
OPS: dict[str, Op] = {
    "filled": Op("已填写", _EVERY),
    "empty": Op("没有填写", _EVERY),
    "eq": Op("是", _SIZES | _NAMED | {"yes_no"}),
    "ne": Op("不是", _SIZES | _NAMED | {"yes_no"}),
    "in": Op("是其中之一", _NAMED | {"choices"}),
    "lt": Op("小于", _SIZES),
    "le": Op("不超过", _SIZES),
    "gt": Op("大于", _SIZES),
    "ge": Op("不小于", _SIZES),
    "before_field": Op("早于", frozenset({"date"})),
    "after_field": Op("晚于", frozenset({"date"})),
}
OTHER_FIELD = ("before_field", "after_field")
_CODED: dict[str, Callable[[str], str]] = {"industry": industry.label, "region": region.label}
_SIZED: dict[str, Callable[[Any, Any], bool]] = {
    "lt": lambda held, wanted: bool(held < wanted),
    "le": lambda held, wanted: bool(held <= wanted),
    "gt": lambda held, wanted: bool(held > wanted),
    "ge": lambda held, wanted: bool(held >= wanted),
}


def facts(snapshot: Snapshot, *, archived: bool = False) -> list[Fact]:
    """Return everything a rule about customers can ask for, or could before it was archived."""
    found = [
        Fact(one.key, one.label, one.type, one.dictionary)
        for one in snapshot.of("customer", archived=archived)
        if one.type in _EVERY
    ]
    return [*found, *COMPUTED]


def in_words(
    condition: Mapping[str, Any], known: Mapping[str, Fact], people: Mapping[int, str]
) -> str:
    """Return a condition as one says it: 客户等级 是 A级."""
    name, op = str(condition["field"]), str(condition["op"])
    fact = known.get(name)
    compared = OPS[op].label if op in OPS else op
    parts = (
        fact.label if fact else name,
        # 重点客户 是, not 重点客户 是 是.
        "" if op == "eq" and fact and fact.type == "yes_no" else compared,
        value_in_words(condition, known, people),
    )
    return " ".join(part for part in parts if part)


def value_in_words(
    condition: Mapping[str, Any], known: Mapping[str, Fact], people: Mapping[int, str]
) -> str:
    """Return what a condition compares with: words, places, colleagues, fields by their names."""
    fact, wanted = known.get(str(condition["field"])), condition.get("value")
    if wanted is None:
        return ""
    if condition["op"] in OTHER_FIELD:
        other = known.get(str(wanted))
        return other.label if other else str(wanted)
    each = wanted if isinstance(wanted, list) else [wanted]
    return "、".join(_said(fact, one, people) if fact else str(one) for one in each)


def _said(fact: Fact, value: Any, people: Mapping[int, str]) -> str:
    if fact.type in _CODED:
        return _CODED[fact.type](str(value))
    return values.text(fact.as_field(), value, people)


def broken(rule: Rule, facts: Facts) -> bool:
    """Tell whether all of `when` holds and something of `must` does not.

    What is empty is neither greater nor less than anything, so it does not keep “至少 365 天”. But
    two days, one of which is not known, are in any order.
    """
    return all(holds(one, facts) for one in rule.when) and not all(
        holds(one, facts) for one in rule.must
    )


def holds(condition: Mapping[str, Any], facts: Facts) -> bool:
    """Tell whether one condition holds; one that makes no sense does not."""
    name, op, wanted = str(condition["field"]), condition["op"], condition.get("value")
    held = facts.get(name)
    empty = is_empty(held)
    if op in ("filled", "empty"):
        return empty is bool(op == "empty")
    if op in OTHER_FIELD:
        other = facts.get(str(wanted))
        if empty or is_empty(other):
            return True
        first, last = (held, other) if op == "before_field" else (other, held)
        return _compared("lt", first, last)
    if op == "ne":
        return empty or not _same(name, held, wanted)
    if empty:
        return False
    if op == "eq":
        return _same(name, held, wanted)
    if op == "in":
        among = wanted if isinstance(wanted, list) else [wanted]
        every = held if isinstance(held, list) else [held]
        return any(_same(name, one, each) for one in every for each in among)
    return str(op) in _SIZED and _compared(str(op), held, wanted)


def is_empty(value: Any) -> bool:
    """Tell whether there is nothing: no text, no value, an empty list, a range without days."""
    if isinstance(value, list | tuple):
        return all(is_empty(one) for one in value)
    return value is None or value in ("", {})


def _compared(op: str, held: Any, wanted: Any) -> bool:
    first, last = _size(held), _size(wanted)
    if first is None or last is None or type(first) is not type(last):
        return False
    return _SIZED[op](first, last)


def _same(name: str, held: Any, wanted: Any) -> bool:
    if name == "industry":
        return _code(industry.find, held).startswith(str(wanted) or "-")
    if name == "region":
        code = _code(region.find, held)
        return bool(code) and (code == wanted or region.inside(code, str(wanted)))
    if isinstance(held, bool) or isinstance(wanted, bool):
        return held is wanted
    if isinstance(held, int | Decimal | date) or isinstance(wanted, int | Decimal | date):
        first, last = _size(held), _size(wanted)
        return first is not None and type(first) is type(last) and first == last
    return bool(held == wanted)


@lru_cache(4096)
def _found(find: Callable[[str], str | None], text: str) -> str:
    return find(text) or ""


def _code(find: Callable[[str], str | None], held: Any) -> str:
    return _found(find, str(held))


def _size(value: Any) -> Decimal | date | None:
    """A number or a day, from whatever form records or rules hold it in."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    if isinstance(value, int | Decimal):
        return Decimal(value)
    plain = str(value)
    try:
        return date.fromisoformat(plain) if plain[4:5] == "-" else Decimal(plain)
    except (ValueError, InvalidOperation):
        return None
