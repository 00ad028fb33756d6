"""What a step of a story changes in the customer's file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from zhike.site.demo import days
from zhike.site.demo.cast import MARK
from zhike.site.demo.profile import Profile
from zhike.site.demo.story import Step

_PLAIN = frozenset({"need_status", "deal_stage", "type", "cooperation_stage"})
_OF_FACTS = {"core_need": "goal", "budget": "budget_field", "expected_term": "term"}
_SETTLED = timedelta(days=150)  # after it a new customer counts as an existing one


@dataclass
class Standing:
    """The customer's file as it stands at a point of the story."""

    profile: Profile
    fields: dict[str, Any]
    tags: list[str]
    won_on: date | None = None


def changes_by(standing: Standing, step: Step, tags: dict[str, int]) -> dict[str, Any]:
    """The fields of the file that a step changes, with their new values."""
    wanted: dict[str, Any] = {}
    for key, value in step.beat.sets:
        if key in _PLAIN:
            wanted[key] = value
        elif key in _OF_FACTS:
            wanted[key] = str(standing.profile.facts.get(_OF_FACTS[key], ""))
        elif key == "risk":
            wanted["risk"] = value
        elif key == "tag":
            _tag(standing, value, tags, wanted)
        else:
            wanted |= _CHANGES[key](standing, step)
    won = standing.won_on
    if won and step.on - won > _SETTLED and standing.fields.get("type") == "new":
        wanted.setdefault("type", "existing")
    changed = {
        key: value
        for key, value in wanted.items()
        if key == "tags" or standing.fields.get(key, "") != value
    }
    standing.fields |= changed
    return changed


def _tag(standing: Standing, name: str, tags: dict[str, int], wanted: dict[str, Any]) -> None:
    if name not in standing.tags:
        standing.tags.append(name)
        wanted["tags"] = [tags[one] for one in [*standing.tags, MARK]]


def _surveyed(standing: Standing, step: Step) -> dict[str, Any]:
    known = standing.profile.later
    return {key: known[key] for key in ("address", "special_needs", "competition") if key in known}


def _expected(standing: Standing, step: Step) -> dict[str, Any]:
    return {"expected_close": days.month_end(step.on, 1 + len(standing.profile.name) % 2)}


def _signed(standing: Standing, step: Step) -> dict[str, Any]:
    profile = standing.profile
    standing.won_on = step.on
    until = step.on.replace(day=min(step.on.day, 28), year=step.on.year + 1) - timedelta(days=1)
    signed = {
        "contract_amount": profile.final,
        "deal_amount": profile.final,
        "products": profile.later["products"],
        "cooperation_since": step.on,
        "project_code": f"P{step.on:%Y%m}-{profile.final // 100 % 997:03}",
    }
    if profile.kind == "company":
        signed |= {"cooperation_until": until, "identity": profile.later["identity"]}
    return signed


def _more(standing: Standing, step: Step) -> dict[str, Any]:
    amount = standing.fields.get("contract_amount", 0) + standing.profile.more
    return {"contract_amount": amount}


def _renewed(standing: Standing, step: Step) -> dict[str, Any]:
    until = standing.fields.get("cooperation_until")
    if not until:
        return {}
    # The last day of February differs between the years.
    return {"cooperation_until": until.replace(year=until.year + 2, day=min(until.day, 28))}


_CHANGES = {
    "region": _surveyed,
    "expected_close": _expected,
    "contract": _signed,
    "more": _more,
    "renewed": _renewed,
}
