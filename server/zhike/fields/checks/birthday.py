"""Birthdays as people type them: of the sun or of the moon, with the year or without.

Stored: `1990-05-20`, `--05-20` without the year; of the lunar calendar `L1990-04-26`, `L--04-26`,
and `L1990-05R-26` for a leap month. Source of the lunar calendar: GB/T 33661-2017, by tyme4py.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from tyme4py.lunar import LunarDay, LunarMonth, LunarYear

from zhike.base import clock
from zhike.base.text import normalise
from zhike.fields.checks.dates import parse_date
from zhike.fields.checks.failure import CheckFailed

FIRST_YEAR = 1900
_STORED = re.compile(r"(L?)(\d{4}-|--)(\d{2})(R?)-(\d{2})", re.IGNORECASE)
_SOLAR_WORD = re.compile(r"^(?:公历|阳历|新历|国历)\s*")
_LUNAR_WORD = re.compile(r"^(?:农历|阴历|旧历|夏历|农|阴)\s*")
_NO_YEAR = re.compile(r"(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?")
_LUNAR = re.compile(
    r"(?:([\d〇零一二三四五六七八九]{4})\s*[年\-./]\s*)?(闰?)\s*(\d{1,2}|[正一二三四五六七八九十冬腊]{1,2})"
    r"\s*[月\-./]\s*(\d{1,2}|[初一二三四五六七八九十廿卅]{1,3})\s*[日号]?"
)
_SOUNDS_LUNAR = re.compile(r"[初廿卅闰腊]|正月|冬月")
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_MONTHS = ("正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "冬", "腊")
_NUMBERS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")
_DAYS = (
    *(f"初{number}" for number in _NUMBERS),
    *(f"十{number}" for number in _NUMBERS[:9]),
    "二十",
    *(f"廿{number}" for number in _NUMBERS[:9]),
    "三十",
)
_MONTH_OF = {name: place for place, name in enumerate(_MONTHS, 1)} | {
    "一": 1,
    "十一": 11,
    "十二": 12,
}
_DAY_OF = (
    {name: place for place, name in enumerate(_DAYS, 1)}
    | {name: place for place, name in enumerate(_NUMBERS, 1)}
    | {f"二十{number}": 20 + place for place, number in enumerate(_NUMBERS[:9], 1)}
    | {"廿": 20, "卅": 30}
)
_UNREADABLE = "生日看不懂，请写成 1990-05-20、5月20日 或 农历四月廿六 的形式"
_WRONG_YEAR = f"出生年份应在 {FIRST_YEAR} 年到今年之间，请核对"


class Birthday(NamedTuple):
    """A birthday taken apart; `year` is None where nobody knows it."""

    lunar: bool
    year: int | None
    month: int
    leap: bool
    day: int

    @property
    def stored(self) -> str:
        """The form the database keeps."""
        year = "-" if self.year is None else f"{self.year:04}"
        mark, leap = "L" if self.lunar else "", "R" if self.leap else ""
        return f"{mark}{year}-{self.month:02}{leap}-{self.day:02}"


def check_birthday(text: str | date | datetime, *, today: date | None = None) -> str:
    """Return the stored form of what somebody typed: 1990年5月20日, 5-20, 农历四月廿六 …

    Raises CheckFailed, also for a day after `today` (by default of Shanghai) or before 1900.
    """
    if isinstance(text, date):  # a datetime is one, too
        day = parse_date(text)
        found = Birthday(False, day.year, day.month, False, day.day)
    else:
        plain = normalise(text)
        if not plain:
            raise CheckFailed("请填写生日", reason="empty")
        found = _read(plain)
    _exists(found)
    _in_time(found, today or clock.today())
    return found.stored


def read(stored: str) -> Birthday:
    """Take a stored birthday apart. Raises ValueError for what `check_birthday` never made."""
    found = _STORED.fullmatch(stored)
    if found is None:
        raise ValueError("not a stored birthday")
    year = None if found[2] == "--" else int(found[2][:4])
    return Birthday(bool(found[1]), year, int(found[3]), bool(found[4]), int(found[5]))


def show(stored: str) -> str:
    """Return a stored birthday as people write it: 1990年5月20日, 农历四月廿六; "" of none."""
    if not stored:
        return ""
    one = read(stored)
    year = "" if one.year is None else f"{one.year}年"
    if not one.lunar:
        return f"{year}{one.month}月{one.day}日"
    return f"农历{year}{'闰' if one.leap else ''}{_MONTHS[one.month - 1]}月{_DAYS[one.day - 1]}"


def next_on(stored: str, after: date) -> date:
    """Return the first day on which the birthday is kept, `after` itself or later.

    29 February is kept on the 28th in a common year. Of the moon: a leap month the year does not
    have gives way to the plain month, the 30th of a month of 29 days to the 29th.
    """
    one = read(stored)
    days = (_kept_in(one, year) for year in range(after.year - 1, after.year + 2))
    return min(day for day in days if day >= after)


def age_on(stored: str, day: date) -> int | None:
    """Return the completed years on a day, by the birthday's own calendar; None without year."""
    one = read(stored)
    if one.year is None:
        return None
    last = max(year for year in range(day.year - 2, day.year + 1) if _kept_in(one, year) <= day)
    return max(last - one.year, 0)


