"""The cadence holds for every customer, rule and day (R26, R27): no example, but properties."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhike.base import workdays as announcements
from zhike.care.cadence import convenience, dates, guard, rules, workdays
from zhike.care.cadence.convenience import Convenience
from zhike.care.cadence.dates import Case
from zhike.care.cadence.guard import Contacts, Plan
from zhike.care.models import CadenceRule, CareRules

DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))
UNITS = st.sampled_from(["day", "week", "month"])
RULES = st.builds(
    CadenceRule,
    name=st.just("规则"),
    when=st.just([]),
    every=st.integers(1, 24),
    unit=UNITS,
    first_within=st.none() | st.integers(1, 60),
    ways=st.lists(st.sampled_from(["phone", "visit", "email", "wecom"]), max_size=3),
    matter=st.sampled_from(["", "例行问候", "谈合同", "产品推送、行业资讯"]),
)
WHEN = st.builds(
    Convenience,
    weekdays=st.none() | st.frozensets(st.integers(0, 6), min_size=1),
    at=st.none() | st.times(),
    open=st.booleans(),
)


@st.composite
def cases(draw: st.DrawFn) -> tuple[CadenceRule, Case, date, CareRules, Contacts]:
    """A customer with its contacts and plans, on a day."""
    today = draw(DAYS)
    since = today - timedelta(days=draw(st.integers(0, 800)))
    last = draw(st.none() | st.integers(0, (today - since).days))
    case = Case(since, None if last is None else since + timedelta(days=last), draw(WHEN))
    near = st.integers(-20, 150).map(lambda days: today + timedelta(days=days))
    had = draw(st.dictionaries(near.filter(lambda day: day <= today), st.integers(1, 3)))
    plans = [
        Plan(number, day, None, None, False)
        for number, day in enumerate(draw(st.lists(near, max_size=12)), 1)
    ]
    care = CareRules(guard={"": draw(st.integers(0, 4))})
    return draw(RULES), case, today, care, Contacts(had, plans)


def suggested(found: tuple[CadenceRule, Case, date, CareRules, Contacts]) -> dates.Suggestion:
    rule, case, today, care, contacts = found
    return dates.by_rule(
        rule, case, today=today, room=lambda day: guard.room(care, "", contacts, day)
    )


@given(cases())
@settings(max_examples=300, deadline=None)
def test_a_day_people_work_not_past_with_room_and_explained(
    found: tuple[CadenceRule, Case, date, CareRules, Contacts],
) -> None:
    _, case, today, care, contacts = found
    made = suggested(found)
    assert made.on is not None
    assert made.on >= today
    assert workdays.is_workday(made.on)
    if announcements.published(made.on.year):
        assert announcements.is_workday(made.on)
    assert guard.room(care, "", contacts, made.on)
    assert not guard.weigh(care, "", contacts, made.on).over
    if case.when.working is not None:
        assert made.on.weekday() in case.when.working
    assert made.why.endswith("。")
    assert "应在" in made.why or "首次跟进" in made.why
    assert ("还没公布" in made.why) is (not made.announced)
    assert made.announced is announcements.published(made.on.year)
    assert len(made.why) <= 200


@given(cases(), st.integers(0, 60))
@settings(max_examples=200, deadline=None)
def test_a_later_contact_never_leads_to_an_earlier_day(
    found: tuple[CadenceRule, Case, date, CareRules, Contacts], later: int
) -> None:
    rule, case, today, care, contacts = found
    last = case.last or case.since
    one = suggested((rule, case._replace(last=last), today, care, contacts))
    other_last = last + timedelta(days=later)
    other = suggested((rule, case._replace(last=other_last), today, care, contacts))
    assert one.on is not None and other.on is not None
    assert other.on >= one.on


@given(cases(), st.integers(0, 60))
@settings(max_examples=100, deadline=None)
def test_waiting_never_brings_it_nearer(
    found: tuple[CadenceRule, Case, date, CareRules, Contacts], wait: int
) -> None:
    rule, case, today, care, contacts = found
    one = suggested(found)
    other = suggested((rule, case, today + timedelta(days=wait), care, contacts))
    assert one.on is not None and other.on is not None
    assert other.on >= one.on


@given(RULES, DAYS)
@settings(max_examples=200, deadline=None)
def test_an_interval_always_leads_on(rule: CadenceRule, day: date) -> None:
    assert rules.after(rule, day) > day


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_note_on_convenient_times_is_read_or_left_open(noted: str) -> None:
    found = convenience.read(noted)
    assert found.weekdays is None or found.weekdays <= set(range(7))
    if noted.strip() and found.weekdays is None and found.at is None:
        assert found.open or found == convenience.ANY


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ((2028, 1, 1), "元旦"),
        ((2028, 1, 25), "春节"),  # 除夕
        ((2028, 1, 28), "春节"),  # 初三
        ((2028, 4, 4), "清明"),
        ((2028, 5, 2), "劳动节"),
        ((2028, 5, 28), "端午"),
        ((2028, 10, 3), "中秋"),  # 国庆 and 中秋 on one day
    ],
)
def test_statutory_days_of_a_year_nobody_announced(day: tuple[int, int, int], name: str) -> None:
    found = workdays.statutory(2028)
    assert date(*day) in found
    assert not workdays.is_workday(date(*day))
    assert name in {found[date(*day)], "中秋"}


def test_an_announced_year_counts_moved_working_days() -> None:
    assert workdays.is_workday(date(2026, 10, 10))  # a Saturday worked for 国庆
    assert not workdays.is_workday(date(2026, 10, 7))
    assert workdays.why_not(date(2026, 10, 7)) == "国庆节"
    assert workdays.why_not(date(2026, 11, 21)) == "周六"


@pytest.mark.parametrize(
    ("noted", "weekdays", "at"),
    [
        ("工作日上午", {0, 1, 2, 3, 4}, "10:00"),
        ("周一、三、五下午3点", {0, 2, 4}, "15:00"),
        ("星期二到星期四", {1, 2, 3}, None),
        ("周末", {5, 6}, None),
        ("避开周一上午", {1, 2, 3, 4, 5, 6}, None),
        ("周五开会，其他时间都行", {0, 1, 2, 3, 5, 6}, None),
        ("下午五点前", None, "14:30"),
        ("晚上8点以后", None, "20:00"),
        ("中午", None, "12:30"),
        ("随缘", None, None),
    ],
)
def test_how_convenient_times_are_read(
    noted: str, weekdays: set[int] | None, at: str | None
) -> None:
    found = convenience.read(noted)
    assert (found.weekdays and set(found.weekdays)) == weekdays
    assert (found.at and f"{found.at:%H:%M}") == at
    assert found.open is (weekdays is None and at is None)
