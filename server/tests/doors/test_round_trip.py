"""What went in comes out, and comes in again without a change."""

from __future__ import annotations

import io
from typing import Any

import pytest

from tests.doors import fixtures
from tests.doors.conftest import brought_in, table, taken_out
from tests.people import Api
from zhike.customers.models import Contact, Customer
from zhike.doors.workbook import Workbook

pytestmark = pytest.mark.django_db


def cells(data: bytes) -> list[list[Any]]:
    """All cells of the first sheet as our own reader sees them, rows of one width."""
    with Workbook(io.BytesIO(data)) as book:
        rows = [cells for _, cells in next(book.sheets()).rows]
    return [row + [""] * (len(rows[0]) - len(row)) for row in rows if len(row) > 1]


def as_text(rows: list[list[Any]]) -> list[list[str]]:
    return [
        [f"{cell:g}" if isinstance(cell, float | int) else cell for cell in row] for row in rows
    ]


@pytest.mark.parametrize("format", ["xlsx", "csv"])
def test_every_cell_of_the_standard_sheet_comes_back(boss: Api, format: str) -> None:
    sheet = fixtures.standard(40)
    sheet[2][6], sheet[2][7] = "5678", "zhang*"
    sheet[3][6] = "13800000003/010-12345678"
    sheet[4][14] = "第一行\n第二行"
    sheet[5][1] = "𠮷野家(香港)有限公司"
    brought_in(boss, fixtures.xlsx(sheet))
    out = taken_out(boss, "standard-21", format=format, plain=True)
    assert as_text(cells(out)) == as_text(sheet)
    done = brought_in(boss, out, f"x.{format}")
    assert done["counts"]["update"] == 40
    assert all(version == 1 for version in Customer.objects.values_list("version", flat=True))
    again = taken_out(boss, "standard-21", format=format, plain=True)
    assert cells(again) == cells(out)


def test_the_dirty_sheet_comes_back_but_for_refused_cells(boss: Api) -> None:
    dirty = fixtures.dirty()
    brought_in(boss, fixtures.csv_bytes(dirty, "gb18030"), "x.csv")
    out = {row[0]: row for row in cells(taken_out(boss, "standard-21", plain=True))[1:]}
    tidied = {
        "C002": {10: "2024-05-30"},
        "C003": {10: "2025-04-08", 6: "13858673737"},
        "C004": {10: "2023-10-24", 6: "13855924223"},
        "C006": {11: 50.0},
        "C010": {3: "潜在客户"},
    }
    for number, row in enumerate(dirty, 1):
        found = fixtures.DIRTY_LEVELS.get(number, [])
        if number == 1 or not row[0] or ("refused", "客户名称") in found or number == 8:
            continue
        refused = {header for level, header in found if level == "cell_refused"}
        for column, header in enumerate(fixtures.STANDARD):
            expected = tidied.get(row[0], {}).get(column, row[column])
            if header in refused and column not in tidied.get(row[0], {}):
                assert out[row[0]][column] == ""
            else:
                assert out[row[0]][column] == expected, (row[0], header)


def test_masked_exports_change_nothing_when_they_return(boss: Api) -> None:
    brought_in(boss, fixtures.xlsx(fixtures.standard(10)))
    before = taken_out(boss, "standard-21", plain=True)
    masked = taken_out(boss, "standard-21", format="csv")
    text = masked.decode("utf-8-sig")
    assert "138****0001" in text
    assert "13800000001" not in text
    assert "文一路1号" not in text
    done = brought_in(boss, masked, "x.csv")
    assert done["counts"]["update"] == 10
    assert cells(taken_out(boss, "standard-21", plain=True)) == cells(before)
    assert Contact.objects.count() == 10


