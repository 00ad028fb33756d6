"""Days told by a festival or the lunar calendar: 春节后第一周, 除夕前, 农历腊月二十."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from zhike.base import workdays
from zhike.care.understanding import almanac
from zhike.care.understanding.days import Mention, _year
from zhike.care.understanding.numbers import whole
from zhike.care.understanding.stretches import _AFTER, _BEFORE

_Match = re.Match[str]
_ONE = timedelta(days=1)
_FESTIVAL = re.compile(
    "(?P<over>过[完了]?)?(?P<y>今年|明年|去年)?(?<![千百万零一二三四六七八九十])(?P<f>"
    + "|".join(sorted(almanac.NAMES, key=len, reverse=True))
    + ")(?:节|假期|长假|放假)?"
    rf"(?:(?P<first>(?:回来|{_AFTER}|上班|放完假|收假|完)+的?(?:上班)?第[一1](?:天|周|"
    rf"个工作日|个星期|个礼拜)(?:上班)?)"
    rf"|(?P<nth>第[二三四五六七2-7]天)|(?P<eve>的?前一天|前夕|头一天|前的?最后一?(?:天|个工作日))|(?P<after>{_AFTER}|回来|结束|完)|(?P<before>{_BEFORE})|(?P<in>当天|那天|期间|"
    rf"当日|那日)?)(?![0-9]|的?(?:活动(?![上中])|预热|特惠|海报|主题|套房|方案|数据|大促|促销|复盘|礼[品盒包]|月饼|粽子?|福利|套餐|值班|备货|档期|旺季|订单|公园|路|广场|[大小]?街|大道|新村|店|商场|社区)|的(?!时候|前|当天|那天|第|期间|假期))"
)
_FIRST_DAY = re.compile(
    "(?P<n>节后|年后|(?:长|小长)?假期|放假|收假|放完假|过完年)(?:回来|上班)?的?第[一1](?:天|周|个工作日)(?:上班)?"
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
    if found["after"] or (found["over"] and not found["first"]):
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
    if found["eve"]:
        return _eve(found, past, future, today)
    if found["nth"]:
        later = timedelta(days=(whole(found["nth"][1]) or 1) - 1)
        return Mention(found.start(), found.end(), past and past + later, future and future + later)
    if found["before"]:
        day_before = future - _ONE if future and future > today else future
        return Mention(found.start(), found.end(), past and past - _ONE, day_before, before=True)
    off = found[0].endswith(("放假", "假期", "长假"))
    return Mention(found.start(), found.end(), past, future, coarse=off)


def _eve(found: _Match, past: date | None, future: date | None, today: date) -> Mention:
    """五一前一天; 国庆前最后一个工作日 steps back over days off."""

    def before(day: date | None) -> date | None:
        if day is None:
            return None
        day -= _ONE
        while found["eve"].endswith("工作日") and not workdays.is_workday(day):
            day -= _ONE
        return day

    eve = before(future)
    if eve is not None and eve <= today:
        return Mention(found.start(), found.end(), eve, eve if eve == today else None)
    return Mention(found.start(), found.end(), before(past), eve)


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


_NEW_YEAR = re.compile(
    "(?<![0-9最当起原月])(?P<d>初[四五六七八九十])(?=[，。\\s以之]|$|一?开[工门业市]|上班|营业|回来|前|后|就|才|早|"
    "[去来到给再约见打送发交定订签取提拿]|拜年|联系|[上下中]午)"
)


def _new_year(found: _Match, today: date) -> Mention | None:
    """初八 alone, said in the weeks before and at the new year."""
    number = whole(found["d"].removeprefix("初")) or 1
    for year in (today.year, today.year + 1):
        day = almanac.lunar(year, 1, number) if today.month in (1, 2, 12) else None
        if day and timedelta() < day - today < timedelta(days=45):
            return Mention(found.start(), found.end(), None, day, "future")
        if day and timedelta() <= today - day < timedelta(days=15):
            return Mention(found.start(), found.end(), day, day if day == today else None, "past")
    return None


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
    (_NEW_YEAR, _new_year),
    (_YEAR_END, _year_end),
)
