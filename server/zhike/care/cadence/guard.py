"""Not too often (R27): the contacts of a calendar month against the limit of the customer's tier.

Contacts are follow-ups by their day, care entries, and what is planned still.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from zhike.base.errors import Conflict
from zhike.care.models import CareEntry, CareRules, FollowUp, Task
from zhike.care.understanding.days import shift


class Guard(NamedTuple):
    """How often a customer was contacted in a month, and whether once more is too often."""

    limit: int | None
    used: int
    planned: int
    over: bool
    told: str


class TooOften(Conflict):
    """One contact more would be beyond the limit; it may be, once the customer agreed."""

    code = "too_often"

    def __init__(self, found: Guard) -> None:
        title = f"{found.told}再联系就太频繁了，客户同意或事情要紧时，请确认后继续。"
        super().__init__(title, extra={"guard": found._asdict()})


class Plan(NamedTuple):
    """An open planned contact."""

    id: int
    on: date
    assignee: int | None
    rule: int | None
    is_visit: bool  # a return visit: a rhythm of its own, no plan of the next follow-up
    is_step: bool = False  # of a playbook, which goes on whatever else is planned


@dataclass
class Contacts:
    """The contacts of a customer since the first of a month, and all that is planned."""

    had: dict[date, int] = field(default_factory=dict)  # by day
    plans: list[Plan] = field(default_factory=list)

    def used(self, day: date) -> int:
        """Return how many contacts there were in the month of a day."""
        return sum(count for on, count in self.had.items() if _same_month(on, day))

    def planned(self, day: date, leaving: Collection[int] = ()) -> int:
        """Return how many are planned in the month of a day, but for the plans that go."""
        return sum(_same_month(one.on, day) and one.id not in leaving for one in self.plans)

    def follow_ups(self) -> list[Plan]:
        """Return the plans of the next follow-up."""
        return [one for one in self.plans if not one.is_visit]


def _same_month(one: date, other: date) -> bool:
    return (one.year, one.month) == (other.year, other.month)


def room(
    care: CareRules, tier: str, contacts: Contacts, day: date, leaving: Collection[int] = ()
) -> bool:
    """Tell whether one contact more may be planned in the month of a day."""
    limit = care.limit_for(tier)
    return limit is None or contacts.used(day) + contacts.planned(day, leaving) < limit


def weigh(
    care: CareRules,
    tier: str,
    contacts: Contacts,
    day: date,
    leaving: Collection[int] = (),
    *,
    to_log: bool = False,
) -> Guard:
    """Return how the month of a day stands; `over` tells that once more is too often.

    Something that took place (`to_log`) is weighed against what took place; a plan also against
    what else is planned.
    """
    limit = care.limit_for(tier)
    used, planned = contacts.used(day), contacts.planned(day, leaving)
    over = limit is not None and used + (0 if to_log else planned) >= limit
    told = f"{day.month} 月已联系 {used} 次"
    if planned and not to_log:
        told += f"，另外安排了 {planned} 次"
    told += "，联系次数不限。" if limit is None else f"，每月最多 {limit} 次。"
    return Guard(limit, used, planned, over, told)


def require_room(
    care: CareRules,
    tier: str,
    contacts: Contacts,
    day: date,
    leaving: Collection[int] = (),
    *,
    agreed: bool,
    to_log: bool = False,
) -> dict[str, Any]:
    """Raise TooOften where once more is beyond the limit and nobody agreed.

    Returns what the event keeps of an agreement: nothing where there was room.
    """
    found = weigh(care, tier, contacts, day, leaving, to_log=to_log)
    if not found.over:
        return {}
    if not agreed:
        raise TooOften(found)
    return {"agreed": True, "contacts": found.used, "limit": found.limit}


def first_of(day: date) -> date:
    """Return the first day of the month."""
    return day.replace(day=1)


def next_month(day: date) -> date:
    """Return the first day of the month after."""
    return shift(first_of(day), 1)


def contacts_of(customer_id: int, since: date) -> Contacts:
    """Return the contacts of a customer from the month of a day on; one statement."""
    return contacts_of_many([customer_id], since).get(customer_id, Contacts())


def contacts_of_many(customer_ids: Sequence[int], since: date) -> dict[int, Contacts]:
    """The same of many at once, by the customer's id; who has none is not in it."""
    if not customer_ids:
        return {}
    marks = ", ".join(["%s"] * len(customer_ids))
    return _contacts(f"IN ({marks})", customer_ids, since)


def contacts_of_planned(since: date) -> dict[int, Contacts]:
    """The same of everybody with whom a rule has planned something."""
    by_rule = f"SELECT customer_id FROM {_TASK} WHERE done_at IS NULL AND rule_id IS NOT NULL"
    return _contacts(f"IN ({by_rule})", (), since)


_TASK = Task._meta.db_table
_STATEMENT = f"""
SELECT customer_id, contacted_on, 0, 0, 0, 0 FROM {FollowUp._meta.db_table}
 WHERE customer_id {{which}} AND contacted_on >= %s AND deleted_at IS NULL
UNION ALL SELECT customer_id, "on", 0, 0, 0, 0 FROM {CareEntry._meta.db_table}
 WHERE customer_id {{which}} AND "on" >= %s AND deleted_at IS NULL
UNION ALL SELECT customer_id, due_on, id, COALESCE(assignee_id, 0),
 CASE WHEN kind = '{Task.FOLLOW_UP}' THEN COALESCE(rule_id, 0) ELSE -rule_id END,
 COALESCE(run_id, 0) FROM {_TASK}
 WHERE customer_id {{which}} AND done_at IS NULL
  AND (kind = '{Task.FOLLOW_UP}' OR rule_id IS NOT NULL)
"""


def _contacts(which: str, params: Iterable[Any], since: date) -> dict[int, Contacts]:
    given = [*params]
    start = connection.ops.adapt_datefield_value(first_of(since))
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT.format(which=which), [*given, start, *given, start, *given])
        rows = cursor.fetchall()
    found: dict[int, Contacts] = {}
    for customer, told, task, assignee, rule, run in rows:
        one = found.setdefault(customer, Contacts())
        # A union has no types on SQLite: a day comes as its text.
        day = told if isinstance(told, date) else date.fromisoformat(told)
        if task:
            one.plans.append(
                Plan(task, day, assignee or None, abs(rule) or None, rule < 0, bool(run))
            )
        else:
            one.had[day] = one.had.get(day, 0) + 1
    return found