def test_the_other_sheets_come_back(boss: Api) -> None:
    brought_in(boss, fixtures.xlsx(fixtures.standard(2)))
    sheets = {
        "collection": [
            fixtures.COLLECTION,
            [
                "CRM-202405001",
                "C端",
                "张三",
                "教育",
                "张三",
                "13812345678/z@example.com",
                "转介绍",
                "想买",
                "6个月以上",
                "赵专员",
                "2024-05-20",
            ],
        ],
        "maintenance": [
            fixtures.MAINTENANCE,
            ["C001", "2026-11-10", "拜访", "聊预算", "想增购", "钱经理", "2026-11-30 发方案"],
            ["C001", "2026-11-01", "电话", "更早", "", "钱经理", "2026-11-20前再电话"],
        ],
        "satisfaction": [
            fixtures.SATISFACTION,
            ["C002", "2026-05-10", 4, "服务响应速度", "及时", "多培训", "孙主管", "处理中"],
            ["C002", "2026-06-10", 5, "产品", "很好", "", "孙主管", "已完成"],
        ],
    }
    for view, sheet in sheets.items():
        brought_in(boss, fixtures.xlsx(sheet))
        out = taken_out(boss, view, plain=True)
        rows = as_text(cells(out))
        assert rows[0] == sheet[0]
        for row in as_text(sheet[1:]):
            assert row in rows
        again = brought_in_or_skipped(boss, out)
        assert again["counts"]["new"] == 0
        assert as_text(cells(taken_out(boss, view, plain=True))) == rows


def brought_in_or_skipped(boss: Api, data: bytes) -> dict[str, Any]:
    """Import again; where everything is here there is nothing to confirm."""
    from tests.doors.conftest import confirmed, upload

    of = upload(boss, data)
    assert of["state"] == "ready", of
    assert of["counts"]["refused"] == 0
    return confirmed(boss, of["id"]) if of["counts"]["update"] else of


def test_cards_come_back(boss: Api) -> None:
    cards = [fixtures.card(f"晨星{number}教育有限公司") for number in range(2)]
    brought_in(boss, fixtures.xlsx(*cards))
    out = taken_out(boss, "tool-card", plain=True)
    for number, card in enumerate(cards):
        assert table(out, number) == card
    brought_in(boss, out)
    assert Customer.objects.count() == 2
    assert table(taken_out(boss, "tool-card", plain=True), 1) == cards[1]


def test_formulas_sleep_and_return_unchanged(boss: Api) -> None:
    texts = [text for text in fixtures.FORMULAS if text.strip()]
    assert len(texts) >= 40
    brought_in(boss, fixtures.xlsx(fixtures.standard(len(texts))))
    ids = list(Customer.objects.order_by("id").values_list("pk", flat=True))
    for pk, words in zip(ids, texts, strict=True):
        Customer.objects.filter(pk=pk).update(remark=words)  # however it got in
    for format in ("csv", "xlsx"):
        out = taken_out(boss, "standard-21", format=format, plain=True)
        if format == "csv":
            import csv

            raw = list(csv.reader(io.StringIO(out.decode("utf-8-sig"), newline="")))
            live = [
                c for row in raw for c in row if c.lstrip("\r\n\t \u00a0\u3000\ufeff")[:1] in LIVE
            ]
            assert [cell for cell in live if cell] == []
        else:
            import openpyxl

            book = openpyxl.load_workbook(io.BytesIO(out))
            kinds = {cell.data_type for row in book.worksheets[0].rows for cell in row}
            assert "f" not in kinds
        done = brought_in(boss, out, f"x.{format}")
        assert done["counts"]["update"] == len(texts)
        kept = list(Customer.objects.order_by("id").values_list("remark", flat=True))
        # Blanks at the ends are tidied away by every entry into the system; nothing else changes.
        assert [k.strip() for k in kept] == [_tidied(words) for words in texts]
        for pk, words in zip(ids, texts, strict=True):
            Customer.objects.filter(pk=pk).update(remark=words)


LIVE = set("=+-@＝＋－＠")


def _tidied(words: str) -> str:
    from zhike.base.text import tidy

    return tidy(words, multiline=True)
