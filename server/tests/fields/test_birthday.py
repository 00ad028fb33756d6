"""Birthdays: what people type is kept exactly, told naturally, and found again every year."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tyme4py.solar import SolarDay

from zhike.fields.checks import CheckFailed
from zhike.fields.checks.birthday import (
    Birthday,
    age_on,
    check_birthday,
    leap_month,
    next_on,
    read,
    show,
)

TODAY = date(2026, 11, 22)
DAYS = st.dates(date(1900, 1, 31), date(2100, 12, 31))


def lunar(day: date) -> Birthday:
    """The lunar date of a day, by tyme."""
    found = SolarDay.from_ymd(day.year, day.month, day.day).get_lunar_day()
    month = found.get_month()
    return Birthday(True, found.get_year(), abs(month), month < 0, found.get_day())


@pytest.mark.parametrize(
    ("typed", "stored", "shown"),
    [
        ("1990-5-20", "1990-05-20", "1990年5月20日"),
        ("1990年5月20日", "1990-05-20", "1990年5月20日"),
        ("1990.5.20", "1990-05-20", "1990年5月20日"),
        ("1990/05/20", "1990-05-20", "1990年5月20日"),
        ("19900520", "1990-05-20", "1990年5月20日"),
        ("公历 1990-5-20", "1990-05-20", "1990年5月20日"),
        ("１９９０－０５－２０", "1990-05-20", "1990年5月20日"),
        ("5月20日", "--05-20", "5月20日"),
        ("5月20号", "--05-20", "5月20日"),
        ("5-20", "--05-20", "5月20日"),
        ("2-29", "--02-29", "2月29日"),
        ("--05-20", "--05-20", "5月20日"),
        ("农历四月廿六", "L--04-26", "农历四月廿六"),
        ("阴历1990年四月廿六", "L1990-04-26", "农历1990年四月廿六"),
        ("农历一九九〇年四月二十六日", "L1990-04-26", "农历1990年四月廿六"),
        ("农历1990-4-26", "L1990-04-26", "农历1990年四月廿六"),
        ("旧历 4-26", "L--04-26", "农历四月廿六"),
        ("正月初一", "L--01-01", "农历正月初一"),
        ("农历十一月三十", "L--11-30", "农历冬月三十"),
        ("腊月廿三", "L--12-23", "农历腊月廿三"),
        ("农历1990年闰五月初十", "L1990-05R-10", "农历1990年闰五月初十"),
        ("农历闰四月二十", "L--04R-20", "农历闰四月二十"),
        ("L1990-05R-10", "L1990-05R-10", "农历1990年闰五月初十"),
    ],
)
def test_what_people_type(typed: str, stored: str, shown: str) -> None:
    assert check_birthday(typed, today=TODAY) == stored
    assert show(stored) == shown
    assert check_birthday(shown, today=TODAY) == stored


@pytest.mark.parametrize(
    ("typed", "remedy"),
    [
        ("", "请填写"),
        ("生日快乐", "1990-05-20、5月20日 或 农历四月廿六"),
        ("90-5-20", "年份请写四位"),
        ("1990", "补上月和日"),
        ("1990年5月", "写到日"),
        ("1899-12-31", "1900 年到今年"),
        ("2026-11-23", "今天以后"),
        ("农历2026年腊月初一", "今天以后"),
        ("2001-2-29", "没有"),
        ("2-30", "没有"),
        ("13-1", "1–12"),
        ("农历十三月初一", "1–12"),
        ("农历四月三十一", "只有 30 天"),
        ("农历1990年二月三十一", "天"),
        ("农历1990年闰四月初一", "没有闰四月"),
        ("农历庚午年四月廿六", "农历1990年四月廿六"),
        ("五月二十日", "公历还是农历"),
        ("1990-05R-20", "请写"),
        ("L1990-00-10", "1–12"),
        ("0000-01-01", "1900 年"),
    ],
)
def test_what_cannot_be_is_told_with_a_remedy(typed: str, remedy: str) -> None:
    with pytest.raises(CheckFailed) as failed:
        check_birthday(typed, today=TODAY)
    assert remedy in failed.value.message


def test_days_of_spreadsheets() -> None:
    assert check_birthday(date(1990, 5, 20), today=TODAY) == "1990-05-20"
    assert check_birthday(datetime(1990, 5, 20, 0, 0), today=TODAY) == "1990-05-20"
    assert check_birthday(TODAY, today=TODAY) == "2026-11-22"


def test_what_was_never_stored_is_refused() -> None:
    for wrong in ("", "5月20日", "1990-5-20", "L1990", "1990-05-20 "):
        with pytest.raises(ValueError, match="not a stored"):
            read(wrong)
    assert show("") == ""


@given(DAYS)
def test_every_day_comes_back_as_it_was(day: date) -> None:
    stored = check_birthday(day.isoformat(), today=date(2100, 12, 31))
    assert stored == day.isoformat()
    assert check_birthday(show(stored), today=date(2100, 12, 31)) == stored


@settings(deadline=None)
@given(DAYS)
def test_every_lunar_day_comes_back_and_is_kept_on_itself(day: date) -> None:
    one = lunar(day)
    assert check_birthday(one.stored, today=date(2101, 12, 31)) == one.stored
    assert check_birthday(show(one.stored), today=date(2101, 12, 31)) == one.stored
    assert read(one.stored) == one
    assert next_on(one.stored, day) == day
    assert age_on(one.stored, day) == 0


@settings(deadline=None)
@given(DAYS, st.booleans())
def test_the_next_one_is_within_a_year_and_the_one_after_it_too(day: date, moon: bool) -> None:
    stored = lunar(day)._replace(year=None).stored if moon else f"--{day:%m-%d}"
    following = next_on(stored, day)
    assert day <= following <= day + timedelta(days=385 if moon else 366)
    again = next_on(stored, following + timedelta(days=1))
    assert timedelta(days=353) <= again - following <= timedelta(days=385)
    assert next_on(stored, following) == following


@settings(deadline=None)
@given(DAYS)
def test_a_lunar_birthday_is_kept_on_its_lunar_day(day: date) -> None:
    one = lunar(day)._replace(year=None)
    kept = lunar(next_on(one.stored, day + timedelta(days=1)))
    assert kept.month == one.month
    assert kept.day == one.day or (one.day == 30 and kept.day == 29)
    if kept.leap:
        assert one.leap
    elif one.leap:
        assert leap_month(kept.year or 0) != one.month


def test_a_leap_month_gives_way_to_the_plain_one() -> None:
    assert leap_month(2025) == 6
    assert next_on("L--06R-10", date(2025, 1, 1)) == date(2025, 8, 3)
    assert next_on("L--06-10", date(2025, 1, 1)) == date(2025, 7, 4)
    assert next_on("L--06R-10", date(2026, 1, 1)) == next_on("L--06-10", date(2026, 1, 1))


def test_the_thirtieth_of_a_short_month_is_the_twenty_ninth() -> None:
    # New Year's Eve: the twelfth month of 2024 (till 2025-01-28) has 29 days, that of 2023 has 30.
    assert next_on("L--12-30", date(2025, 1, 1)) == date(2025, 1, 28)
    assert next_on("L--12-30", date(2024, 1, 1)) == date(2024, 2, 9)


def test_the_day_of_leap_years() -> None:
    assert next_on("--02-29", date(2027, 1, 1)) == date(2027, 2, 28)
    assert next_on("2000-02-29", date(2028, 1, 1)) == date(2028, 2, 29)
    assert age_on("2000-02-29", date(2027, 2, 28)) == 27
    assert age_on("2000-02-29", date(2027, 2, 27)) == 26


def test_ages() -> None:
    assert age_on("1990-05-20", date(2026, 5, 19)) == 35
    assert age_on("1990-05-20", date(2026, 5, 20)) == 36
    assert age_on("--05-20", TODAY) is None
    # 农历1990年腊月二十 is in February 1991.
    assert next_on("L1990-12-20", date(1991, 1, 1)) == date(1991, 2, 4)
    assert age_on("L1990-12-20", date(1992, 1, 23)) == 0
    assert age_on("L1990-12-20", date(1992, 1, 24)) == 1
