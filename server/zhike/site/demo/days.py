"""Days of the made-up year: working days, festivals, and how people speak of a day."""

from __future__ import annotations

from datetime import date, timedelta

from tyme4py.lunar import LunarDay

from zhike.base import clock, workdays

_DAY = timedelta(days=1)
# Festivals somebody greets on: month and day of the lunar or the solar calendar.
_LUNAR = {"春节": (1, 1), "元宵": (1, 15), "端午": (5, 5), "中秋": (8, 15)}
_SOLAR = {"元旦": (1, 1), "妇女节": (3, 8), "医师节": (8, 19), "教师节": (9, 10), "国庆": (10, 1)}
_STATUTORY = frozenset({(1, 1), (5, 1), (5, 2), *((10, day) for day in range(1, 8))})


def open_on(day: date) -> bool:
    """Whether people work that day, as far as anybody can know.

    For a year whose holidays were not announced yet, the days every year has off are left out too.
    """
    if not workdays.is_workday(day):
        return False
    if workdays.published(day.year):
        return True
    if (day.month, day.day) in _STATUTORY:
        return False
    new_year = _solar(day.year, 1, 1)
    return not new_year - _DAY <= day <= new_year + 6 * _DAY


def _solar(year: int, month: int, day: int) -> date:
    found = LunarDay.from_ymd(year, month, day).get_solar_day()
    return date(found.get_year(), found.get_month(), found.get_day())


def later(day: date, count: int) -> date:
    """The working day `count` working days after a day."""
    for _ in range(count):
        day = _next(day + _DAY)
    return _next(day)


def _next(day: date) -> date:
    while not open_on(day):
        day += _DAY
    return day


def earlier(day: date, count: int = 1) -> date:
    """The working day `count` working days before a day."""
    for _ in range(count):
        day -= _DAY
        while not open_on(day):
            day -= _DAY
    return day


def festivals(start: date, end: date) -> list[tuple[str, date]]:
    """The festivals from one day to another, in order."""
    found = []
    for year in range(start.year - 1, end.year + 1):
        for name, (month, day) in _LUNAR.items():
            found.append((name, _solar(year, month, day)))
        found += [(name, date(year, month, day)) for name, (month, day) in _SOLAR.items()]
    return sorted((one for one in found if start <= one[1] <= end), key=lambda one: one[1])


def spoken(day: date, today: date) -> str:
    """How somebody writing on `today` speaks of a later day: 明天, 下周二, 12月3日."""
    ahead = (day - today).days
    if ahead in (1, 2):
        return ("明天", "后天")[ahead - 1]
    weeks = ((day - timedelta(days=day.weekday())) - (today - timedelta(days=today.weekday()))).days
    if ahead > 0 and weeks in (0, 7):
        return ("", "下")[weeks // 7] + clock.weekday_name(day)
    year = "" if day.year == today.year else "明年"
    return f"{year}{day.month}月{day.day}日"


def month_end(day: date, months: int) -> str:
    """2026年12月底, some months after a day."""
    month = day.month - 1 + months
    return f"{day.year + month // 12}年{month % 12 + 1}月底"
