"""The reader that runs alone: turns one untrusted workbook into rows on its standard output.

Started by `workbook.py` as a separate process, given the file's bytes on standard input and the
limits as JSON in its first argument. A hostile file can only kill this process. It imports
nothing of zhike, so that it starts quickly and holds nothing worth stealing.

Output: frames of a 4-byte big-endian length and a MessagePack list, in this order::

    ["sheet", {"name", "hidden", "merged": [[top, left, bottom, right], …]}]
    ["rows", [[row number as the spreadsheet shows it, [cell, …]], …]]    (blank rows left out)
    ["end"]
    … next sheet …
    ["done"]          or at any time        ["error", code, {numbers}]
"""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
import resource
import struct
import sys
import zipfile
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any, BinaryIO

import msgspec

FRAME_ROWS = 500
HEADER_AREA = 12  # merged cells matter only where headers can stand
DATE_CODE = 1
_PACK = msgspec.msgpack.Encoder()
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_META_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)

Rows = Iterable[tuple[int, list[Any]]]


class Refusal(Exception):
    """The file cannot be taken; `code` is translated by the parent."""

    def __init__(self, code: str, **numbers: object) -> None:
        super().__init__(code)
        self.code = code
        self.numbers = numbers


class Out:
    """Writes frames; keeps the limits on rows, columns and cells."""

    def __init__(self, stream: BinaryIO, limits: dict[str, int]) -> None:
        self.stream = stream
        self.limits = limits
        self.total = 0

    def frame(self, *parts: object) -> None:
        data = _PACK.encode(parts)
        self.stream.write(struct.pack(">I", len(data)))
        self.stream.write(data)

    def sheet(self, name: str, hidden: bool, merged: list[list[int]], rows: Rows) -> None:
        """Sends one sheet; raises Refusal when it is larger than the limits."""
        self.frame("sheet", {"name": name, "hidden": hidden, "merged": merged})
        batch: list[tuple[int, list[Any]]] = []
        limit, columns, longest = (self.limits[k] for k in ("rows", "columns", "cell"))
        for number, cells in rows:
            while cells and _is_blank(cells[-1]):
                cells.pop()
            if not cells:
                continue
            if len(cells) > columns:
                raise Refusal("columns", sheet=name, row=number, limit=columns)
            for index, cell in enumerate(cells):
                if isinstance(cell, str):
                    if len(cell) > longest:
                        raise Refusal("cell", sheet=name, row=number, limit=longest)
                elif not isinstance(cell, (float, int, bool)):
                    cells[index] = _dated(cell)
            self.total += 1
            if self.total > limit + HEADER_AREA:
                raise Refusal("rows", limit=limit)
            batch.append((number, cells))
            if len(batch) >= FRAME_ROWS:
                self.frame("rows", batch)
                batch = []
        if batch:
            self.frame("rows", batch)
        self.frame("end")


def _is_blank(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and (not cell or cell.isspace()))


def _dated(cell: object) -> object:
    """A date cell goes out as an extension value, so that it is not taken for typed text."""
    if isinstance(cell, (datetime.datetime, datetime.date)):
        return msgspec.msgpack.Ext(DATE_CODE, cell.isoformat().encode())
    if isinstance(cell, datetime.time):
        return cell.isoformat()
    if isinstance(cell, datetime.timedelta):
        return str(cell)
    return "" if cell is None else str(cell)


def read(data: bytes, out: Out) -> None:
    """Sends every sheet of the file, told apart by its content and never by its name."""
    if not data.strip(b"\x00\t\r\n "):
        raise Refusal("empty")
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if data[:4] == b"PK\x03\x04" or data[:4] == b"PK\x05\x06":
        _check_zip(data, out.limits)
        _read_workbook(data, out)
    elif data[:8] == _OLE:
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Refusal("password")
        _read_workbook(data, out)
    elif data[:5] == b"%PDF-" or data[:2] in (b"\xff\xd8", b"MZ", b"\x1f\x8b", b"7z", b"Rar!"[:2]):
        raise Refusal("format")
    elif head.startswith((b"<!doctype html", b"<html", b"<table", b"<?xml", b"<meta", b"<style")):
        _read_markup(data, out)
    else:
        out.sheet("", False, [], _csv_rows(_decode(data)))


def _check_zip(data: bytes, limits: dict[str, int]) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError) as error:
        raise Refusal("broken") from error
    if len(entries) > 5000 or sum(entry.file_size for entry in entries) > limits["unpacked"]:
        raise Refusal("bomb")
    names = {entry.filename.lower() for entry in entries}
    if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml", "mimetype"}:
        raise Refusal("format")


def _read_workbook(data: bytes, out: Out) -> None:
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        visible = calamine.SheetVisibleEnum.Visible
        work = calamine.SheetTypeEnum.WorkSheet
        for meta in book.sheets_metadata:
            if meta.typ != work:
                continue
            sheet = book.get_sheet_by_name(meta.name)
            out.sheet(meta.name, meta.visible != visible, _merged(sheet), _sheet_rows(sheet))
    except calamine.PasswordError as error:
        raise Refusal("password") from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise Refusal("broken") from error


