"""Which days of a customer matter, and when to tell of them: from the file alone (R28).

Nothing here asks the database. Days are days in Shanghai.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from zhike.care.understanding import times
from zhike.care.understanding.folding import fold
from zhike.fields.checks import birthday

CONTRACT_END, BIRTHDAY, ANNIVERSARY = "contract_end", "birthday", "anniversary"
EXPECTED_CLOSE, LOOK_AGAIN = "expected_close", "look_again"
# How many days before each its owner is told. Of a day to look again the task tells that was
# planned when the customer was paused: nobody is told twice.
AHEAD: Mapping[str, Sequence[int]] = {
    CONTRACT_END: (30,),
    BIRTHDAY: (7, 0),
    ANNIVERSARY: (7,),
    EXPECTED_CLOSE: (7,),
    LOOK_AGAIN: (),
}
# What a change of a file has to touch, for its days to be looked at again.
OF_CUSTOMER = frozenset(
    {
        *("birthday", "cooperation_since", "cooperation_until", "expected_close", "kind"),
        *("type", "deal_stage", "life", "look_again_on"),
    }
)
OF_CONTACT = frozenset({"birthday", "do_not_contact"})
_DECIDED = frozenset({"won", "after_sales", "lost"})
_MONTH = re.compile(r"(20\d\d)\s*[-/.]\s*(1[0-2]|0?[1-9])")
_YEAR = re.compile(r"^(农历)?\d{4}年")


class Facts(NamedTuple):
    """What of a living customer its days follow from."""

    id: int
    kind: str
    type: str
    deal_stage: str
    life: str
    birthday: str
    cooperation_since: date | None
    cooperation_until: date | None
    expected_close: str
    look_again_on: date | None


class Someone(NamedTuple):
    """A contact with a birthday."""

    id: int
    birthday: str


class Day(NamedTuple):
    """A day that matters: `told` says which one it is, e.g. 农历八月十五 or 合作满 3 年."""

    kind: str
    contact_id: int | None
    on: date
    told: str


def days_of(
    facts: Facts, contacts: Iterable[Someone], today: date, read: Mapping[str, date]
) -> list[Day]:
    """Return the days of a customer from today on, at most one of a kind for each contact.

    `read` holds, by its words, when an expected close was once read to be: 年底 means the end of
    the year in which it was written.
    """
    if facts.life == "archived":
        return []
    found = [*_contract(facts, today), *_birthdays(facts, contacts, today)]
    wanted = facts.expected_close.strip()
    if wanted and facts.deal_stage not in _DECIDED:
        on = read.get(wanted) or close_on(wanted, today)
        if on is not None:
            found.append(Day(EXPECTED_CLOSE, None, on, wanted))
    if facts.life == "paused" and facts.look_again_on and facts.look_again_on >= today:
        found.append(Day(LOOK_AGAIN, None, facts.look_again_on, ""))
    return found


def _contract(facts: Facts, today: date) -> Iterable[Day]:
    since, until = facts.cooperation_since, facts.cooperation_until
    if until is not None and until >= today:
        yield Day(CONTRACT_END, None, until, "")
    if since is None or since >= today or facts.type == "lost":
        return
    on = _of_year(since, today.year)
    on = on if on >= today else _of_year(since, today.year + 1)
    if on.year > since.year and (until is None or until >= on):
        yield Day(ANNIVERSARY, None, on, f"合作满 {on.year - since.year} 年")


def _birthdays(facts: Facts, contacts: Iterable[Someone], today: date) -> Iterable[Day]:
    own = facts.birthday if facts.kind == "person" else ""
    if own:
        yield from _birthday(own, None, today)
    for one in contacts:
        if one.birthday and one.birthday != own:  # of a person the contact is often the same one
            yield from _birthday(one.birthday, one.id, today)


def _birthday(stored: str, contact_id: int | None, today: date) -> Iterable[Day]:
    try:
        on = birthday.next_on(stored, today)
    except ValueError:  # kept by an import of before the check
        return
    yield Day(BIRTHDAY, contact_id, on, _YEAR.sub(r"\1", birthday.show(stored)))


def _of_year(day: date, year: int) -> date:
    return date(year, day.month, min(day.day, calendar.monthrange(year, day.month)[1]))


def close_on(words: str, today: date) -> date | None:
    """Return the day an expected close names: 2026年12月底, 2027-03; None where it is vague."""
    month = _MONTH.fullmatch(words)
    if month:
        return date(int(month[1]), int(month[2]), 1)
    days = [one.future for one in times.find(fold(words), today) if one.future and not one.vague]
    return days[0] if days else None


def first_reminder(kind: str, on: date, today: date) -> date | None:
    """Return when to tell of a day just learned of; at once, when its time has come already."""
    if on < today:
        return None
    ahead = [on - timedelta(days=days) for days in AHEAD[kind]]
    return min((day for day in ahead if day >= today), default=today if ahead else None)


def next_reminder(kind: str, on: date, told_on: date) -> date | None:
    """Return when to tell of a day again, after it was told of."""
    ahead = (on - timedelta(days=days) for days in AHEAD[kind])
    return min((day for day in ahead if day > told_on), default=None)