def _read(plain: str) -> Birthday:
    found = _STORED.fullmatch(plain)
    if found and (found[1] or not found[4]):
        return read(plain.upper())
    if _LUNAR_WORD.match(plain) or _SOUNDS_LUNAR.search(plain):
        return _read_lunar(_LUNAR_WORD.sub("", plain))
    plain = _SOLAR_WORD.sub("", plain)
    found = _NO_YEAR.fullmatch(plain)
    if found:
        return Birthday(False, None, int(found[1]), False, int(found[2]))
    if _LUNAR.fullmatch(plain) and not plain[0].isdigit():
        raise CheckFailed(f"请写明公历还是农历：5月20日 或 农历{plain[:20]}")
    if re.fullmatch(r"\d{4}年?", plain):
        raise CheckFailed("只有年份记不了生日，请补上月和日")
    try:
        day = parse_date(plain, allow_serial=False)
    except CheckFailed as failed:
        told = failed.message
        if "看不懂" in told:
            told = _UNREADABLE
        elif told.startswith("年份应在"):
            told = _WRONG_YEAR
        raise CheckFailed(told) from None
    return Birthday(False, day.year, day.month, False, day.day)


def _read_lunar(plain: str) -> Birthday:
    found = _LUNAR.fullmatch(plain)
    if not found:
        raise CheckFailed("农历生日看不懂，请写成 农历四月廿六 或 农历1990年四月廿六 的形式")
    month, day = _number(found[3], _MONTH_OF), _number(found[4], _DAY_OF)
    year = int(found[1].translate(_DIGITS)) if found[1] else None
    return Birthday(True, year, month, bool(found[2]), day)


def _number(word: str, names: dict[str, int]) -> int:
    return int(word) if word.isdigit() else names.get(word, 0)


def _exists(one: Birthday) -> None:
    """Raise CheckFailed for a month or a day the calendar does not have."""
    if not 1 <= one.month <= 12:
        raise CheckFailed("月份应在 1–12 之间，请核对")
    if one.year is not None and not FIRST_YEAR <= one.year <= 2100:
        raise CheckFailed(_WRONG_YEAR)
    if not one.lunar:
        last = calendar.monthrange(one.year or 2000, one.month)[1]
        if not 1 <= one.day <= last:
            year = f" {one.year} 年" if one.year else ""
            raise CheckFailed(f"没有{year} {one.month} 月 {one.day} 日这一天，请核对")
        return
    if one.leap and one.year is not None and leap_month(one.year) != one.month:
        raise CheckFailed(f"农历 {one.year} 年没有闰{_MONTHS[one.month - 1]}月，请核对")
    last = 30 if one.year is None else _length(one.year, one.month, one.leap)
    if not 1 <= one.day <= last:
        raise CheckFailed(f"农历这个月只有 {last} 天，请核对")


def _in_time(one: Birthday, today: date) -> None:
    if one.year is not None and _kept_in(one, one.year) > today:
        raise CheckFailed("生日在今天以后，请核对年份")


def _kept_in(one: Birthday, year: int) -> date:
    """The day on which a birthday is kept in a year of its own calendar."""
    if not one.lunar:
        return date(year, one.month, min(one.day, calendar.monthrange(year, one.month)[1]))
    leap = one.leap and leap_month(year) == one.month
    return _of_the_moon(year, one.month, leap, min(one.day, _length(year, one.month, leap)))


@lru_cache(512)
def leap_month(year: int) -> int:
    """Return which month of a lunar year comes twice; 0 for none."""
    return int(LunarYear.from_year(year).get_leap_month())


@lru_cache(4096)
def _length(year: int, month: int, leap: bool) -> int:
    return int(LunarMonth.from_ym(year, -month if leap else month).get_day_count())


@lru_cache(4096)
def _of_the_moon(year: int, month: int, leap: bool, day: int) -> date:
    found = LunarDay.from_ymd(year, -month if leap else month, day).get_solar_day()
    return date(found.get_year(), found.get_month(), found.get_day())
