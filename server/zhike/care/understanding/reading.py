"""A sentence read: every value found, with the place in the typed text where it stands.

Source of the conventions: requirement R23 and server/tests/care/sentences/README.md. Nothing here
saves anything; the person looks at what was understood first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date as Day
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from zhike.care.understanding import amounts as money
from zhike.care.understanding import (
    answers,
    clocks,
    matters,
    parts,
    people,
    planning,
    promises,
    times,
    ways,
)
from zhike.care.understanding.folding import MOST, Clause, clauses, fold
from zhike.care.understanding.people import Known

__all__ = ["MOST", "Known", "Reading", "Span", "Todo", "understand"]


class Span(NamedTuple):
    """A place in the typed text in characters (code points), and which field it filled."""

    field: str
    start: int
    end: int


class Todo(NamedTuple):
    """Something promised besides the next contact; `who` is a colleague, None oneself."""

    title: str
    due: Day | None
    who: str | None


class Budget(NamedTuple):
    """Yuan; None where an end is open."""

    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sentence says. Dates are days in Shanghai, `next_time` is HH:MM, amounts are yuan."""

    text: str
    date: Day | None
    way: str | None
    person: str | None
    contact_id: int | None
    next_date: Day | None
    next_time: str | None
    next_matter: str | None
    amounts: tuple[Decimal, ...]
    budget: Budget | None
    need: str | None
    response: str | None
    content: str
    todos: tuple[Todo, ...]
    vague: str | None
    questions: tuple[str, ...]
    spans: tuple[Span, ...]

    def as_json(self) -> dict[str, Any]:
        """The reading as plain values: the form that the command and the API answer with."""
        return {
            "date": self.date and self.date.isoformat(),
            "way": self.way,
            "person": self.person,
            "contact_id": self.contact_id,
            "next_date": self.next_date and self.next_date.isoformat(),
            "next_time": self.next_time,
            "next_matter": self.next_matter,
            "amounts": [_plain(one) for one in self.amounts],
            "budget": self.budget and [end if end is None else _plain(end) for end in self.budget],
            "need": self.need,
            "response": self.response,
            "content": self.content,
            "todos": [
                {"title": one.title, "due": one.due and one.due.isoformat(), "who": one.who}
                for one in self.todos
            ],
            "vague": self.vague,
            "questions": list(self.questions),
            "spans": [one._asdict() for one in self.spans],
        }


def _plain(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)


class _Found(NamedTuple):
    """What was found in one sentence, before it is spelled out."""

    days: planning.Days
    person: people.Found | None
    way: ways.Way | None
    amounts: list[money.Amount]
    budget: money.Budget | None
    need: parts.Piece | None
    response: answers.Answer | None
    matter: parts.Piece | None
    todos: list[promises.Todo]


def understand(
    text: str,
    *,
    today: Day,
    now: datetime | None = None,
    contacts: Sequence[Known] = (),
    colleagues: Sequence[str] = (),
) -> Reading:
    """Read one line. Never raises for any text; only the first `MOST` characters are read.

    `now` (Shanghai time) settles “两小时后”; `contacts` are the customer's, `colleagues` names of
    our own people, who are never taken for the customer's.
    """
    folded = fold(text)
    found = _found(folded, today, contacts, colleagues)
    reading = _spelled(text, found, contacts, today)
    if now is None or reading.next_date is None or found.days.following is None:
        return reading
    return _by_the_hour(reading, found.days.following, folded, now)


def _found(folded: str, today: Day, contacts: Sequence[Known], colleagues: Sequence[str]) -> _Found:
    sentence = clauses(folded) or [Clause(0, len(folded))]
    mentions = times.find(folded, today)
    hours = clocks.find(folded)
    everyone = people.find(folded, contacts, colleagues)
    delegated = promises.delegations(folded, everyone, sentence)
    planned_at = planning.planned_at(mentions, sentence, hours, folded, today)
    found_ways = ways.find(folded, sentence, planned_at)
    days = planning.choose(
        mentions,
        hours,
        sentence,
        folded,
        today,
        ways_at=[one.start for one in found_ways if one.done],
        delegated=[
            (promises.asked_from(folded, who, sentence), rest.end) for who, rest in delegated
        ],
    )
    taken = [(one.start, one.end) for one in mentions if not one.vague]
    taken += [(one.start, one.end) for one in hours]
    amounts = money.find(folded, taken)
    person = people.main_person(everyone, folded)
    way = ways.choose(found_ways, sentence, days.contact.start if days.contact else None, folded)
    aim = days.following or days.vague
    return _Found(
        days,
        person,
        way,
        [one for one in amounts if not one.rival],
        money.budget(folded, amounts),
        parts.need(folded),
        answers.response(folded, sentence, planned_at),
        matters.matter(folded, aim, mentions, hours, sentence) if aim else None,
        promises.todos(folded, delegated, mentions, sentence, days.following),
    )


def _spelled(text: str, found: _Found, contacts: Sequence[Known], today: Day) -> Reading:
    spans: list[Span] = []

    def said(field: str, piece: Any) -> str | None:
        if piece is None:
            return None
        spans.append(Span(field, piece.start, piece.end))
        return text[piece.start : piece.end]

    days = found.days
    said("date", days.contact)
    said("way", found.way)
    person = said("person", found.person)
    said("next_date", days.following)
    said("next_time", days.clock)
    matter = said("next_matter", found.matter)
    for amount in found.amounts:
        said("amounts", amount)
    said("budget", found.budget)
    need = said("need", found.need)
    said("response", found.response)
    vague = said("vague", days.vague)
    todos = []
    for one in found.todos:
        title = said("todos", one) or ""
        todos.append(Todo(title, one.due, text[one.who.start : one.who.end] if one.who else None))
    values: dict[Decimal, None] = {}
    for amount in found.amounts:
        values |= {amount.low: None, amount.high: None}
    return Reading(
        text=text,
        date=days.contact_on,
        way=found.way.way if found.way else None,
        person=person,
        contact_id=people.contact_of(found.person, person or "", contacts)
        if found.person
        else None,
        next_date=days.following_on,
        next_time=days.clock.at if days.clock else None,
        next_matter=matter,
        amounts=tuple(values),
        budget=Budget(found.budget.low, found.budget.high) if found.budget else None,
        need=need,
        response=found.response.value if found.response else None,
        content=text[:MOST].strip(),
        todos=tuple(todos),
        vague=vague,
        questions=(f"“{vague}”具体是哪天？",) if vague else (),
        spans=tuple(sorted(spans, key=lambda one: (one.start, one.end))),
    )


def _by_the_hour(reading: Reading, mention: Any, folded: str, now: datetime) -> Reading:
    """“两小时后” said late in the evening is tomorrow."""
    hours = times.hours_ahead(folded[mention.start : mention.end])
    if hours is None or hours >= 24:
        return reading
    moment = now + timedelta(hours=hours)
    return replace(reading, next_date=moment.date(), next_time=f"{moment:%H:%M}")
