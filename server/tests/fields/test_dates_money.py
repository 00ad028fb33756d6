from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhike.fields.checks import (
    CheckFailed,
    parse_date,
    parse_date_range,
    parse_money_wan,
    parse_vague_date,
    wan_text,
)

MAY_3 = date(2024, 5, 3)


@pytest.mark.parametrize(
    "typed",
    [
        "2024-05-03",
        "2024.5.3",
        "2024/5/3",
        "2024年5月3日",
        "2024 年 5 月 3 号",
        "20240503",
        20240503,
        45415,
        45415.75,
        "45415",
        "2024-05-03 00:00:00",
        "2024-05-03T08:30:00.000Z",
        "2024/5/3 下午3:20",
        "2024-05-03（周五）",
        "２０２４－０５－０３",
        "2024—05—03",
        MAY_3,
        datetime(2024, 5, 3, 23, 59),
        datetime(2024, 5, 2, 16, 0, tzinfo=UTC),
    ],
)
def test_one_day_in_many_spellings(typed):
    assert parse_date(typed) == MAY_3
    assert parse_vague_date(typed) == (MAY_3, "")


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("", "请填写日期"),
        ("2024-02-30", "2 月 30 日"),
        ("5月3日", "缺少年份"),
        ("5.3", "缺少年份|看不懂"),
        ("24.5.30", "四位"),
        ("2024年5月", "写到日"),
        ("2024-05", "写到日"),
        ("下周三", "看不懂"),
        ("1.38E+10", "看不懂"),
        (5, "看不懂"),
        (99999999, "没有"),
        (float("nan"), "看不懂"),
        (float("inf"), "看不懂"),
        (True, "看不懂"),
        ("9" * 400, "看不懂"),
        ("1024-05-03", "年份"),
        (date(1024, 5, 3), "年份"),
    ],
)
def test_days_that_cannot_be_taken(typed, hint):
    with pytest.raises(CheckFailed, match=hint):
        parse_date(typed)


def test_a_serial_only_where_it_may_be_one():
    with pytest.raises(CheckFailed):
        parse_date("45415", allow_serial=False)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_in_every_spelling(day):
    for form in ("%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y%m%d", "%Y-%m-%d 12:30:00"):
        assert parse_date(day.strftime(form)) == day


@given(st.dates(date(1955, 1, 1), date(2100, 12, 31)))
def test_every_serial(day):
    assert parse_date((day - date(1899, 12, 30)).days) == day


@given(st.text(max_size=30) | st.from_regex(r"[0-9年月日./ :-]{0,16}", fullmatch=True))
def test_any_text_as_a_day(text):
    for parse in (parse_date, parse_vague_date, parse_date_range, parse_money_wan):
        try:
            parse(text)
        except CheckFailed as failed:
            assert failed.message


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2023年11月底", date(2023, 11, 30)),
        ("2023年11月", date(2023, 11, 30)),
        ("2024年2月末", date(2024, 2, 29)),
        ("2023-11", date(2023, 11, 30)),
        ("2023年11月初", date(2023, 11, 5)),
        ("2023年11月上旬", date(2023, 11, 10)),
        ("2023年11月中旬", date(2023, 11, 20)),
        ("2026年12月底", date(2026, 12, 31)),
        ("2024年三季度", date(2024, 9, 30)),
        ("2024年第1季度", date(2024, 3, 31)),
        ("2024Q2", date(2024, 6, 30)),
        ("2024年底", date(2024, 12, 31)),
        ("2024年", date(2024, 12, 31)),
        ("2024年上半年", date(2024, 6, 30)),
    ],
)
def test_vague_days_keep_their_words(typed, day):
    assert parse_vague_date(typed) == (day, typed)


@pytest.mark.parametrize("typed", ["年底", "节后", "2023年13月底", "", "9999年底"])
def test_too_vague(typed):
    with pytest.raises(CheckFailed):
        parse_vague_date(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "2024-01-01至2025-12-31",
        "2024.1.1 - 2025.12.31",
        "2024/1/1-2025/12/31",
        "2024年1月1日—2025年12月31日",
        "2024-01-01 ~ 2025-12-31",
        "2024-01-01到2025-12-31",
    ],
)
def test_ranges(typed):
    assert parse_date_range(typed) == (date(2024, 1, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("", "请填写"),
        ("2024-01-01", "起止"),
        ("2025-01-01至2024-01-01", "早于"),
        ("2024-01-01至", "请填写日期"),
        ("2024-01-01至2024-12-31至2025-01-01", "起止"),
    ],
)
def test_ranges_that_cannot_be_taken(typed, hint):
    with pytest.raises(CheckFailed, match=hint):
        parse_date_range(typed)


WAN = 1_000_000  # fen


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        (50, 50 * WAN),
        (8.5, 8_500_000),
        (0.1 + 0.2, 300_000),
        (Decimal("120.75"), 120_750_000),
        ("50", 50 * WAN),
        ("50万", 50 * WAN),
        ("５０万元", 50 * WAN),
        (" 120.75 ", 120_750_000),
        ("1,200", 1200 * WAN),
        ("1,200元", 120_000),
        ("1,200.50 元整", 120_050),
        ("¥128,000", 12_800_000),
        ("￥128,000.00", 12_800_000),
        ("人民币65万元整", 65 * WAN),
        ("1.2亿", 12_000 * WAN),
        ("3百万", 300 * WAN),
        ("0", 0),
        ("约80万", 80 * WAN),
    ],
)
def test_amounts(typed, fen):
    assert parse_money_wan(typed) == fen


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("", "请填写"),
        ("50万-80万", "范围"),
        ("50-80", "范围"),
        ("面议", "看不懂"),
        ("12,00", "看不懂"),
        ("1e5", "看不懂"),
        ("-3", "小于 0"),
        (-0.5, "小于 0"),
        ("0.0000001", "精确到分"),
        ("1.234元", "精确到分"),
        ("10000000000", "过大"),
        ("1" * 400, "过大"),
        (float("nan"), "看不懂"),
        (float("inf"), "看不懂"),
        (True, "看不懂"),
    ],
)
def test_amounts_that_cannot_be_taken(typed, hint):
    with pytest.raises(CheckFailed, match=hint):
        parse_money_wan(typed)


@given(st.integers(0, 9_000_000_000_000_000))
def test_an_amount_goes_out_and_comes_in_unchanged(fen):
    text = wan_text(fen)
    assert parse_money_wan(text) == fen
    assert not text.endswith(".")
    assert "." not in text or not text.endswith("0")


@given(st.integers(0, 99_999_999_999_999))
def test_as_a_spreadsheet_number_too(fen):
    assert parse_money_wan(fen / WAN) == fen
