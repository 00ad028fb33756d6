"""Rules between the fields of a customer (R06): what a set of facts breaks, and how it is said.

The rules stand in `fields.models.Rule`, their conditions are evaluated by `fields.rules`. Facts are
the customer's columns and own fields by key, and two that follow from others:

- `cooperation_days`: days since the cooperation began, up to today or to its end;
- `paid_last_year`: what was bought within the last 12 months in fen. Where no purchase was ever
  recorded, the contract amount stands for it: many keep contracts only, and a rule on money would
  else be broken by everybody who does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Sum

from zhike.access.models import Person
from zhike.access.rights import Level
from zhike.base import clock
from zhike.base.errors import Invalid
from zhike.customers.models import Customer
from zhike.fields import registry, rules
from zhike.fields.builtin import SEALED_TYPES
from zhike.fields.groups import level_of
from zhike.fields.models import Rule

YEAR = timedelta(days=365)
REFUSAL = Rule.Level.REFUSAL.value
WARNING = Rule.Level.WARNING.value
# What a derived fact is made of: the columns to look at, and whose rights decide.
DERIVED: dict[str, tuple[str, ...]] = {
    "cooperation_days": ("cooperation_since", "cooperation_until"),
    "paid_last_year": ("contract_amount", "bought_count"),
}
_UNTOLD = "这项修改与客户的其他资料不符，而那些资料你无权查看，请联系主管或管理员。"


class Problem(NamedTuple):
    """A rule that is broken: the field it is told at, how grave it is, in words."""

    field: str
    level: str
    message: str


def cooperation_days(since: date | None, until: date | None, today: date) -> int | None:
    """Return for how many days a customer has worked with us; None where nobody knows."""
    if since is None:
        return None
    return max(0, (min(until or today, today) - since).days)


def facts(row: Mapping[str, Any], today: date, bought: int | None) -> dict[str, Any]:
    """Return the facts of a customer given by its columns and what it bought within the year.

    Sealed values are not opened: they are True where there is one.
    """
    found = {**row, **(row.get("custom") or {})}
    for one in registry.current().of("customer", archived=True):
        if one.type in SEALED_TYPES and found.get(one.key):
            found[one.key] = True
    found["cooperation_days"] = cooperation_days(
        row.get("cooperation_since"), row.get("cooperation_until"), today
    )
    recorded = bool(row.get("bought_count"))
    found["paid_last_year"] = bought if recorded else row.get("contract_amount")
    return found


def bought_last_year(customer: Customer, today: date) -> int | None:
    """Return what a customer bought within a year in fen; None where it never bought anything."""
    if not customer.bought_count:
        return None
    bought = customer.purchases.filter(deleted_at=None, bought_on__lte=today)
    bought = bought.filter(bought_on__gt=today - YEAR)
    return bought.aggregate(sum=Sum("amount"))["sum"] or 0


def facts_of(customer: Customer, now: datetime) -> dict[str, Any]:
    """Return the facts of a customer as its attributes are, saved or not."""
    today = clock.day_of(now)
    row = {column.attname: customer.__dict__.get(column.attname) for column in _COLUMNS}
    return facts(row, today, bought_last_year(customer, today))


_COLUMNS = Customer._meta.concrete_fields


def names_in(rule: Rule) -> set[str]:
    """Return the facts a rule asks for."""
    asked = [*rule.when, *rule.must]
    names = {str(one["field"]) for one in asked}
    return names | {
        str(one["value"]) for one in asked if one["op"] in ("before_field", "after_field")
    }


def columns_of(asked: Iterable[Rule]) -> set[str]:
    """Return the columns of a customer some rules have to know."""
    known = {column.name for column in _COLUMNS}
    found = {"cooperation_since", "cooperation_until", "contract_amount", "bought_count"}
    for name in {name for rule in asked for name in names_in(rule)}:
        if name in known:
            found.add(name)
        elif name not in DERIVED:
            found.add("custom")
    return found


def touches(rule: Rule, changed: Collection[str]) -> bool:
    """Tell whether a change of these fields has anything to do with a rule."""
    names = names_in(rule)
    for name in list(names):
        names |= set(DERIVED.get(name, ()))
    return bool(names & set(changed))


def readable(actor: Person, rule: Rule) -> bool:
    """Tell whether `actor` may read everything a rule is about."""
    names = names_in(rule)
    made_of = {one for name in names for one in DERIVED.get(name, (name,))}
    return all(level_of(actor, "customer", name) >= Level.READ for name in made_of)


def rules_for(kind: str | None = None) -> list[Rule]:
    """Return the rules that are on and whose fields a customer of this kind has."""
    found = [one for one in registry.current().rules if one.of == "customer"]
    return found if kind is None else [one for one in found if applies(one, kind)]


def applies(rule: Rule, kind: str) -> bool:
    """Tell whether customers of a kind have the fields a rule is about."""
    known = registry.current().definitions
    found = [known.get(f"customer.{name}") for name in names_in(rule)]
    return all(one is None or (one.suits(kind) and not one.archived) for one in found)


def breaks(rule: Rule, held: Mapping[str, Any]) -> bool:
    """Tell whether some facts break a rule."""
    return rules.broken(rule, held)


def broken(held: Mapping[str, Any], kind: str) -> list[Rule]:
    """Return the rules some facts break."""
    return [rule for rule in rules_for(kind) if breaks(rule, held)]


def judge(held: Mapping[str, Any], kind: str) -> list[Problem]:
    """Return what some facts break, in words."""
    return [Problem(rule.field, rule.level, rule.message) for rule in broken(held, kind)]


def judged_for(
    actor: Person,
    held: Mapping[str, Any],
    kind: str,
    changed: Collection[str] | None = None,
    *,
    untold: bool = True,
) -> list[Problem]:
    """Return what some facts break, in words and as far as `actor` may read them.

    A refusal stands only where the change has to do with it (`changed`; None: everything): nobody
    is kept from correcting a number because of a contradiction that was there before. A refusal
    about what `actor` may not read says just that, or nothing without `untold`.
    """
    found = []
    for rule in broken(held, kind):
        stops = rule.level == REFUSAL and (changed is None or touches(rule, changed))
        level = rule.level if stops or rule.level != REFUSAL else WARNING
        if readable(actor, rule):
            found.append(Problem(rule.field, level, rule.message))
        elif stops and untold:
            field = rule.field if level_of(actor, "customer", rule.field) >= Level.READ else ""
            found.append(Problem(field, level, _UNTOLD))
    return found


def refuse_or_warn(
    *,
    actor: Person,
    now: datetime,
    customer: Customer,
    changed: Collection[str] | None = None,
) -> list[dict[str, str]]:
    """Return the warnings for a customer as its attributes are; before it is saved.

    `changed` names the fields somebody is writing; None stands for a new customer. Raises Invalid,
    naming the field, where a rule does not let this be saved.
    """
    found = judged_for(actor, facts_of(customer, now), customer.kind, changed)
    refused = [(one.field, one.message) for one in found if one.level == REFUSAL]
    if refused:
        raise Invalid(refused)
    return [one._asdict() for one in found]


def warnings(actor: Person, customer: Customer, now: datetime) -> list[dict[str, str]]:
    """Return what a stored customer breaks, for the page that shows it."""
    found = judged_for(actor, facts_of(customer, now), customer.kind, changed=())
    return [one._asdict() for one in found]
