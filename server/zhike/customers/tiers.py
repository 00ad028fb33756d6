"""The tier of a customer (R05): points for money, length, frequency and potential, and why.

Pure arithmetic on what is given: every part grows with what it is made of, never beyond its most,
and says in plain words what it was made of, so that whoever is sorted can be told how (个人信息
保护法, article 24).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhike.access.models import Person
from zhike.access.rights import Level
from zhike.base.errors import Invalid
from zhike.fields import choices
from zhike.fields.groups import level_of

PARTS = {"money": "金额", "length": "合作时长", "frequency": "购买频次", "potential": "潜力"}
_FULL = {"money": ("元", 10**11), "length": ("个月", 600), "frequency": ("次", 1000)}
WHOLE = 100
# How much of the potential each sign of it is worth, in percent of its most.
_NEED = {"solved": 15, "clear": 30, "following": 30, "won": 30, "proposing": 40, "closing": 40}
_NO_NEED = ("", "unclear", "lost")
_OTHER_NEED, _BUDGET, _DECIDER, _COMPLETE = 15, 15, 15, 10
_GRADE = {"A": 20, "B": 10}
# What each part tells of: whoever may not read one of these is not told the part.
_TELLS_OF = {
    "money": ("customer.contract_amount", "customer.bought_amount", "customer.deal_amount"),
    "length": ("customer.cooperation_since", "customer.cooperation_until"),
    "frequency": ("customer.bought_count",),
    "potential": ("customer.need_status", "customer.budget", "customer.grade", "contact.role"),
}


@dataclass(frozen=True)
class Worth:
    """What is known of a customer's value. Amounts are in fen, the length in months."""

    contract: int = 0
    bought: int = 0
    deal: int = 0
    months: int = 0
    times: int = 0  # purchases within the last 12 months
    need: str = ""
    has_budget: bool = False
    has_decider: bool = False
    grade: str = ""
    completeness: int = 0

    @property
    def amount(self) -> int:
        """The larger of what was signed, what was bought and what the deal is about."""
        return max(self.contract, self.bought, self.deal, 0)


@dataclass(frozen=True)
class Weighed:
    """A tier, its points out of 100 and where they come from."""

    tier: str
    points: int
    why: list[dict[str, Any]]


def weigh(worth: Worth, rules: Mapping[str, Any]) -> Weighed:
    """Return the tier of a customer by the rules of `FileRules.tiers`."""
    why = [
        _part(
            "money",
            rules,
            worth.amount,
            rules["money"]["full"] * 100,
            f"累计金额 {_yuan(worth.amount)}" if worth.amount else "还没有合同或购买金额",
        ),
        _part(
            "length",
            rules,
            worth.months,
            rules["length"]["full"],
            f"合作 {worth.months} 个月" if worth.months > 0 else "合作还不满一个月",
        ),
        _part(
            "frequency",
            rules,
            worth.times,
            rules["frequency"]["full"],
            f"近 12 个月购买 {worth.times} 次" if worth.times > 0 else "近 12 个月没有购买记录",
        ),
        _part("potential", rules, *_potential(worth)),
    ]
    points = sum(part["points"] for part in why)
    return Weighed(tier_of(points, rules), points, why)


def tier_of(points: int, rules: Mapping[str, Any]) -> str:
    """Return the tier somebody with so many points is in."""
    if points >= rules["core"]:
        return "core"
    return "growth" if points >= rules["growth"] else "normal"


def _part(name: str, rules: Mapping[str, Any], value: int, full: int, words: str) -> dict[str, Any]:
    most = rules[name]["most"]
    points = max(0, min(most, most * value // full))
    return {
        "name": name,
        "label": PARTS[name],
        "points": points,
        "most": most,
        "told": f"{words}，得 {points}/{most} 分",
    }


def _potential(worth: Worth) -> tuple[int, int, str]:
    share, words = 0, []
    if worth.need not in _NO_NEED:
        share += _NEED.get(worth.need, _OTHER_NEED)
        words.append(choices.NEED_STATUS.label(worth.need))
    if worth.has_budget:
        share += _BUDGET
        words.append("预算已知")
    if worth.has_decider:
        share += _DECIDER
        words.append("决策人已知")
    if worth.grade in _GRADE:
        share += _GRADE[worth.grade]
        words.append(choices.GRADE.label(worth.grade))
    share += _COMPLETE * max(0, min(100, worth.completeness)) // 100
    words.append(f"资料完整度 {worth.completeness}%")
    return share, 100, "、".join(words)


def _yuan(fen: int) -> str:
    yuan = fen // 100
    if yuan < 10_000:
        return f"{yuan:,} 元"
    return f"{yuan / 10_000:,.2f}".rstrip("0").rstrip(".") + " 万元"


def months_between(since: date | None, until: date | None, today: date) -> int:
    """Return how many whole months a cooperation has lasted by today, 0 before it began."""
    end = min(until or today, today)
    if since is None or end < since:
        return 0
    return (end.year - since.year) * 12 + end.month - since.month - (end.day < since.day)


def in_words(rules: Mapping[str, Any]) -> str:
    """Return the rules as one says them: how much of what earns how many points, and the lines."""
    parts = []
    for name, label in PARTS.items():
        part = rules[name]
        full = f"（满 {part['full']:,} {_FULL[name][0]}）" if name in _FULL else ""
        parts.append(f"{label}最高 {part['most']} 分{full}")
    lines = f"核心 {rules['core']} 分起，潜力 {rules['growth']} 分起"
    return "；".join(["、".join(parts), lines])


def shown(actor: Person, why: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return why a customer is in its tier, without what `actor` may not read of it."""
    return [
        dict(part)
        for part in why
        if all(
            level_of(actor, *name.split(".")) >= Level.READ
            for name in _TELLS_OF.get(part["name"], ())
        )
    ]


def checked(given: Mapping[str, Any], held: Mapping[str, Any]) -> dict[str, Any]:
    """Return rules somebody typed, the rest as held; raise Invalid naming what is wrong."""
    errors: list[tuple[str, str]] = []

    def whole(place: str, label: str, value: Any, least: int, most: int) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            errors.append((f"tiers.{place}", f"{label}请填 {least} 到 {most} 的整数。"))
            return least
        return value

    known = {*PARTS, "core", "growth"}
    errors += [(f"tiers.{name}", "分层规则里没有这一项。") for name in given if name not in known]
    clean: dict[str, Any] = {}
    for name, label in PARTS.items():
        part = {**held[name], **(given.get(name) or {})}
        clean[name] = {"most": whole(f"{name}.most", f"{label}的最高分", part["most"], 0, WHOLE)}
        if name in _FULL:
            unit, most = _FULL[name]
            full = whole(f"{name}.full", f"{label}得满分的数（{unit}）", part["full"], 1, most)
            clean[name]["full"] = full
    for name, label in (("core", "核心客户的分数线"), ("growth", "潜力客户的分数线")):
        clean[name] = whole(name, label, given.get(name, held[name]), 1, WHOLE)
    if not errors and sum(clean[name]["most"] for name in PARTS) != WHOLE:
        errors.append(("tiers", f"四项最高分加起来要等于 {WHOLE} 分。"))
    if not errors and clean["growth"] >= clean["core"]:
        errors.append(("tiers.growth", "潜力客户的分数线要低于核心客户的分数线。"))
    if errors:
        raise Invalid(errors)
    return clean
