"""Reading workbooks nobody vouches for: told by content, streamed, within limits."""

from __future__ import annotations

import io

import pytest

from tests.doors import fixtures
from zhike.base.errors import Invalid
from zhike.doors.workbook import Limits, Row, Workbook


def rows_of(data: bytes, limits: Limits | None = None) -> list[list[Row]]:
    with Workbook(io.BytesIO(data), limits) as book:
        return [list(sheet.rows) for sheet in book.sheets()]


TABLE = [["客户编号", "客户名称"], ["C001", "晨星"], ["C002", "青禾，“引号”"]]


@pytest.mark.parametrize(
    "data",
    [
        fixtures.xlsx(TABLE),
        fixtures.csv_bytes(TABLE),
        fixtures.csv_bytes(TABLE, "utf-8"),
        fixtures.csv_bytes(TABLE, "gb18030"),
        fixtures.csv_bytes(TABLE, "utf-16"),
        fixtures.csv_bytes(TABLE, "gb18030", "\t"),
        fixtures.csv_bytes(TABLE, "utf-8", ";"),
        fixtures.html_as_xls(TABLE),
    ],
    ids=["xlsx", "utf-8-sig", "utf-8", "gbk", "utf-16", "tsv", "semicolon", "html"],
)
def test_every_format_gives_the_same_rows(data: bytes) -> None:
    assert rows_of(data) == [[(number, row) for number, row in enumerate(TABLE, 1)]]


def test_blank_rows_keep_the_numbers_of_the_others() -> None:
    data = fixtures.xlsx([["客户编号"], [None], [None], ["C001"]])
    assert rows_of(data) == [[(1, ["客户编号"]), (4, ["C001"])]]


def test_numbers_dates_and_cached_formulas_come_as_values() -> None:
    import datetime

    import openpyxl

    book = openpyxl.Workbook()
    book.active.append([1001, 1.5, datetime.date(2026, 5, 3), True, "=1+1", "文字"])
    (row,) = rows_of(fixtures.saved(book))[0]
    # openpyxl stores no cached result for its formula: the cell is empty, never "=1+1".
    assert row == (1, [1001.0, 1.5, datetime.date(2026, 5, 3), True, "", "文字"])


def test_hidden_sheets_are_marked() -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["客户编号"])
    hidden = book.create_sheet("隐藏")
    hidden.append(["客户编号"])
    hidden.sheet_state = "hidden"
    with Workbook(io.BytesIO(fixtures.saved(book))) as read:
        assert [(sheet.name, sheet.hidden) for sheet in read.sheets()] == [
            ("Sheet", False),
            ("隐藏", True),
        ]


def test_unread_rows_are_skipped_for_the_next_sheet() -> None:
    data = fixtures.xlsx(TABLE, TABLE)
    with Workbook(io.BytesIO(data)) as book:
        assert [next(sheet.rows) for sheet in book.sheets()] == [(1, TABLE[0]), (1, TABLE[0])]


@pytest.mark.parametrize(
    ("data", "limits", "words"),
    [
        (b"", Limits(), "没有内容"),
        (b"\xef\xbb\xbf \r\n", Limits(), "没有内容"),
        (fixtures.xlsx([[None]]), Limits(), "没有内容"),
        (fixtures.csv_bytes(TABLE * 20), Limits(rows=10), "超过 10 行"),
        (fixtures.csv_bytes([["a"] * 12]), Limits(columns=10), "第 1 行超过 10 列"),
        (fixtures.csv_bytes([["长" * 50]]), Limits(cell=40), "超过 40 字"),
        (fixtures.csv_bytes(TABLE), Limits(size=10), "MB"),
        (fixtures.encrypted(), Limits(), "密码"),
        (b"%PDF-1.7 ...", Limits(), "认不出这种文件"),
        (fixtures.gzip_of(b"x"), Limits(), "认不出这种文件"),
        (b"\x00\x01\x02\x03" * 100, Limits(), "认不出"),
        (fixtures.truncated(fixtures.xlsx(TABLE)), Limits(), "损坏"),
    ],
)
def test_what_cannot_be_read_is_told_in_words(data: bytes, limits: Limits, words: str) -> None:
    with pytest.raises(Invalid) as refused:
        rows_of(data, limits)
    assert words in refused.value.title
