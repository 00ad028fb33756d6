"""The 21-column sheet as a team hands it over: mostly good, some rows dirty, some hostile."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl

from tests.doors import fixtures

GOOD = 30
# Each of these is somebody's honest text and must come back letter by letter.
HOSTILE: list[dict[str, Any]] = [
    {"客户名称": "<script>alert('名称')</script>贸易有限公司"},
    {"备注": '=HYPERLINK("http://evil.example","点这里")'},
    {"备注": "<img src=x onerror=alert(1)>"},
    {"跟进内容": '"><svg onload=alert(document.cookie)>'},
    {"合作产品/服务": "{{7*7}} ${alert(1)} javascript:alert(1)"},
]
# What is wrong, and with which cell; a row without `cell` does not come in at all.
DIRTY: list[tuple[str, dict[str, Any]]] = [
    ("联系方式", {"联系方式": "1.38E+10"}),
    ("邮箱", {"邮箱": "user@@example"}),
    ("合作开始时间", {"合作开始时间": "2025-02-30"}),
    ("合同金额(万元)", {"合同金额(万元)": "面议"}),
    ("", {"客户名称": "  "}),
]


def rows(prefix: str, phones: int) -> list[list[Any]]:
    """The sheet with its header; codes, names and numbers are of this journey alone."""
    wishes = [{} for _ in range(GOOD)] + HOSTILE + [cells for _, cells in DIRTY]
    made = []
    for number, cells in enumerate(wishes, 1):
        own = {
            "客户编号": f"{prefix}{number:03}",
            "客户名称": f"{prefix}号客户第{number}贸易有限公司",
            "联系方式": f"139{phones + number:08}",
            "邮箱": f"{prefix.lower()}{number}@example.com",
        }
        made.append(fixtures.standard_row(number, **(own | cells)))
    return [fixtures.STANDARD, *made]


def saved(rows: list[list[Any]], place: Path) -> Path:
    """Write the sheet as Excel would; what looks like a formula was typed as text."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    for cells in sheet.iter_rows():
        for cell in cells:
            if isinstance(cell.value, str):
                cell.data_type = "s"
    book.save(place)
    return place


def expected(rows: list[list[Any]]) -> dict[str, list[str]]:
    """What has to come out again by customer code: every cell but the refused ones."""
    found = {row[0]: [_text(cell) for cell in row] for row in rows[1:]}
    for row, (header, _) in zip(rows[-len(DIRTY) :], DIRTY, strict=True):
        if header:
            found[row[0]][fixtures.STANDARD.index(header)] = ""
        else:
            del found[row[0]]
    return found


def read(place: Path) -> dict[str, list[str]]:
    """The rows of an exported workbook by customer code, as another program reads them."""
    sheet = openpyxl.load_workbook(place).worksheets[0]
    found = [[_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    head = next(number for number, row in enumerate(found) if row[:2] == fixtures.STANDARD[:2])
    assert found[head] == fixtures.STANDARD
    return {row[0]: row for row in found[head + 1 :] if row[0]}


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    return f"{cell:g}" if isinstance(cell, float | int) else str(cell)
