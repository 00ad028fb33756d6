"""Chinese working days, with the holidays and moved working days the State Council announced.

The table comes from `chinesecalendar`. It ends with the last announced year; a later year counts
weekends only and says so (`published`), because moved working days cannot be computed.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

_NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}
_ONE_DAY = timedelta(days=1)


class _Announced(NamedTuple):
    off: dict[date, str]
    work: dict[date, str]
    years: frozenset[int]


@cache
def _announced() -> _Announced:
    # Imported late: only processes that plan dates need the table.
    from chinese_calendar import constants

    def names(source: dict[date, str]) -> dict[date, str]:
        return {day: _NAMES.get(name, name) for day, name in source.items()}

    off, work = names(constants.holidays), names(constants.workdays)
    return _Announced(off, work, frozenset(day.year for day in off))


def published(year: int) -> bool:
    """Whether the holidays of the year were announced; if not, answers rest on weekends alone."""
    return year in _announced().years


def is_workday(day: date) -> bool:
    """Whether people work that day."""
    table = _announced()
    if day in table.work:
        return True
    return day.weekday() < 5 and day not in table.off


def next_workday(day: date) -> date:
    """The day itself if people work then, otherwise the first working day after it."""
    while not is_workday(day):
        day += _ONE_DAY
    return day


def label(day: date) -> str | None:
    """What is special about the day: 春节, 春节调休上班, 未公布; None for an ordinary day."""
    table = _announced()
    if day in table.off:
        return table.off[day]
    if day in table.work:
        return f"{table.work[day]}调休上班"
    return None if day.year in table.years else "放假安排未公布"