def _merged(sheet: Any) -> list[list[int]]:
    ranges = sheet.merged_cell_ranges or []
    return [
        [top, left, bottom, right]
        for (top, left), (bottom, right) in ranges[:10_000]
        if top < HEADER_AREA
    ]


def _sheet_rows(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    """Rows with their numbers; calamine leaves out what lies above and left of the first cell."""
    if sheet.start is None:
        return
    top, left = sheet.start
    pad: list[Any] = [""] * left
    for index, cells in enumerate(sheet.iter_rows()):
        yield top + index + 1, pad + cells if left else cells


def _decode(data: bytes) -> str:
    """BOM, then strict UTF-8, then GB18030 (right for 34 of 34 files tried)."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    if data[:3] == b"\xef\xbb\xbf":
        return data[3:].decode("utf-8", errors="replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            raise Refusal("format")
        return text
    raise Refusal("encoding")


def _csv_rows(text: str) -> Iterator[tuple[int, list[Any]]]:
    csv.field_size_limit(4_000_000)
    first, _, rest = text.partition("\n")
    mark = re.fullmatch(r"sep=(.)\s*", first)
    delimiter = mark.group(1) if mark else _delimiter(text)
    if mark:
        text = rest
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    try:
        yield from ((index, list(cells)) for index, cells in enumerate(reader, 1))
    except csv.Error as error:
        raise Refusal("broken") from error


def _delimiter(text: str) -> str:
    """The separator which cuts the first lines into the most columns; a comma when in doubt."""
    sample = text[:20_000]
    best, most = ",", 1.0
    for delimiter in ",;\t|":
        try:
            widths = sorted(
                len(cells)
                for _, cells in zip(
                    range(10), csv.reader(io.StringIO(sample), delimiter=delimiter), strict=False
                )
                if cells
            )
        except csv.Error:
            continue
        middle = widths[len(widths) // 2] if widths else 0
        if middle > most:
            best, most = delimiter, middle
    return best


class _Tables(HTMLParser):
    """Collects the cells of HTML tables and of Excel 2003 XML (Row, Cell, Data).

    Entities are the few HTML knows; declared ones are never expanded.
    """

    def __init__(self, limits: dict[str, int]) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[Any]] = []
        self.text: list[str] | None = None
        self.span = 1
        self.limits = limits

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = tag.rpartition(":")[2]
        if tag in ("tr", "row"):
            self.close_cell()
            if len(self.rows) > self.limits["rows"] + HEADER_AREA:
                raise Refusal("rows", limit=self.limits["rows"])
            self.rows.append([])
        elif tag in ("td", "th", "cell"):
            self.close_cell()
            given = {name.rpartition(":")[2]: value or "" for name, value in attrs}
            span = given.get("colspan") or given.get("mergeacross") or ""
            self.span = min(int(span), 1000) if span.isdigit() else 1
            self.span += 1 if "mergeacross" in given else 0
            index = given.get("index", "")
            if tag == "cell" and index.isdigit() and self.rows:
                missing = min(int(index), 1000) - 1 - len(self.rows[-1])
                self.rows[-1].extend([""] * max(0, missing))
            self.text = []
        elif tag == "br" and self.text is not None:
            self.text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag.rpartition(":")[2] in ("td", "th", "cell", "tr", "row", "table"):
            self.close_cell()

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text.append(data)

    def close_cell(self) -> None:
        if self.text is None:
            return
        if not self.rows:
            self.rows.append([])
        self.rows[-1].append("".join(self.text).strip())
        self.rows[-1].extend([""] * (self.span - 1))
        self.text = None


def _read_markup(data: bytes, out: Out) -> None:
    named = _META_CHARSET.search(data[:2048])
    text = None
    if named and named.group(1).lower() in (b"gb2312", b"gbk", b"gb18030"):
        text = data.decode("gb18030", errors="replace")
    parser = _Tables(out.limits)
    parser.feed(text if text is not None else _decode(data))
    parser.close_cell()
    if not parser.rows:
        raise Refusal("format")
    out.sheet("", False, [], enumerate(parser.rows, 1))


def main() -> None:
    """Limits itself first, reads standard input, writes frames, always leaves with code 0."""
    limits: dict[str, int] = json.loads(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (limits["seconds"], limits["seconds"] + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    out = Out(sys.stdout.buffer, limits)
    try:
        read(sys.stdin.buffer.read(), out)
        if not out.total:
            raise Refusal("empty")
        out.frame("done")
    except Refusal as refusal:
        out.frame("error", refusal.code, refusal.numbers)
    except MemoryError:
        out.frame("error", "memory", {})
    except BrokenPipeError:
        return
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
