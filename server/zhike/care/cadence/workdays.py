"""On which days one may plan: working days, in years whose holidays nobody announced, too.

A year the State Council has not announced counts weekends and the statutory days; the moved working
days of such a year cannot be known. The days are those of 全国年节及纪念日放假办法, as of 2024:
元旦 1, 春节 4 from 除夕 on, 清明 1, 劳动节 2, 端午 1, 中秋 1, 国庆 3.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from zhike.base import workdays
from zhike.care.understanding import almanac

_ONE = timedelta(days=1)
_STATUTORY = (
    ("元旦", 0, 1),
    ("春节", -1, 4),
    ("清明", 0, 1),
    ("劳动节", 0, 2),
    ("端午", 0, 1),
    ("中秋", 0, 1),
    ("国庆", 0, 3),
)


@lru_cache(maxsize=256)
def statutory(year: int) -> dict[date, str]:
    """Return the statutory holidays of a year; without the lunar ones beyond the almanac (2100)."""
    found: dict[date, str] = {}
    for name, first, days in _STATUTORY:
        day = almanac.festival(name, year)
        if day is not None:
            found |= {day + _ONE * (first + number): name for number in range(days)}
    return found


def is_workday(day: date) -> bool:
    """Tell whether people work that day, as far as one can know."""
    if workdays.published(day.year):
        return workdays.is_workday(day)
    return day.weekday() < 5 and day not in statutory(day.year)


def announced_until(today: date) -> int:
    """Return the last year, next year at most, whose holidays were announced."""
    year = today.year + 1
    while not workdays.published(year):
        year -= 1
    return year


def why_not(day: date) -> str:
    """Return why nobody works on a day: 周六, 国庆节."""
    known = workdays.published(day.year)
    held = workdays.label(day) if known else statutory(day.year).get(day)
    return held or ("周六" if day.weekday() == 5 else "周日")


class NamedDay(NamedTuple):
    """A day that is not as its weekday says: a holiday, or a weekend people work on."""

    on: date
    works: bool
    name: str


class WorkYear(NamedTuple):
    """A year's unusual days, in order; only an announced year knows the moved working days."""

    year: int
    announced: bool
    days: list[NamedDay]


def year_of(year: int) -> WorkYear:
    """Return the holidays of a year and its moved working days."""
    announced = workdays.published(year)
    names = workdays.label if announced else statutory(year).get
    days = (date(year, 1, 1) + _ONE * number for number in range(366))
    named = ((day, names(day)) for day in days if day.year == year)
    return WorkYear(
        year, announced, [NamedDay(day, is_workday(day), name) for day, name in named if name]
    )
