"""The head of the chain, kept outside the database.

Whoever cuts the end of the trail off, or puts an older copy of the database in its place, leaves a
chain that is whole; but the head noted here lies beyond its end. After every commit the head is
written to `audit-anchor.jsonl` in the data folder: one line of fixed length for each of the last
200 days, which keeps the day's newest head. Once an hour a line goes to the log as well.

It is not forced to disk at each commit: this must not slow a write down. Where several machines
share a PostgreSQL, each has a file of its own.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import msgspec
import structlog
from django.conf import settings

from zhike.base import clock, practice

NAME = "audit-anchor.jsonl"
DAYS = 200  # an event is kept 184 days at least
WIDTH = 192  # bytes of a line, its end included
HOUR = 3600.0
Later = Callable[[], None]
log = structlog.get_logger("zhike")
_told: dict[str, float] = {}


class End(NamedTuple):
    """Where a chain ends: how many events, the last one's id and seal."""

    count: int  # type: ignore[assignment]  # a tuple counts, too
    last_id: int
    seal: bytes


class Anchor(msgspec.Struct, frozen=True):
    """A head as it was noted; `contradicted` once the database went on from another one."""

    count: int
    last_id: int
    seal: str
    at: datetime
    contradicted: bool = False

    @property
    def seal_bytes(self) -> bytes:
        return bytes.fromhex(self.seal)


def place() -> Path:
    """The file."""
    return Path(settings.ZHIKE_DATA) / NAME


def later(*, before: End, after: End, at: datetime) -> Later:
    """What to call once the transaction that moved the head is committed.

    The trail of a practice workspace is nobody's evidence, and must not pass for the real one's.
    """
    if practice.generation():
        return lambda: None

    def note() -> None:
        try:
            if not keep(before, after, at):
                _tell("audit_head_mismatch", after)
        except OSError as error:  # a full disk must not undo what is committed
            _tell("audit_anchor_unwritable", after, reason=error.strerror)
        _tell("audit_head", after)

    return note


def keep(before: End, after: End, at: datetime) -> bool:
    """Note a head unless a newer one is noted; False if what is noted is of another chain.

    `before` is the head it followed on. What is contradicted stays: it is the evidence.
    """
    line = Anchor(after.count, after.last_id, after.seal.hex(), at)
    offset = WIDTH * (clock.day_of(at).toordinal() % DAYS)
    handle = os.open(f"{settings.ZHIKE_DATA}/{NAME}", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        held = _parsed(os.pread(handle, WIDTH, offset))
        if held is None or clock.day_of(held.at) != clock.day_of(at):
            os.pwrite(handle, _line(line), offset)
            return True
        if held.contradicted or held.count > after.count:
            return not held.contradicted
        if _fits(held, before, after):
            os.pwrite(handle, _line(line), offset)
            return True
        os.pwrite(handle, _line(msgspec.structs.replace(held, contradicted=True)), offset)
        return False
    finally:
        os.close(handle)


def _fits(held: Anchor, before: End, after: End) -> bool:
    """Whether a noted head, not beyond `after`, can be of the same chain."""
    for end in (before, after):
        if held.count == end.count:
            return held.seal_bytes == end.seal
    # A head is noted at the end of each transaction: none may lie within this one.
    return held.count < before.count


def noted() -> list[Anchor]:
    """Every head in the file, the newest first."""
    try:
        content = place().read_bytes()
    except FileNotFoundError:
        return []
    lines = (content[start : start + WIDTH] for start in range(0, len(content), WIDTH))
    found = [one for one in map(_parsed, lines) if one is not None]
    return sorted(found, key=lambda one: one.count, reverse=True)


def _line(anchor: Anchor) -> bytes:
    return msgspec.json.encode(anchor).ljust(WIDTH - 1) + b"\n"


def _parsed(line: bytes) -> Anchor | None:
    if not line.strip(b"\0 \n"):
        return None
    try:
        return msgspec.json.decode(line, type=Anchor)
    except msgspec.DecodeError:
        return None


def _tell(event: str, end: End, **more: object) -> None:
    """Log at most once an hour in this process."""
    now = time.monotonic()
    if now - _told.get(event, -HOUR) < HOUR:
        return
    _told[event] = now
    level = log.info if event == "audit_head" else log.error
    level(event, count=end.count, last_id=end.last_id, seal=end.seal.hex(), **more)
