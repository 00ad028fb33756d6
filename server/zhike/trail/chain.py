"""The chain of seals: every event is bound to all events before it.

    seal(n) = HMAC-SHA256(key "audit", seal(n-1) ‖ canonical(n)),   seal(0) = 32 zero bytes

The key is no part of the database, so nobody who has only that can change, remove, add or reorder
rows unnoticed. What a chain cannot tell is that its end was cut off; for that its head is kept
outside as well (`anchor`). See docs/decisions/009.

Rows are written just before the transaction commits: the head, which all writers of the house
share, is then locked for the time of two statements, and nothing else is locked after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

import msgspec
from django.db import DEFAULT_DB_ALIAS, connection, connections

from zhike.base import clock, keyring
from zhike.base.commit import before_commit
from zhike.trail import anchor
from zhike.trail.anchor import End
from zhike.trail.models import Event, Head

PURPOSE = "audit"
START = bytes(32)
_TABLE, _HEAD = Event._meta.db_table, Head._meta.db_table
_FLOAT = re.compile(rb"[0-9](?:\.[0-9]|[eE][+-]?[0-9])")


class Row(NamedTuple):
    """An event as it is sealed. `at` is UTC, `data` canonical JSON."""

    at: datetime
    on: date
    verb: str
    actor_id: int | None
    customer_id: int | None
    record_type: str
    record_id: int | None
    request_id: str
    address: str
    via: str
    data: bytes


def _number(text: str) -> float | int:
    value = float(text)
    return int(value) if value.is_integer() else value


_encode = msgspec.json.Encoder(order="deterministic").encode
_decode = msgspec.json.Decoder(float_hook=_number).decode


def canonical_json(value: Any) -> bytes:
    """The one form of a JSON value: sorted keys, no spaces, UTF-8, whole numbers without point.

    Both databases give back the same value for it: PostgreSQL writes 1e5 as 100000.
    """
    text = _encode(value)
    return _encode(_decode(text)) if _FLOAT.search(text) else text


def stored_json(text: str | bytes) -> bytes:
    """The canonical form of what a database holds. Raises ValueError if that is no JSON."""
    return _encode(_decode(text))


def seal(before: bytes, event_id: int, row: Row) -> bytes:
    """The seal of an event after the one whose seal is `before`."""
    return keyring.mac(PURPOSE, before + _encode((event_id, *row[:10])) + row.data)


def kept(stored: Any) -> bytes:
    """A seal as the database holds it, whatever somebody put there."""
    return stored.encode() if isinstance(stored, str) else bytes(stored)


def write_later(rows: list[Row]) -> None:
    """Have rows sealed and written at the end of the transaction."""
    before_commit(_write, rows)


def _write(batches: list[list[Row]]) -> anchor.Later | None:
    rows = [row for batch in batches for row in batch]
    if not rows:
        return None
    now = clock.now()
    database = connections[DEFAULT_DB_ALIAS]
    moment = database.ops.adapt_datetimefield_value(now)
    with database.cursor() as cursor:
        end = _lock(cursor, database.vendor, moment)
        new, sealed = _sealed(end, rows, database.ops)
        insert = _INSERT[database.vendor]
        if len(sealed) == 1:
            cursor.execute(insert, sealed[0])
        else:
            cursor.executemany(insert, sealed)
        cursor.execute(_MOVE, (*new, moment))
    return anchor.later(before=end, after=new, at=now)


def _sealed(end: End, rows: Iterable[Row], ops: Any) -> tuple[End, list[tuple[Any, ...]]]:
    """The end of the chain after these rows, and them as the database takes them."""
    count, last_id, before = end
    instants: dict[int, Any] = {}  # by identity: one object often stands in every row
    days: dict[int, Any] = {}
    found = []
    for row in rows:
        last_id += 1
        before = seal(before, last_id, row)
        at, on = instants.get(id(row.at)), days.get(id(row.on))
        if at is None:
            at = instants[id(row.at)] = ops.adapt_datetimefield_value(row.at)
        if on is None:
            on = days[id(row.on)] = ops.adapt_datefield_value(row.on)
        found.append((last_id, at, on, *row[2:10], row.data.decode(), before))
    return End(count + len(found), last_id, before), found


_COLUMNS = (
    'id, at, "on", verb, actor_id, customer_id, record_type, record_id, request_id, address, via,'
    " data, seal"
)
_NUMBERS = frozenset({"id", "actor_id", "customer_id", "record_id"})
_INSERT = {
    vendor: f"INSERT INTO {_TABLE} ({_COLUMNS}) VALUES ({'%s, ' * 11}{data}, %s)"
    for vendor, data in (("sqlite", "%s"), ("postgresql", "%s::jsonb"))
}
_MOVE = f"UPDATE {_HEAD} SET count = %s, last_id = %s, seal = %s, at = %s WHERE id = 1"
_BEGIN = (
    f"INSERT INTO {_HEAD} (id, count, last_id, seal, at) VALUES (1, 0, 0, %s, %s)"
    " ON CONFLICT (id) DO NOTHING"
)
# Numbers follow the head, so they have no gaps. A row put in by hand must not stop everybody: it
# is stepped over, and found by the verification.
_READ = f"SELECT count, last_id, seal, (SELECT MAX(id) FROM {_TABLE}) FROM {_HEAD} WHERE id = 1"
_TAKE = {"sqlite": _READ, "postgresql": f"{_READ} FOR UPDATE"}


def _lock(cursor: Any, vendor: str, moment: Any) -> End:
    """Take the head for the rest of the transaction; where there is none, begin a chain."""
    cursor.execute(_TAKE[vendor])
    row = cursor.fetchone()
    if row is None:
        cursor.execute(_BEGIN, (START, moment))
        cursor.execute(_TAKE[vendor])
        row = cursor.fetchone()
    count, last_id, sealed, highest = row
    return End(count, max(last_id, highest or 0), kept(sealed))


def read_end() -> End | None:
    """The head of the chain; None before the first event."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count, last_id, seal FROM {_HEAD} WHERE id = 1")
        row = cursor.fetchone()
    return End(row[0], row[1], kept(row[2])) if row else None


def stored_columns(vendor: str) -> str:
    """Columns to read rows by; on SQLite texts as bytes, which any tampering leaves readable."""
    if vendor != "sqlite":
        return _COLUMNS.replace("data", "data::text")
    names = _COLUMNS.split(", ")
    return ", ".join(name if name in _NUMBERS else f"CAST({name} AS BLOB)" for name in names)


def row_of(stored: Sequence[Any]) -> Row:
    """A stored row as it is sealed. Raises ValueError or TypeError if it is none any more."""
    if isinstance(stored[1], bytes):
        stored = [one.decode() if isinstance(one, bytes) else one for one in stored[:-1]]
    _, at, day, *more, data = stored[:12]
    if isinstance(at, str):
        at = datetime.fromisoformat(at).replace(tzinfo=UTC)
        day = date.fromisoformat(day)
    return Row._make((at.astimezone(UTC), day, *more, stored_json(data)))
