"""Recording much at once, as imports and hand-overs do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from zhike.base import origin
from zhike.trail.chain import Row, canonical_json, write_later


def record_many(rows: Sequence[dict[str, Any]]) -> None:
    """Write events in the caller's transaction, given by the names of `Event`'s fields.

    `at`, `on` and `verb` are needed; `actor` is an id. Nobody who subscribed is told.
    """
    came = origin.present()
    known: dict[int, bytes] = {}  # by identity: one object often stands in every row
    instants: dict[int, datetime] = {}
    found = []
    for row in rows:
        data, at = row.get("data") or {}, row["at"]
        if id(data) not in known or not data:
            known[id(data)] = canonical_json(data)
        if id(at) not in instants:
            instants[id(at)] = at.astimezone(UTC)
        found.append(
            Row(
                instants[id(at)],
                row["on"],
                row["verb"],
                row.get("actor"),
                row.get("customer_id"),
                row.get("record_type", ""),
                row.get("record_id"),
                came.request_id,
                came.address,
                came.via,
                known[id(data)],
            )
        )
    if found:
        write_later(found)
