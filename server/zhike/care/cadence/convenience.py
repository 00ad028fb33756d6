"""When somebody likes to be contacted, read from what was noted: 工作日下午, 周三上午十点后."""

from __future__ import annotations

import re
from datetime import time
from functools import lru_cache
from typing import NamedTuple

from zhike.care.understanding import clocks
from zhike.care.understanding.folding import fold

_WORKING = frozenset(range(5))
_WEEK = "(?:周|星期|礼拜)"
_NUMBER = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_RANGE = re.compile(rf"{_WEEK}([一二三四五六])(?:到|至|-|~){_WEEK}?([二三四五六日天])")
_DAYS = re.compile(
    rf"{_WEEK}([一二三四五六日天](?:[、,，和及或/ ]?[一二三四五六日天](?![点个分]))*)"
)
_EXCEPT = re.compile(
    rf"(?:除了?|避开|不要|别在|非|不在)(?P<a>[^,，。；;]*?{_WEEK}[一二三四五六日天]"
    rf"(?:[、,，和及或/]?{_WEEK}?[一二三四五六日天])*)(?:上午|下午|早上|晚上|全天)?"
    rf"|(?P<b>{_WEEK}[一二三四五六日天](?:[、,，和及或/]?{_WEEK}?[一二三四五六日天])*)"
    "(?:上午|下午|全天|一般|都|通常)*(?:除外|以外|之外|不行|不便|不方便|没空|没时间|很忙|忙|开会|例会|勿扰)"
)
_BEFORE = re.compile(r"(?:点半?|时|[0-9]{2})(?:之前|以前|前)")
_LATER = re.compile("(?:之后|以后|过后|后)(?!天|日)")
_PARTS: tuple[tuple[tuple[str, ...], time], ...] = (
    (("中午", "午休", "午间"), time(12, 30)),
    (("下班后", "晚上", "傍晚", "晚间", "晚"), time(19)),
    (("下午", "午后"), time(14, 30)),
    (("上午", "早上", "早晨", "早"), time(10)),
)


class Convenience(NamedTuple):
    """The days of the week (Monday is 0) and the time of the day that suit; None is any.

    `open` is what was noted and could not be understood.
    """

    weekdays: frozenset[int] | None = None
    at: time | None = None
    open: bool = False

    @property
    def working(self) -> frozenset[int] | None:
        """The days of the week among Monday to Friday; None where that leaves none or all."""
        found = None if self.weekdays is None else self.weekdays & _WORKING
        return found if found and found != _WORKING else None


ANY = Convenience()


@lru_cache(maxsize=4096)
def read(noted: str) -> Convenience:
    """Read a note on when somebody likes to be contacted."""
    folded = fold(noted).strip()
    if not folded:
        return ANY
    without = {day for one in _EXCEPT.finditer(folded) for day in _named(one["a"] or one["b"])}
    rest = _EXCEPT.sub(" ", folded)
    days = _named(rest)
    if re.search("工作日|平日|平时|上班时间", rest):
        days |= _WORKING
    if re.search("周末|双休|休息日", rest):
        days |= {5, 6}
    if without:
        days = (days or set(range(7))) - without
    at = _time(rest)
    weekdays = frozenset(days) if days else None
    return Convenience(weekdays, at, open=weekdays is None and at is None)


def _named(told: str) -> set[int]:
    found: set[int] = set()
    for first, last in _RANGE.findall(told):
        start, end = _NUMBER[first], _NUMBER[last]
        found |= set(range(start, end + 1)) if start <= end else set()
    for group in _DAYS.findall(_RANGE.sub(" ", told)):
        found |= {_NUMBER[letter] for letter in group if letter in _NUMBER}
    return found


def _time(told: str) -> time | None:
    if not _BEFORE.search(told):
        for one in clocks.find(_LATER.sub("", told)):
            if one.at:
                hour, minute = one.at.split(":")
                return time(int(hour), int(minute))
    for words, at in _PARTS:
        if any(word in told for word in words):
            return at
    return None
