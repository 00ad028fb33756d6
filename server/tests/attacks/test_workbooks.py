"""Hostile workbooks: each ends in a Chinese sentence, soon, and the process lives."""

from __future__ import annotations

import contextlib
import io
import resource
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.doors import fixtures
from tests.doors.conftest import own_folder
from tests.people import Api, boss, digest, frozen, lin, mei, organisation
from zhike.base.errors import Invalid
from zhike.doors.workbook import Limits, Workbook

__all__ = ["boss", "digest", "frozen", "lin", "mei", "organisation", "own_folder"]

HOSTILE: dict[str, Callable[[], bytes]] = {
    "dimension bomb": fixtures.dimension_bomb,
    "zip bomb": fixtures.zip_bomb,
    "lying zip": fixtures.lying_zip,
    "billion laughs": fixtures.entity_expansion,
    "huge shared strings": fixtures.huge_shared_strings,
    "sheet of 16,384 columns": fixtures.many_columns,
    "csv of 200,000 columns": fixtures.wide_csv,
    "150,000 rows": fixtures.many_rows,
    "opening password": fixtures.encrypted,
    "half a workbook": lambda: fixtures.truncated(fixtures.xlsx(fixtures.standard(50))),
    "no sheet inside": lambda: fixtures.raw_xlsx("")[:-200],
    "one endless cell": lambda: b'a,"' + b"x" * 5_000_000,
    "endless quotes": lambda: b'"' * 200_001,
    "NUL bytes": lambda: b"a,b\x00c\n" * 1000,
    "a program": lambda: b"MZ" + bytes(5000),
    "empty zip": lambda: b"PK\x05\x06" + bytes(18),
    "html without a table": lambda: b"<html><script>alert(1)</script></html>",
    "deep html": lambda: b"<table>" * 100_000,
    "html of endless spans": lambda: b"<table><tr>" + b"<td colspan=99999>x</td>" * 3000,
}
# Odd, but small enough to be read: what counts is that nothing breaks.
HARMLESS = {"huge shared strings"}


def told(data: bytes, limits: Limits | None = None) -> str:
    """Read everything; the sentence it ends with, "" if it was read."""
    try:
        with Workbook(io.BytesIO(data), limits) as book:
            for sheet in book.sheets():
                for _ in sheet.rows:
                    pass
    except Invalid as refused:
        return refused.title
    return ""


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_in_words(name: str) -> None:
    data = HOSTILE[name]()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.monotonic()
    words = told(data)
    if name not in HARMLESS:
        assert any("一" <= letter <= "鿿" for letter in words), "it was read"
    assert time.monotonic() - began < 60
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 150 << 10, f"the parent grew by {grown >> 10} MiB"


def test_entities_are_not_resolved() -> None:
    found: list[object] = []
    with contextlib.suppress(Invalid), Workbook(io.BytesIO(fixtures.external_entity())) as book:
        for sheet in book.sheets():
            found += sheet.rows
    assert "root:" not in str(found)
    assert len(found) <= 2


def test_a_child_that_works_too_long_is_stopped() -> None:
    lines = b"\n".join(b"a,b,c,d" for _ in range(2_000_000))
    words = told(lines, Limits(rows=10**9, seconds=1))
    assert "时间过长" in words


def test_a_child_that_says_nothing_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    from zhike.doors import workbook

    silent = Path(__file__).with_name("silent_child.py")
    monkeypatch.setattr(workbook, "_CHILD", silent)
    assert "时间过长" in told(b"a,b", Limits(silence=0.3))


def test_a_child_that_lies_cannot_fool_the_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    from zhike.doors import workbook

    monkeypatch.setattr(workbook, "_CHILD", Path(__file__).with_name("lying_child.py"))
    assert told(b"a,b")


def test_the_child_holds_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    from zhike.doors import workbook

    monkeypatch.setenv("ZHIKE_KEYS", "geheim")
    monkeypatch.setattr(workbook, "_CHILD", Path(__file__).with_name("telling_child.py"))
    with Workbook(io.BytesIO(b"a,b")) as book:
        (sheet,) = book.sheets()
        assert "geheim" not in sheet.name


def test_no_child_outlives_its_workbook() -> None:
    with Workbook(io.BytesIO(fixtures.many_rows(50_000))) as book:
        next(next(book.sheets()).rows)
        child = book._child
    assert child.returncode is not None


@pytest.mark.django_db
def test_formulas_in_names_stay_text(boss: Api) -> None:
    from tests.doors.conftest import brought_in

    rows = [["客户名称", "备注"], ["=HYPERLINK(1)", "=1+1"], ["@名称", "'-2"]]
    brought_in(boss, fixtures.csv_bytes(rows), "x.csv")
    items = {one["name"]: one for one in boss.get("/customers")["items"]}
    assert set(items) == {"=HYPERLINK(1)", "@名称"}
    assert boss.get(f"/customers/{items['@名称']['id']}")["remark"] == "-2"


@pytest.mark.django_db
def test_bodies_with_ids_of_others(
    boss: Api,
    mei: Api,
    lin: Api,
    digest: Callable[[], str],
) -> None:
    """Foreign imports and exports are not there, and trying changes nothing."""
    from tests.doors.conftest import brought_in, upload

    done = brought_in(mei, fixtures.xlsx(fixtures.standard(2)))
    ready = upload(mei, fixtures.xlsx(fixtures.standard(3)))
    made = mei.post("/exports", {"view": "list"})
    before = digest()
    for path in ("confirmation", "cancellation", "undo"):
        lin.post(f"/imports/{ready['id']}/{path}", status=404)
        lin.post(f"/imports/{done['id']}/{path}", status=404)
    lin.patch(f"/imports/{ready['id']}", {"on_match": "new"}, status=404)
    for path in ("", "/rows", "/result"):
        lin.get(f"/imports/{ready['id']}{path}", status=404)
    for path in ("", "/file"):
        lin.get(f"/exports/{made['id']}{path}", status=404)
        boss.get(f"/exports/{made['id']}{path}", status=404)
    assert digest() == before
