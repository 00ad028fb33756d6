"""Reading an upload into stored rows, and checking those rows for the preview."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, BinaryIO

import msgspec

from zhike.access.models import Person
from zhike.base import keyring
from zhike.base.errors import Invalid
from zhike.base.identity import reserve
from zhike.base.jobs import Run
from zhike.base.table import Table
from zhike.doors import spool
from zhike.doors.matching import Decision, Matcher, drop_known, records_held
from zhike.doors.models import Import, ImportRow
from zhike.doors.rows import Reading, card_row
from zhike.doors.sheets import (
    TOOL_CARD,
    UNKNOWN,
    Head,
    find_head,
    is_card,
)
from zhike.doors.workbook import Limits, Row, Sheet, Workbook, refused

_CARD_ROWS = 60
_HEADER_TEXT = 100


class Content:
    """What was found in a workbook: the kind of sheet, headers, and the rows still to come."""

    def __init__(self, sheet: str, headers: list[str], mapping: list[str | None]) -> None:
        self.sheet = sheet
        self.headers = [header[:_HEADER_TEXT] for header in headers]
        self.mapping = mapping


def read(of: Import, source: BinaryIO, limits: Limits | None = None) -> Content:
    """Read a workbook and store its rows; raises Invalid in words for what cannot be read.

    Of several sheets those of the first known kind are taken, hidden ones only when nothing
    else is there; cards are gathered, one customer each.
    """
    limits = limits or Limits()
    gathering = _Gathering(limits)
    count = spool.keep_rows(of.pk, gathering.rows(source))
    if gathering.content is None and gathering.hidden_left_out:
        gathering = _Gathering(limits, hidden=True)
        count = spool.keep_rows(of.pk, gathering.rows(source))
    if gathering.content is None:
        raise Invalid("file", "没有找到表头。请确认前 10 行里有“客户编号”“客户名称”这样的列名。")
    if not count:
        raise Invalid("file", "表头下面没有数据。请填好后再上传。")
    if count > limits.rows:
        raise refused("rows", limit=limits.rows)
    return gathering.content


class _Gathering:
    """Goes through the sheets of a workbook once and yields the rows that belong together."""

    def __init__(self, limits: Limits, *, hidden: bool = False) -> None:
        self.limits = limits
        self.hidden = hidden
        self.hidden_left_out = False
        self.content: Content | None = None
        self._last = 0  # rows of further sheets are counted on

    def rows(self, source: BinaryIO) -> Iterator[Row]:
        with Workbook(source, self.limits) as book:
            for sheet in book.sheets():
                if sheet.hidden and not self.hidden:
                    self.hidden_left_out = True
                else:
                    yield from self._of_sheet(sheet)

    def _of_sheet(self, sheet: Sheet) -> Iterator[Row]:
        top, rest = _top(sheet)
        if is_card(top):
            if self.content is None:
                headers = [header for header, _ in TOOL_CARD.columns]
                fields: list[str | None] = [field for _, field in TOOL_CARD.columns]
                self.content = Content(TOOL_CARD.name, headers, fields)
            if self.content.sheet == TOOL_CARD.name:
                self._last += 1
                yield card_row(self._last, chain(top, rest))
            return
        head = find_head(top, sheet.merged)
        if head is None or not self._continues(head):
            return
        offset = self._last
        for number, cells in chain(top, rest):
            if number >= head.first_row:
                self._last = offset + number
                yield self._last, cells

    def _continues(self, head: Head) -> bool:
        """Whether a sheet is the first with a header, or has the same one as the first."""
        if self.content is None:
            name = head.layout.name if head.layout else UNKNOWN
            self.content = Content(name, head.headers, head.mapping)
            return True
        return self.content.headers == [header[:_HEADER_TEXT] for header in head.headers]


def _top(sheet: Sheet) -> tuple[list[Row], Iterator[Row]]:
    top: list[Row] = []
    for row in sheet.rows:
        top.append(row)
        if len(top) >= _CARD_ROWS:
            break
    return top, sheet.rows


def reading_of(of: Import) -> Reading:
    """The compiled reading of an import; raises Invalid for a mapping that names nobody."""
    reading = Reading(of.mapping, of.sheet)
    if not reading.has_customers and not (reading.has_code and reading.has_records):
        raise Invalid("mapping", "还不知道哪一列是“客户名称”。请为这一列选择对应的字段，再继续。")
    return reading


class Tally:
    """Counts decisions as the preview and the result show them."""

    def __init__(self, counts: dict[str, int] | None = None) -> None:
        self.counts = Counter(counts or {})

    def add(self, decisions: Iterable[Decision]) -> None:
        for decision in decisions:
            self.counts["rows"] += 1
            name = "refused" if decision.action == "refuse" else decision.action
            self.counts[name] += 1
            self.counts["warnings"] += any(p.level != "refused" for p in decision.draft.problems)

    def as_json(self, done: int = 0) -> dict[str, int]:
        names = ("rows", "new", "update", "skip", "refused", "warnings")
        return {name: self.counts[name] for name in names} | {"done": done}


def decide(matcher: Matcher, rows: Sequence[Row]) -> list[Decision]:
    """The decisions for a piece of rows, with what is already here taken out."""
    decisions = matcher.decide(list(matcher.reading.drafts(rows)))
    drop_known(decisions, records_held(decisions), records=not matcher.reading.has_customers)
    return decisions


def check(run: Run, of: Import, actor: Person) -> None:
    """Check every stored row and keep the problems; leaves the import ready to be confirmed.

    Where the columns do not tell whom the rows are about, it is ready with a message instead: a
    person then says which column holds the name.
    """
    total = spool.pieces_of(of.pk)
    tally = Tally()
    message = ""
    with run.step():
        ImportRow.objects.filter(of=of).delete()
    try:
        matcher = Matcher(actor, of, reading_of(of))
    except Invalid as unclear:
        message = unclear.title
    else:
        for piece, rows in spool.pieces(of.pk):
            with run.step():
                decisions = decide(matcher, rows)
                keep_rows(of, decisions, dict(rows))
                run.progress(piece + 1, total)
            tally.add(decisions)
    with run.step(final=True):
        Import.objects.filter(pk=of.pk, state=Import.State.READING).update(
            state=Import.State.READY, counts=tally.as_json(), message=message
        )


def seal_row(name: str, row_id: int, content: Any) -> bytes:
    """Seal what an import row keeps."""
    text = msgspec.json.encode(content).decode()
    return keyring.seal(text, table="import_row", field=name, row=row_id)


def unseal_row(name: str, row_id: int, sealed: bytes | memoryview | None) -> Any:
    """Open what `seal_row` made; None for nothing."""
    if not sealed:
        return None
    return msgspec.json.decode(
        keyring.unseal(bytes(sealed), table="import_row", field=name, row=row_id)
    )


def keep_rows(
    of: Import,
    decisions: Sequence[Decision],
    cells: dict[int, list[Any]],
    before: dict[int, Any] | None = None,
) -> None:
    """Keep the rows that have problems or concern customers already here.

    `before` gives, by row, what an undo needs.
    """
    before = before or {}
    kept = [
        one
        for one in decisions
        if one.draft.problems or one.action != "new" or one.draft.row in before
    ]
    ids = reserve(ImportRow, len(kept))
    Table(ImportRow, "id").insert(
        [
            {
                "id": pk,
                "of": of.pk,
                "row": one.draft.row,
                "action": one.action,
                "problems": [list(problem) for problem in one.draft.problems],
                "customer_id": one.customer_id,
                "cells": (
                    seal_row("cells", pk, spool.as_json(cells[one.draft.row]))
                    if one.draft.problems
                    else None
                ),
                "before": (
                    seal_row("before", pk, before[one.draft.row])
                    if one.draft.row in before
                    else None
                ),
            }
            for pk, one in zip(ids, kept, strict=True)
        ]
    )
