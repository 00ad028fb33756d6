"""The next day to contact a customer, and why that day (R26).

Last contact + interval, moved on to a day people work, the contact is free, and the month has room
(R27). Each step only ever moves a day forward to the next that suits, so a later contact never
leads to an earlier plan.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, time, timedelta
from typing import NamedTuple

from zhike.base import clock
from zhike.base import workdays as announcements
from zhike.care.cadence import guard, rules, ways, workdays
from zhike.care.cadence.convenience import ANY, Convenience
from zhike.care.cadence.guard import Contacts
from zhike.care.cadence.rules import Standing
from zhike.care.models import CadenceRule
from zhike.customers.models import Customer

_ONE = timedelta(days=1)
_LONGEST = 200  # characters a task keeps of its why
NO_RULE = "没有适合这位客户的跟进频率，请自行约定。"
_ASLEEP = {
    "paused": "这位客户暂停跟进，到了再看的日期再安排。",
    "archived": "这位客户已归档，不再安排跟进。",
}


class Suggestion(NamedTuple):
    """The next contact by rule; without a rule no day, only why there is none."""

    on: date | None
    why: str
    way: str = ""
    matter: str = ""
    rule: CadenceRule | None = None
    announced: bool = True
    at: time | None = None


class Case(NamedTuple):
    """A customer as the calculation sees it. `since` is the day it was entered."""

    since: date
    last: date | None
    when: Convenience = ANY
    liked: str = ""  # the way the contact likes


class Day(NamedTuple):
    """A day found, what moved it there, and whether its year's holidays are known."""

    on: date
    steps: tuple[str, ...]
    announced: bool


def suggest(
    standing: Standing,
    customer: Customer,
    *,
    today: date,
    contacts: Contacts,
    after: date | None = None,
    leaving: Collection[int] = (),
    hear: Callable[[], tuple[Convenience, str]] = lambda: (ANY, ""),
    track: str = CadenceRule.Track.FOLLOW_UP,
) -> Suggestion:
    """Return the next contact with a customer by the rule it meets.

    `after` is the day of a contact about to be logged; plans in `leaving` give way to this one.
    `hear` tells when and how the contact likes to be contacted.
    """
    if customer.life in _ASLEEP:
        return Suggestion(None, _ASLEEP[customer.life])
    rule = standing.fitting(rules.facts_of_customer(standing, customer, today), track)
    if rule is None:
        return Suggestion(None, NO_RULE)
    last = max((one for one in (customer.last_follow_up_on, after) if one), default=None)
    case = Case(clock.day_of(customer.created_at), last, *hear())
    return by_rule(
        rule,
        case,
        today=today,
        room=lambda day: guard.room(standing.care, customer.tier, contacts, day, leaving),
    )


def by_rule(
    rule: CadenceRule, case: Case, *, today: date, room: Callable[[date], bool]
) -> Suggestion:
    """Return the next contact a rule asks for; pure. `room` tells of the month of a day."""
    due, basis = _due(rule, case, today)
    found = settle(due, today=today, when=case.when, room=room)
    sentence = f"{'，'.join((basis, *found.steps))}。"
    return Suggestion(
        found.on,
        sentence[:_LONGEST],
        ways.suggested(rule.ways, rule.matter, case.liked),
        rule.matter,
        rule,
        found.announced,
        case.when.at,
    )


def due_on(rule: CadenceRule, case: Case) -> date:
    """Return the day a rule asks for, before anything moves it."""
    if case.last is not None:
        return rules.after(rule, case.last)
    if rule.first_within is not None:
        return case.since + timedelta(days=rule.first_within)
    return rules.after(rule, case.since)


def _due(rule: CadenceRule, case: Case, today: date) -> tuple[date, str]:
    due, called = due_on(rule, case), rules.name_told(rule)
    if case.last is not None:
        return due, f"上次联系是{said(case.last, today)}，按{called}应在{said(due, today)}"
    if rule.first_within is not None:
        within = f"录入后 {rule.first_within} 天内要有首次跟进"
        return due, f"还没跟进过，按{called}{within}，即{said(due, today)}前"
    return due, f"还没跟进过，{said(case.since, today)}录入，按{called}应在{said(due, today)}"


def settle(due: date, *, today: date, when: Convenience, room: Callable[[date], bool]) -> Day:
    """Return the first day from `due` on, and not before today, that suits in every respect."""
    steps: list[str] = []
    day = due
    if day < today:
        day = today
        steps.append(f"已经过了，从{said(today, today)}算起")
    day = _suiting(day, when, steps, today)
    full = day
    while not room(day):
        day = _suiting(guard.next_month(day), when, None, today)
    if day != full:
        steps.append(f"{_month(full, today)}联系次数已满，挪到{said(day, today)}")
    if when.working is not None:
        steps.append(f"{clock.weekday_name(day)}联系人方便")
    elif when.open:
        steps.append("联系人另写了方便的时间，请留意")
    announced = announcements.published(day.year)
    if not announced:
        steps.append(f"{day.year} 年放假安排还没公布，按周末和法定节日推算")
    return Day(day, tuple(steps), announced)


def _suiting(day: date, when: Convenience, steps: list[str] | None, today: date) -> date:
    """The first working day from `day` on, on a day of the week that suits the contact."""
    first = day
    while not workdays.is_workday(day):
        day += _ONE
    if steps is not None and day != first:
        which = said(first, today) if steps else "那天"  # which has just been said
        steps.append(f"{which}是{workdays.why_not(first)}，顺延到{said(day, today)}")
    if when.working is not None:
        moved = day
        while day.weekday() not in when.working or not workdays.is_workday(day):
            day += _ONE
        if steps is not None and day != moved:
            steps.append(f"顺延到{said(day, today)}")
    return day


def said(day: date, today: date) -> str:
    """Return a day as one says it: 12月2日（周三）, with the year where it is another.

    Never 今天: what is said is kept with the plan and read on other days.
    """
    year = "" if day.year == today.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日（{clock.weekday_name(day)}）"


def _month(day: date, today: date) -> str:
    return f"{'' if day.year == today.year else f'{day.year}年'}{day.month} 月"
