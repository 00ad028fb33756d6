"""What an import holds on disk between upload and end: sealed, in pieces, one piece at a time.

Two files per import in the data folder: the upload (until it is read) and the rows read from it
(until the import is over). Both hold personal data, so every piece is sealed with the key ring
and bound to its import and its place.
"""

from __future__ import annotations

import base64
import datetime
import io
import os
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
from django.conf import settings

from zhike.base import clock, jobs, keyring
from zhike.doors.workbook import Cell, Row

PIECE = 1000  # rows: one transaction each when they are written
_UPLOAD_PIECE = 1 << 20


def folder(name: str) -> Path:
    """A folder of the data folder, made when missing, open to its owner only."""
    place = Path(settings.ZHIKE_DATA) / name
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def upload_path(import_id: int) -> Path:
    return folder("imports") / f"{import_id}.upload"


def rows_path(import_id: int) -> Path:
    return folder("imports") / f"{import_id}.rows"


def remove(import_id: int) -> None:
    """Delete what is held of an import."""
    for path in (upload_path(import_id), rows_path(import_id)):
        path.unlink(missing_ok=True)


def held(age: datetime.timedelta, now: datetime.datetime) -> Iterator[tuple[int, Path]]:
    """What lies in the folder for longer than `age`, as (import id, file)."""
    for path in folder("imports").iterdir():
        number = path.name.partition(".")[0]
        if number.isdigit() and path.stat().st_mtime < (now - age).timestamp():
            yield int(number), path


def _put(file: BinaryIO, text: str, name: str, import_id: int, piece: int) -> None:
    sealed = keyring.seal(text, table="import", field=f"{name}.{piece}", row=import_id)
    file.write(struct.pack(">I", len(sealed)))
    file.write(sealed)


def _pieces(path: Path, name: str, import_id: int, first: int = 0) -> Iterator[tuple[int, str]]:
    with path.open("rb") as file:
        piece = 0
        while head := file.read(4):
            (length,) = struct.unpack(">I", head)
            if piece < first:
                file.seek(length, os.SEEK_CUR)
            else:
                sealed = file.read(length)
                place = f"{name}.{piece}"
                yield piece, keyring.unseal(sealed, table="import", field=place, row=import_id)
            piece += 1


def keep_upload(import_id: int, source: BinaryIO, limit: int) -> int:
    """Store an uploaded file; returns its size, or -1 (nothing kept) beyond `limit` bytes."""
    path = upload_path(import_id)
    try:
        size = _store(path, import_id, source, limit)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    if size > limit:
        path.unlink()
        return -1
    return size


def _store(path: Path, import_id: int, source: BinaryIO, limit: int) -> int:
    size = piece = 0
    with path.open("wb") as file:
        while size <= limit and (data := source.read(_UPLOAD_PIECE)):
            size += len(data)
            _put(file, base64.b64encode(data).decode(), "upload", import_id, piece)
            piece += 1
        file.flush()
        os.fsync(file.fileno())
    return size


def uploaded(import_id: int) -> BinaryIO:
    """The uploaded file, in memory."""
    whole = io.BytesIO()
    for _, text in _pieces(upload_path(import_id), "upload", import_id):
        whole.write(base64.b64decode(text))
    whole.seek(0)
    return whole


def _wrapped(cell: Cell) -> Any:
    """Days are told from text by a list of one."""
    return [cell.isoformat()] if isinstance(cell, datetime.date) else cell


def _unwrapped(cell: Any) -> Any:
    if not isinstance(cell, list):
        return cell
    text = cell[0]
    parse = datetime.date if len(text) == 10 else datetime.datetime
    return parse.fromisoformat(text)


def as_json(cells: Iterable[Cell]) -> list[Any]:
    """Cells as JSON holds them; `from_json` gives them back."""
    return [_wrapped(cell) for cell in cells]


def from_json(cells: Iterable[Any]) -> list[Cell]:
    """The cells `as_json` was given."""
    return [_unwrapped(cell) for cell in cells]


def pieces_of(import_id: int) -> int:
    """How many pieces the stored rows of an import have."""
    count = 0
    with rows_path(import_id).open("rb") as file:
        while head := file.read(4):
            file.seek(struct.unpack(">I", head)[0], os.SEEK_CUR)
            count += 1
    return count


def keep_rows(import_id: int, rows: Iterable[Row]) -> int:
    """Store the rows of an import in pieces of `PIECE`; returns their number."""
    path = rows_path(import_id)
    beside = path.with_suffix(".part")
    count = piece = 0
    batch: list[tuple[object, ...]] = []
    with beside.open("wb") as file:
        for number, cells in rows:
            if any(isinstance(cell, datetime.date) for cell in cells):
                batch.append((number, as_json(cells), True))
            else:
                batch.append((number, cells))
            count += 1
            if len(batch) == PIECE:
                _put(file, msgspec.json.encode(batch).decode(), "rows", import_id, piece)
                piece += 1
                batch = []
        if batch:
            _put(file, msgspec.json.encode(batch).decode(), "rows", import_id, piece)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    return count


def pieces(import_id: int, first: int = 0) -> Iterator[tuple[int, list[Row]]]:
    """The stored rows from piece `first` on, as (piece, rows)."""
    for piece, text in _pieces(rows_path(import_id), "rows", import_id, first):
        rows: list[Any] = msgspec.json.decode(text)
        yield (
            piece,
            [(row[0], row[1] if len(row) == 2 else from_json(row[1])) for row in rows],
        )


def forget_later(now: datetime.datetime, after: datetime.timedelta) -> None:
    """Have what lies on disk looked through once it may have grown old, one job a day."""
    at = clock.midnight(clock.day_of(now + after) + datetime.timedelta(days=1))
    jobs.enqueue("doors.forget", {}, now=now, run_at=at, dedupe_key=f"doors.forget:{at:%Y%m%d}")
