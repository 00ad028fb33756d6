from datetime import date

from zhike.base import workdays


def test_holidays_and_moved_days():
    assert workdays.is_workday(date(2026, 2, 14))  # a Saturday, worked for the Spring Festival
    assert workdays.label(date(2026, 2, 14)) == "春节调休上班"
    assert not workdays.is_workday(date(2026, 10, 1))
    assert workdays.label(date(2026, 10, 1)) == "国庆节"
    assert workdays.label(date(2026, 11, 18)) is None
    assert not workdays.is_workday(date(2026, 11, 21))


def test_the_next_workday_jumps_the_holiday():
    assert workdays.next_workday(date(2026, 10, 1)) == date(2026, 10, 8)
    assert workdays.next_workday(date(2026, 11, 18)) == date(2026, 11, 18)
    assert workdays.next_workday(date(2026, 2, 14)) == date(2026, 2, 14)


def test_a_year_nobody_announced_counts_weekends_and_says_so():
    assert not workdays.published(2099)
    assert workdays.published(2026)
    assert workdays.is_workday(date(2099, 10, 1))
    assert not workdays.is_workday(date(2099, 10, 3))
    assert workdays.label(date(2099, 10, 1)) == "放假安排未公布"


def test_every_holiday_has_a_chinese_name():
    from chinese_calendar import constants

    for day in [*constants.holidays, *constants.workdays]:
        name = workdays.label(day)
        assert name
        assert not name[0].isascii(), (day, name)
