"""Dates as people type them, read exactly or refused with a remedy."""

from __future__ import annotations

import calendar
import math
import re
from datetime import date, datetime, timedelta

from zhike.base import clock
from zhike.base.text import normalise
from zhike.fields.checks.failure import CheckFailed

_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_SERIAL_ZERO = date(1899, 12, 30)  # day 0 of Excel from March 1900 on
_SERIALS = range(20_000, 80_000)  # 1954 … 2119: smaller numbers are no dates of customers

_DATE = re.compile(
    r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?(?:\s*\(?(?:周|星期).\)?)?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TIME = re.compile(
    r"[T ]?\s*(?:[上下]午)?\s*\d{1,2}[:时点]\d{0,2}分?(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$"
)
_DASHES = re.compile(r"[‐-―−－]")
_BAD_DATE = "日期看不懂，请写成 2024-05-30 的形式"


def parse_date(value: str | float | date | datetime, *, allow_serial: bool = True) -> date:
    """2024.5.30, 2024年5月30日, 20240530, 2024/5/3, with a time behind it, or an Excel serial.

    An aware datetime gives its Shanghai day. Raises CheckFailed.
    """
    if isinstance(value, datetime):
        return _within(clock.day_of(value) if value.tzinfo else value.date())
    if isinstance(value, date):
        return _within(value)
    if isinstance(value, (int, float)):
        return _from_number(value, allow_serial)
    plain = _DASHES.sub("-", normalise(value))
    if not plain:
        raise CheckFailed("请填写日期", reason="empty")
    if re.fullmatch(r"\d+(?:\.\d+)?", plain) and not re.fullmatch(r"\d{4}\.\d{1,2}", plain):
        return _from_number(float(plain), allow_serial)
    found = _DATE.fullmatch(_TIME.sub("", plain))
    if not found:
        raise CheckFailed(_hint(plain))
    return _from_parts(found[1], found[2], found[3])


def _hint(plain: str) -> str:
    if re.fullmatch(r"\d{1,2}\s*[-./月]\s*\d{1,2}\s*[日号]?", plain):
        return "日期缺少年份，请写成 2024-05-30 的形式"
    if re.fullmatch(r"\d{2}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}\s*[日号]?", plain):
        return "年份请写四位，如 2024-05-30"
    if re.match(r"\d{4}\s*[-./年]\s*\d{1,2}(?!\s*[-./月]?\s*\d)", plain):
        return "日期不够具体，请写到日，如 2024-05-30"
    return _BAD_DATE


def _from_number(value: float, allow_serial: bool) -> date:
    if isinstance(value, bool) or not math.isfinite(value):
        raise CheckFailed(_BAD_DATE)
    whole = int(value)
    if value == whole and (found := _COMPACT.fullmatch(str(whole))):
        return _from_parts(found[1], found[2], found[3])
    if allow_serial and whole in _SERIALS:
        return _SERIAL_ZERO + timedelta(days=whole)
    raise CheckFailed(_BAD_DATE)


def _from_parts(year: str, month: str, day: str) -> date:
    try:
        return _within(date(int(year), int(month), int(day)))
    except ValueError as error:
        if isinstance(error, CheckFailed):
            raise
        raise CheckFailed(f"没有 {year} 年 {int(month)} 月 {int(day)} 日这一天，请核对") from None


def _within(day: date) -> date:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise CheckFailed(f"年份应在 {_FIRST_YEAR}–{_LAST_YEAR} 之间，请核对")
    return day


_VAGUE_MONTH = re.compile(
    r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*月?(?:份)?\s*(初|上旬|中旬|中|下旬|底|末|前)?"
)
_VAGUE_YEAR = re.compile(r"(\d{4})\s*年?\s*(初|上半年|年中|中|下半年|年?底|年?末|内|前)?")
_VAGUE_QUARTER = re.compile(
    r"(\d{4})\s*年?\s*(?:第?([一二三四1-4])季度|Q([1-4]))(?:末|底|内)?", re.IGNORECASE
)
_DAY_IN_MONTH = {"初": 5, "上旬": 10, "中旬": 20, "中": 15}
_DAY_IN_YEAR = {"初": (1, 31), "上半年": (6, 30), "年中": (6, 30), "中": (6, 30)}


def parse_vague_date(value: str | float | date | datetime) -> tuple[date, str]:
    """A date and, where it is only a latest day that was meant, the words: 2023年11月底 → 11-30.

    The words are "" for an exact date. Raises CheckFailed.
    """
    try:
        return parse_date(value), ""
    except CheckFailed as failed:
        if not isinstance(value, str):
            raise
        plain = normalise(value)
        day = _vague(plain)
        if day is None:
            raise failed from None
        return _within(day), plain


def _vague(plain: str) -> date | None:
    found = _VAGUE_MONTH.fullmatch(plain)
    if found and 1 <= int(found[2]) <= 12:
        year, month = int(found[1]), int(found[2])
        if not _FIRST_YEAR <= year <= _LAST_YEAR:
            return None
        last = calendar.monthrange(year, month)[1]
        return date(year, month, _DAY_IN_MONTH.get(found[3] or "", last))
    found = _VAGUE_QUARTER.fullmatch(plain)
    if found and _FIRST_YEAR <= int(found[1]) <= _LAST_YEAR:
        quarter = "一二三四".find(found[2] or "-") + 1 or int(found[3] or found[2])
        return date(int(found[1]), quarter * 3, 30 if quarter in (2, 3) else 31)
    found = _VAGUE_YEAR.fullmatch(plain)
    if found and _FIRST_YEAR <= int(found[1]) <= _LAST_YEAR:
        month, day = _DAY_IN_YEAR.get(found[2] or "", (12, 31))
        return date(int(found[1]), month, day)
    return None


_RANGE = re.compile(r"\s*(?:至|到|~|～|—+|–|--)\s*|\s+-\s+")


def parse_date_range(value: str) -> tuple[date, date]:
    """2024-01-01至2025-12-31: first and last day. Raises CheckFailed."""
    plain = normalise(value)
    if not plain:
        raise CheckFailed("请填写起止日期", reason="empty")
    parts = _RANGE.split(plain)
    if len(parts) == 1 and plain.count("/") == 4:  # 2024/1/1-2025/12/31
        parts = plain.split("-")
    if len(parts) != 2:
        raise CheckFailed("请写明起止日期，如 2024-01-01至2025-12-31")
    first, last = parse_date(parts[0], allow_serial=False), parse_date(parts[1], allow_serial=False)
    if last < first:
        raise CheckFailed("结束日期早于开始日期，请核对")
    return first, last
