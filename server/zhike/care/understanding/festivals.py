"""Days told by a festival or the lunar calendar: 春节后第一周, 除夕前, 农历腊月二十."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from zhike.care.understanding import almanac
from zhike.care.understanding.days import Mention, _year
from zhike.care.understanding.numbers import whole
from zhike.care.understanding.stretches import _AFTER, _BEFORE

_Match = re.Match[str]
_FESTIVAL = re.compile(
    "(?P<y>今年|明年|去年)?(?<![千百万零一二三四六七八九十])(?P<f>"
    + "|".join(sorted(almanac.NAMES, key=len, reverse=True))
    + ")(?:节|假期|长假|放假)?"
    rf"(?:(?P<first>(?:回来|{_AFTER}|上班|放完假|收假|完)+的?(?:上班)?第[一1](?:天|周|"
    rf"个工作日|个星期|个礼拜)(?:上班)?)"
    rf"|(?P<after>{_AFTER}|回来|结束|完)|(?P<before>{_BEFORE})|(?P<in>当天|那天|期间|"
    rf"当日|那日)?)(?![0-9])"
)
_FIRST_DAY = re.compile(
    "(?P<n>节后|年后|收假|放完假|过完年)(?:回来|上班)?的?第[一1](?:天|周|个工作日)(?:上班)?"
)
_LUNAR = re.compile(
    "(?:(?P<lead>农历|阴历|旧历|(?:过完)?年后的?|节后|大年|过完年|"
    "春节后)的?)?(?P<y>今年|明年|去年)?的?"
    "(?:(?P<m>正|腊|冬|闰?(?:十[一二]?|[一二三四五六七八九]))月)?"
    "(?P<d>初[一二三四五六七八九十]|十[一二三四五六七八九]|[廿二]十?[一二三四五六七八九十]|三十)"
    f"(?P<s>{_BEFORE}|{_AFTER})?"
)
_YEAR_END = re.compile(
    rf"(?<![0-9一二两三四五六七八九十半今明去后前来多本几])(?:过?年|节){_BEFORE}"
)


def _festival(found: _Match, today: date) -> Mention | None:
    name, told = found["f"], _year(found["y"], today)
    if name in ("十一", "618", "新年") and not (
        found["after"] or found["before"] or found["first"] or found["in"]
    ):
        return None
    if name == "过年" and not (found["first"] or found["before"] or found["in"]):
        return None
    if found["after"]:
        return Mention(found.start(), found.end(), lean="future", vague=True)
    years = (told,) if told else (today.year - 1, today.year, today.year + 1)
    days = [day for year in years if (day := almanac.festival(name, year))]
    past = max((day for day in days if day <= today), default=None)
    # The holiday may have begun: its end is still ahead a week after the day itself.
    wide = timedelta(days=7 if found["first"] else 0)
    future = min((day for day in days if day >= today - wide), default=None)
    if found["first"] and future:
        day = almanac.first_workday_after(name, future)
        return Mention(found.start(), found.end(), None, day, "future")
    if found["before"]:
        day_before = future - timedelta(days=1) if future and future > today else future
        return Mention(found.start(), found.end(), None, day_before, before=True)
    return Mention(found.start(), found.end(), past, future)


def _first_day(found: _Match, today: date) -> Mention | None:
    names = (
        ("春节",)
        if "年" in found["n"]
        else ("春节", "清明", "五一", "端午", "中秋", "国庆", "元旦")
    )
    years = (today.year, today.year + 1)
    week = timedelta(days=7)
    coming = [
        (day, name)
        for name in names
        for year in years
        if (day := almanac.festival(name, year)) and day >= today - week
    ]
    ahead = [almanac.first_workday_after(name, day) for day, name in sorted(coming)]
    day = next((day for day in ahead if day > today), None)
    return Mention(found.start(), found.end(), None, day, "future") if day else None


def _lunar(found: _Match, today: date) -> Mention | None:
    month, lead = found["m"], found["lead"]
    if month not in ("正", "腊", "冬") and not lead:
        return None
    if not month and not (lead and found["d"].startswith("初")):
        return None
    number = (
        {"正": 1, "冬": 11, "腊": 12}.get(month or "正") or whole((month or "").lstrip("闰")) or 1
    )
    told = (
        found["d"]
        .removeprefix("初")
        .replace("廿十", "廿")
        .replace("廿", "二十")
        .replace("二十十", "二十")
    )
    day_number = whole(told if told != "二十" else "二十") or 1
    if found["s"] and found["s"].endswith("后"):
        return Mention(found.start(), found.end(), lean="future", vague=True)
    years = range(today.year - 2, today.year + 2)
    days = [day for year in years if (day := almanac.lunar(year, number, day_number))]
    past = max((day for day in days if day <= today), default=None)
    future = min((day for day in days if day >= today), default=None)
    return Mention(found.start(), found.end(), past, future, before=bool(found["s"]))


def _year_end(found: _Match, today: date) -> Mention | None:
    if found[0].startswith("节"):
        return Mention(found.start(), found.end(), lean="future", vague=True)
    days = [day for year in (today.year, today.year + 1) if (day := almanac.festival("除夕", year))]
    future = next((day for day in days if day >= today), None)
    return Mention(found.start(), found.end(), None, future, before=True)


RULES: tuple[tuple[re.Pattern[str], Callable[[_Match, date], Mention | None]], ...] = (
    (_FESTIVAL, _festival),
    (_FIRST_DAY, _first_day),
    (_LUNAR, _lunar),
    (_YEAR_END, _year_end),
)
