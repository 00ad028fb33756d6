"""Values of fields of every type: what is taken, in which form, and what lists compare of it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhike.fields import choices, values
from zhike.fields.builtin import Definition
from zhike.fields.checks import CheckFailed
from zhike.fields.choices import Choice, Dictionary
from zhike.fields.models import Field

COLOURS = Dictionary(
    "x9",
    "",
    (
        Choice("red", "红"),
        Choice("blue", "蓝"),
        Choice("grey", "灰", retired=True),
        Choice("green", "绿"),
    ),
)
PEOPLE = {3: "王小梅", 7: "林冲"}


@pytest.fixture(autouse=True)
def _colours() -> Iterator[None]:
    choices.overlay({"x9": COLOURS})
    yield
    choices.overlay({})


def field(type_: str, **rule: Any) -> Definition:
    return Definition(
        of="customer",
        key="x9",
        label="年产值",
        section="",
        type=type_,
        group="basic",
        dictionary="x9" if type_ in ("choice", "choices") else "",
        builtin=False,
        rule=rule,
    )


def clean(type_: str, raw: Any, *, held: Any = None, **rule: Any) -> Any:
    return values.clean(field(type_, **rule), raw, held=held, people=PEOPLE)


def refused(type_: str, raw: Any, *, held: Any = None, **rule: Any) -> str:
    with pytest.raises(CheckFailed) as failed:
        clean(type_, raw, held=held, **rule)
    told = failed.value.message
    assert told.startswith("年产值"), told
    assert told.endswith("。"), told
    return told


@pytest.mark.parametrize("type_", Field.Type.values)
@pytest.mark.parametrize("raw", [None, "", []])
def test_nothing_is_nothing(type_: str, raw: Any) -> None:
    assert clean(type_, raw) is None
    assert values.text(field(type_), raw) == ""
    assert values.rows(field(type_), None) == []


@pytest.mark.parametrize(
    ("type_", "raw", "value"),
    [
        ("text", "  甲\u200b 乙\n丙 ", "甲 乙 丙"),
        ("text", "\u3000", None),
        ("long_text", "一\r\n二", "一\n二"),
        ("number", "12.50", "12.5"),
        ("number", "１２", "12"),
        ("number", "1,234.5", "1234.5"),
        ("number", "-0", "0"),
        ("number", "-0.000001", "-0.000001"),
        ("number", 3, "3"),
        ("number", 0.1 + 0.2, "0.3"),
        ("number", "9000000000000", "9000000000000"),
        ("number", "007", "7"),
        ("money", 0, 0),
        ("money", 120_075, 120_075),
        ("date", "2026年3月5日", "2026-03-05"),
        ("date", "2200-12-31", "2200-12-31"),
        ("date", date(1900, 1, 1), "1900-01-01"),
        ("date_range", ["2026-01-01", None], ["2026-01-01", None]),
        ("date_range", [None, "2026.1.1"], [None, "2026-01-01"]),
        ("date_range", ["2026-01-01", "2026-01-01"], ["2026-01-01", "2026-01-01"]),
        ("date_range", [None, ""], None),
        ("date_range", "2026-01-01至2026-02-01", ["2026-01-01", "2026-02-01"]),
        ("choice", "blue", "blue"),
        ("choices", ["green", "red", "green"], ["red", "green"]),
        ("yes_no", False, False),
        ("person", 7, 7),
        ("phone", "+86 138-1234-5678", "13812345678"),
        ("phone", "(010) 8555 6666 转 803", "010-85556666转803"),
        ("email", "Li@Example.COM", "Li@example.com"),
        ("url", "https://example.com/甲?b=1#c", "https://example.com/甲?b=1#c"),
        ("url", "www.example.com", "https://www.example.com"),
        ("url", "http://example.com:8080", "http://example.com:8080"),
    ],
)
def test_what_is_taken(type_: str, raw: Any, value: Any) -> None:
    found = clean(type_, raw)
    assert found == value
    assert type(found) is type(value)
    assert value is None or clean(type_, found) == found


@pytest.mark.parametrize(
    ("type_", "raw"),
    [
        *(("text", raw) for raw in (5, True, ["甲"], {"a": 1}, "长" * 201, "\ud800")),
        ("long_text", "长" * 20_001),
        *(("number", raw) for raw in ("1e400", "NaN", "一", "1.2.3", True, [1], {}, "1_000")),
        *(("number", raw) for raw in (math.inf, math.nan, -math.inf, 10**40, 1e300)),
        *(("number", raw) for raw in ("9000000000001", "0.0000001", "--1", "9" * 5000)),
        *(("number", raw) for raw in ("1234567890123.0000000000000001", "1,23", "1e5")),
        *(("money", raw) for raw in (-1, 1.5, "5", True, 10**16, math.inf)),
        *(("date", raw) for raw in ("2026-02-30", "2026", "0001-01-01", "1899-12-31", 45_000)),
        *(("date", raw) for raw in ("2201-01-01", True, "昨天", "2026-11-18" * 50)),
        *(("date_range", raw) for raw in (["2026-01-02", "2026-01-01"], ["2026-01-01"], {})),
        *(("date_range", raw) for raw in ([1, 2], [[], []], "2026", [None, None, None])),
        *(("choice", raw) for raw in ("grey", "Red", "red\0x", "红", ["red"], 1, "x" * 9_000)),
        *(("choices", raw) for raw in (["red", "grey"], ["红"], "red", [["red"]], [1])),
        ("choices", ["red"] * 201),
        *(("yes_no", raw) for raw in (0, 1, "true", [True])),
        *(("person", raw) for raw in (4, "3", True, 10**30, [3])),
        *(("phone", raw) for raw in ("1381234567", "138****5678", 13812345678, "1" * 500)),
        *(("email", raw) for raw in ("li@", "li example.com", ["li@example.com"])),
        *(("url", raw) for raw in ("javascript:alert(1)", "ftp://a.cn", "https://", "甲乙")),
        *(("url", raw) for raw in ("https://a b.cn", "https://u:p@a.cn", "https://[::1")),
        *(("url", raw) for raw in ("https://a.cn:99999", "data:text/html,x", "//a.cn")),
        ("url", "https://example.com/" + "a" * 500),
        *(("attachment", raw) for raw in ("合同.pdf", 5, ["a"])),
    ],
)
def test_what_is_refused_names_the_field(type_: str, raw: Any) -> None:
    refused(type_, raw)


@pytest.mark.parametrize(
    ("type_", "rule", "good", "bad"),
    [
        ("text", {"longest": 3}, "三个字", "四个字了"),
        ("text", {"pattern": "digits"}, "0571", "05a"),
        ("text", {"pattern": "plate"}, "粤B12345", "12345"),
        ("text", {"pattern": "postcode"}, "518000", "51800"),
        ("long_text", {"longest": 5}, "一二三四五", "一二三四五六"),
        ("number", {"min": "1", "max": 10}, "10", "10.000001"),
        ("number", {"min": -2.5}, "-2.5", "-2.6"),
        ("money", {"max": 100}, 100, 101),
        ("money", {"min": 100}, 100, 99),
        ("date", {"min": "2020-01-01"}, "2020-01-01", "2019-12-31"),
        ("date", {"max": "2030-01-01"}, "2030-01-01", "2030-01-02"),
        ("date_range", {"max": "2030-01-01"}, [None, "2030-01-01"], [None, "2030-01-02"]),
    ],
)
def test_rules_of_a_field(type_: str, rule: dict[str, Any], good: Any, bad: Any) -> None:
    assert clean(type_, good, **rule) == good
    refused(type_, bad, **rule)
    # What was there before the rule was laid stays.
    assert clean(type_, bad, held=bad, **rule) == bad


@pytest.mark.parametrize("rule", [{"min": "?"}, {"max": None}, {"pattern": "(a+)+$"}, {"min": []}])
def test_what_is_no_rule_limits_nothing(rule: dict[str, Any]) -> None:
    assert clean("number", "5", **rule) == "5"
    assert clean("text", "a" * 50, **rule) == "a" * 50


def test_words_no_longer_offered_stay_where_they_are() -> None:
    assert clean("choice", "grey", held="grey") == "grey"
    assert clean("choices", ["grey", "red"], held=["grey"]) == ["red", "grey"]
    refused("choices", ["grey"], held=["red"])
    assert clean("person", 99, held=99) == 99
    assert clean("choices", ["red", "blue"], held=["blue", "red"]) == ["red", "blue"]


@pytest.mark.parametrize(
    ("type_", "value", "told"),
    [
        ("text", "甲", "甲"),
        ("number", "12.5", "12.5"),
        ("money", 1_250_050, "12,500.50 元"),
        ("date", "2026-01-01", "2026-01-01"),
        ("date_range", ["2026-01-01", "2026-02-01"], "2026-01-01 至 2026-02-01"),
        ("date_range", ["2026-01-01", None], "2026-01-01 起"),
        ("date_range", [None, "2026-02-01"], "至 2026-02-01"),
        ("choice", "grey", "灰"),
        ("choices", ["red", "grey"], "红、灰"),
        ("yes_no", True, "是"),
        ("yes_no", False, "否"),
        ("person", 3, "王小梅"),
        ("person", 5, "同事 5"),
        ("birthday", "L--04-26", "农历四月廿六"),
    ],
)
def test_how_values_are_told(type_: str, value: Any, told: str) -> None:
    assert values.text(field(type_), value, PEOPLE) == told


TEXTS = st.text(max_size=120)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize("type_", Field.Type.values)
def test_anything_at_all_is_taken_in_one_form_or_refused(type_: str) -> None:
    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(raw=ANYTHING)
    def check(raw: Any) -> None:
        try:
            found = clean(type_, raw)
        except CheckFailed as failed:
            assert failed.message.startswith("年产值")
            return
        assert clean(type_, found) == found
        values.text(field(type_), found).encode()
        for row in values.rows(field(type_), found):
            assert len(row.word) <= values.WORD
            assert all(abs(one) < 2**63 for one in (row.number, row.until) if one is not None)

    check()


@settings(max_examples=300, deadline=None)
@given(
    first=st.decimals(-(10**12), 10**12, places=6), other=st.decimals(-(10**12), 10**12, places=6)
)
def test_numbers_are_exact_and_ordered(first: Decimal, other: Decimal) -> None:
    kept = [clean("number", f"{one:f}") for one in (first, other)]
    assert [Decimal(one) for one in kept] == [first, other]
    rows = [values.rows(field("number"), one)[0].number or 0 for one in kept]
    assert (rows[0] < rows[1]) == (first < other)


@given(st.lists(st.dates(date(1900, 1, 1), date(2200, 12, 31)), min_size=2, max_size=2))
def test_days_are_ordered(days: list[date]) -> None:
    kept = [clean("date", day.isoformat()) for day in days]
    rows = [values.rows(field("date"), one)[0].number or 0 for one in kept]
    assert (rows[0] < rows[1]) == (days[0] < days[1])


def test_what_lists_compare() -> None:
    assert values.rows(field("choices"), ["red", "green"]) == [
        values.Row(word="red"),
        values.Row(word="green"),
    ]
    day = date(2026, 1, 1).toordinal()
    assert values.rows(field("date_range"), [None, "2026-01-01"]) == [values.Row(until=day)]
    assert values.rows(field("yes_no"), False) == [values.Row(number=0)]
    assert values.rows(field("text"), "ＡＢＣ") == values.rows(field("text"), "abc")
    phone = values.rows(field("phone"), "13812345678")
    assert phone == values.rows(field("phone"), "13812345678")
    assert len(phone[0].word) == 32
    assert phone != values.rows(field("phone"), "13812345679")


def test_every_type_can_be_asked_for() -> None:
    """A type somebody can define can be shown, compared and narrowed by."""
    assert set(values.OPS) >= set(Field.Type.values)
