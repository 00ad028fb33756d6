"""Asked before anything is planned: when to contact a customer next, and how often one did."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from zhike.access.models import Person
from zhike.base.errors import Invalid
from zhike.care.cadence import ways
from zhike.care.cadence.course import Course, course_of
from zhike.care.cadence.dates import Suggestion
from zhike.care.cadence.guard import Guard
from zhike.care.dates import FIRST_YEAR, LAST_YEAR
from zhike.customers import queries


class NextContact(NamedTuple):
    """The next contact by rule, how its month stands, and the day people had agreed on instead."""

    suggested: Suggestion
    guard: Guard
    agreed: date | None


def next_contact(
    actor: Person, customer_id: int, *, today: date, after: date | None, matter: str
) -> NextContact:
    """Return the next contact with a visible customer.

    `after` is the day of a contact about to be logged; the way follows the matter if one is given.
    """
    course = _course(actor, customer_id, today, after=after)
    if after is not None:
        if after > course.today:
            raise Invalid("after", "跟进时间在将来，请核对日期。")
        course.took_place(after)
    leaving = course.done_by(after or date.min, replaced=True)
    found = course.suggest(after=after, leaving=leaving)
    if matter:
        offered = found.rule.ways if found.rule else ()
        found = found._replace(matter=matter, way=ways.suggested(offered, matter) or found.way)
    held = course.weigh(found.on or course.today, leaving)
    return NextContact(found, held, course.agreed_after(after or course.today))


def guard_on(actor: Person, customer_id: int, *, today: date, on: date | None) -> Guard:
    """Return how the month of a day stands for a visible customer."""
    course = _course(actor, customer_id, today, on=on)
    return course.weigh(on or course.today)


def _course(actor: Person, customer_id: int, today: date, **asked: date | None) -> Course:
    """Return the course of a visible customer for a day, given by the name it was asked by."""
    ((name, day),) = asked.items()
    if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Invalid(name, "年份不对，请核对日期。")
    return course_of(actor, queries.one(actor, customer_id), today=today, since=day)
