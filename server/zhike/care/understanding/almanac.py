"""Festivals and the lunar calendar: which day, and the first working day after the holiday.

Lunar days come from tyme4py; a day thirty that a month lacks is its twenty-ninth (usual for 除夕).
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from zhike.base import workdays

_SOLAR = {
    "元旦": (1, 1),
    "情人节": (2, 14),
    "妇女节": (3, 8),
    "三八节": (3, 8),
    "劳动节": (5, 1),
    "五一": (5, 1),
    "六一": (6, 1),
    "儿童节": (6, 1),
    "教师节": (9, 10),
    "国庆": (10, 1),
    "十一": (10, 1),
    "双十一": (11, 11),
    "双11": (11, 11),
    "双十二": (12, 12),
    "平安夜": (12, 24),
    "圣诞": (12, 25),
    "双12": (12, 12),
    "618": (6, 18),
}
_LUNAR = {
    "春节": (1, 1),
    "过年": (1, 1),
    "新年": (1, 1),
    "元宵": (1, 15),
    "端午": (5, 5),
    "七夕": (7, 7),
    "中秋": (8, 15),
    "重阳": (9, 9),
    "腊八": (12, 8),
    "小年": (12, 23),
}
NAMES = (*_SOLAR, *_LUNAR, "清明", "冬至", "除夕", "年三十", "大年三十")
_HOLIDAY_DAYS = {"春节": 7, "过年": 7, "新年": 7, "国庆": 7, "十一": 7, "五一": 5, "劳动节": 5}
_DAY = timedelta(days=1)


@lru_cache(maxsize=512)
def lunar(year: int, month: int, day: int) -> date | None:
    """The solar day of a lunar one; None outside the almanac's years (1900–2100)."""
    if not 1900 <= year <= 2100:
        return None
    # Imported late: most sentences name no lunar day.
    from tyme4py.lunar import LunarDay

    for number in (day, day - 1):
        try:
            solar = LunarDay.from_ymd(year, month, number).get_solar_day()
        except ValueError:
            continue
        return date(solar.get_year(), solar.get_month(), solar.get_day())
    return None


@lru_cache(maxsize=256)
def festival(name: str, year: int) -> date | None:
    """The day of a festival; 除夕 is that before the year's 春节."""
    if name in _SOLAR:
        return date(year, *_SOLAR[name])
    if name in _LUNAR:
        month, day = _LUNAR[name]
        # 腊月 of a year ends in the next: 小年 of 2027 belongs to the lunar 2026.
        return lunar(year - (month == 12), month, day)
    if name == "清明":
        # Within 2000–2099: the fourth in leap years and most years after, else the fifth.
        return date(year, 4, int((year % 100) * 0.2422 + 4.81) - (year % 100) // 4)
    if name == "冬至":
        return date(year, 12, int((year % 100) * 0.2422 + 21.94) - (year % 100) // 4)
    new_year = lunar(year, 1, 1)
    return new_year - _DAY if new_year else None


def first_workday_after(name: str, day: date) -> date:
    """The first day people work again after a festival's holiday."""
    length = _HOLIDAY_DAYS.get(name, 1)
    if workdays.published(day.year):
        day += _DAY
        while not workdays.is_workday(day):
            day += _DAY
        return day
    return workdays.next_workday(day + timedelta(days=length))
