"""Files we write: whatever stands in a customer's fields, every program can open them."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.doors import fixtures
from tests.doors.conftest import brought_in, own_folder, table, taken_out, upload
from tests.people import Api, boss, frozen, organisation
from zhike.doors.writing import Csv, Xlsx

__all__ = ["boss", "frozen", "organisation", "own_folder"]

NASTY = [
    "=cmd|'/c calc'!A0",
    "\t=1+1",
    "\u3000＝1+1",
    "\ufeff@SUM(1)",
    "'=1",
    "a\x00b\x0bc\x1fd",
    "\ud800 half",
    "\uffff\ufffe",
    "_x0041_ _x000D_",
    "]]><script>&amp;</script>",
    "a\r\nb\rc\nd",
    '"quoted",comma;semi\ttab',
    "😀" * 20_000,
    "长" * 40_000,
    " lead and trail ",
]


def parsed(path: Path) -> list[str]:
    """Every part as a strict XML reader sees it; the texts of the first sheet."""
    with zipfile.ZipFile(path) as book:
        for name in book.namelist():
            ElementTree.fromstring(book.read(name))
        root = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    return [text.text or "" for text in root.iter(f"{space}t")]


def test_workbooks_are_whole_whatever_they_hold(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    with Xlsx(path, footer='&"<坏>&') as writer:
        for name in ("a]b[c:*?/\\'d", "", "=1+1", "名" * 50, "名" * 50, "历史" + '\x00<&>"'):
            writer.sheet(name)
            for value in NASTY:
                writer.row([value, 1, 2.5, None, ""])
            writer.row([True, False, float("inf"), float("nan"), 10**400])
    texts = parsed(path)
    assert len(texts) >= len(NASTY)
    for text in texts:  # as Excel counts, where an emoji is two
        assert len(text.encode("utf-16-le")) // 2 <= 32_767
    rows = table(path.read_bytes())
    assert rows[0][0] == NASTY[0], "text, not a formula"
    import openpyxl

    book = openpyxl.load_workbook(path)
    assert book.worksheets[0]["A1"].data_type in ("s", "inlineStr")
    assert len({name.lower() for name in book.sheetnames}) == 6
    assert all(0 < len(name) <= 31 for name in book.sheetnames)


def test_csv_is_harmless_too(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    with Csv(path) as writer:
        writer.sheet("x")
        for value in NASTY:
            writer.row([value, "z"])
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    assert len(rows) == len(NASTY)
    for row in rows:
        assert len(row) == 2
        assert not row[0].lstrip("\t\r\n \u3000\ufeff\u200b").startswith(tuple("=+-@|＝＋－＠"))


@pytest.mark.django_db
def test_result_of_a_strange_workbook_opens(boss: Api) -> None:
    """Booleans, errors, endless numbers and 200 columns, all in a row that is refused."""
    import openpyxl

    book = openpyxl.Workbook()
    assert book.active is not None
    wide = [f"列{number}" for number in range(198)]
    book.active.append(["客户编号", "客户名称", *wide])
    cells: list[Any] = [True, 1e308, "#N/A", "=1/0", "\t=1", 12345678901234567890]
    book.active.append(["K1", "", *cells, *["x"] * 192])
    of = upload(boss, fixtures.saved(book))
    assert (of["state"], of["counts"]["refused"]) == ("ready", 1)
    response = boss.call("GET", f"/imports/{of['id']}/result")
    data = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    with zipfile.ZipFile(io.BytesIO(data)) as out:
        ElementTree.fromstring(out.read("xl/worksheets/sheet1.xml"))
        assert b"<v>True</v>" not in out.read("xl/worksheets/sheet1.xml")
    assert table(data)[1][-1] == 2, "the row's number in the sheet"


@pytest.mark.django_db
def test_the_watermark_comes_back_as_nothing(boss: Api) -> None:
    rows = [["客户编号", "客户名称", "联系人"], ["K1", "=1+1", "@李"]]
    brought_in(boss, fixtures.csv_bytes(rows), "x.csv")
    for format in ("xlsx", "csv"):
        for view in ("standard-21", "list"):
            data = taken_out(boss, view, format=format, plain=True)
            again = upload(boss, data, f"x.{format}")
            assert (again["counts"]["rows"], again["counts"]["update"]) == (1, 1), (format, view)
