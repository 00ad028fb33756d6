"""Looking whether the chain of events is whole: nothing changed, missing, added, moved, cut off.

A whole verification reads every event. Between two of them the nightly one goes on from where
the last one ended; that place is kept with a code that only the holder of the keys can make.
"""

from __future__ import annotations

import hmac
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import msgspec
import structlog
from django.db import DatabaseError, connection

from zhike.base import clock, keyring
from zhike.trail import anchor, chain
from zhike.trail.anchor import Anchor, End
from zhike.trail.models import Event, Examination

REDATED = "event.redated"
WHOLE_EVERY = timedelta(days=6, hours=12)
MOST_TOLD = 20
_CHUNK = 5000
_CANDIDATES = 6
_LOOKS = 50
_BEGINNING = End(0, 0, chain.START)
_TABLE = Event._meta.db_table
log = structlog.get_logger("zhike")


@dataclass(frozen=True)
class Finding:
    """Something wrong with the chain: at which event, if at one, and a Chinese sentence."""

    event_id: int | None
    text: str


@dataclass
class Result:
    """What a verification found. `end` is where it got to, `events` how many there are."""

    whole: bool
    end: End = _BEGINNING
    events: int = 0
    findings: list[Finding] = field(default_factory=list)
    total: int = 0

    @property
    def well(self) -> bool:
        return not self.total

    @property
    def problem(self) -> str:
        """The findings in one text; empty when all is well."""
        told = [one.text for one in self.findings[:3]]
        if self.total > len(told):
            told.append(f"共 {self.total} 处")
        return "；".join(told) + ("。" if told else "")

    def found(self, event_id: int | None, text: str) -> None:
        self.total += 1
        if len(self.findings) < MOST_TOLD:
            self.findings.append(Finding(event_id, text))


def verify(since: End = _BEGINNING) -> Result:
    """Verify the chain after `since`, a place where it was whole; without it, all of it."""
    result = Result(whole=since == _BEGINNING)
    notes = anchor.noted()  # before the head, which is written first
    head = chain.read_end()
    walk = _Walk(since, result)
    walk.to(head.last_id if head else 0)
    walk.look_again()
    result.end, result.events = walk.end, walk.end.count
    _check_head(result, head, walk.end)
    _check_notes(result, head or _BEGINNING, notes)
    if since.count and _seals([since.last_id]).get(since.last_id) != since.seal:
        result.found(since.last_id, f"上次核对到的第 {since.last_id} 号记录不见了或被改动")
    return result


class _Walk:
    """Goes through the rows in the order of their numbers, from one seal to the next."""

    def __init__(self, since: End, result: Result) -> None:
        self.result = result
        self.end = since
        # The seals the next row may rest upon: one, but several after a row that is not well.
        self._before = [since.seal]
        self._moved = _redates()
        self._suspects: list[int] = []

    def to(self, last_id: int) -> None:
        try:
            for stored in _rows(self.end.last_id, last_id):
                self._pass(stored)
        except (DatabaseError, UnicodeDecodeError):
            self.result.found(None, f"第 {self.end.last_id} 号之后的记录读不出来")

    def _pass(self, stored: Sequence[Any]) -> None:
        event_id, kept = stored[0], chain.kept(stored[-1])
        row = _row(stored, self._moved)
        made = [] if row is None else [chain.seal(one, event_id, row) for one in self._before]
        if made and made[0] == kept:
            self._before = [kept]
        else:
            # After a gap or a bad row the chain may go on from another place: tell each once.
            if kept not in made:
                self._suspects.append(event_id)
                self._tell(event_id)
                self._before = [kept, *made[:1], *self._before][:_CANDIDATES]
            else:
                self._before = [kept]
        self.end = End(self.end.count + 1, event_id, kept)

    def _tell(self, event_id: int) -> None:
        last = self.end.last_id
        if event_id > last + 1:
            text = f"第 {last} 号与第 {event_id} 号之间的记录被删除，或第 {event_id} 号被改动"
        else:
            text = f"第 {event_id} 号记录被改动、插入或调换"
        self.result.found(event_id, text)

    def look_again(self) -> None:
        """Acquit those whose day was moved rightly while we were reading."""
        if not self._suspects:
            return
        moved = _redates()
        if moved == self._moved:
            return
        for _ in range(_LOOKS):  # again, while days were moved under our eyes
            well = {one for one in self._suspects[:MOST_TOLD] if _stands(one, moved)}
            before, moved = moved, _redates()
            if moved == before:
                break
        self.result.findings = [one for one in self.result.findings if one.event_id not in well]
        self.result.total -= len(well)


Moves = dict[int, list[tuple[date, date]]]


def _redates() -> Moves:
    """Which events were moved to another day: their days before and after, in order."""
    moved: Moves = defaultdict(list)
    events = Event._default_manager.filter(verb=REDATED).order_by("id")
    for data in events.values_list("data", flat=True):
        try:
            pair = (date.fromisoformat(data["from"]), date.fromisoformat(data["to"]))
            moved[int(data["event"])].append(pair)
        except (KeyError, TypeError, ValueError):
            continue  # tampered with: its own seal tells
    return moved


def _row(stored: Sequence[Any], moved: Moves) -> chain.Row | None:
    """A row as it was sealed; None if it cannot have been sealed so."""
    try:
        row = chain.row_of(stored)
    except (ValueError, TypeError, msgspec.DecodeError):
        return None
    moves = moved.get(stored[0])
    if not moves:
        return row
    broken = any(before[1] != after[0] for before, after in pairwise(moves))
    if broken or row.on != moves[-1][1]:
        return None
    return row._replace(on=moves[0][0])


def _rows(after: int, last_id: int) -> Iterator[Sequence[Any]]:
    columns = chain.stored_columns(connection.vendor)
    sql = f"SELECT {columns} FROM {_TABLE} WHERE id > %s AND id <= %s ORDER BY id LIMIT {_CHUNK}"
    while True:
        with connection.cursor() as cursor:
            cursor.execute(sql, [after, last_id])
            rows = cursor.fetchall()
        yield from rows
        if len(rows) < _CHUNK:
            return
        after = rows[-1][0]


def _stands(event_id: int, moved: Moves) -> bool:
    """Whether an event fits to the one before it, as they are stored now."""
    columns = chain.stored_columns(connection.vendor)
    sql = f"SELECT {columns} FROM {_TABLE} WHERE id <= %s ORDER BY id DESC LIMIT 2"
    with connection.cursor() as cursor:
        cursor.execute(sql, [event_id])
        rows = cursor.fetchall()
    if not rows or rows[0][0] != event_id:
        return False
    row = _row(rows[0], moved)
    before = chain.kept(rows[1][-1]) if len(rows) > 1 else chain.START
    return row is not None and chain.seal(before, event_id, row) == chain.kept(rows[0][-1])


def _check_head(result: Result, head: End | None, end: End) -> None:
    """Compare the head with the rows, and look for rows beyond it."""
    highest = Event._default_manager.order_by("-id").values_list("id", flat=True).first() or 0
    present = chain.read_end()  # after the highest: honest rows come with their head
    if head is None:
        if highest and present is None:
            result.found(None, "审计链的链头不见了")
        return
    if (head.last_id, head.seal) != (end.last_id, end.seal):
        result.found(
            None, f"末尾的记录被删除：链头在第 {head.last_id} 号，记录只到第 {end.last_id} 号"
        )
    elif head.count != end.count:
        result.found(None, f"记录数不符：链头记着 {head.count} 条，实际 {end.count} 条")
    if present is None or highest > present.last_id:
        result.found(highest, f"第 {highest} 号记录在链头之后，不是本系统写入的")


def _check_notes(result: Result, head: End, notes: list[Anchor]) -> None:
    """Compare the heads noted outside the database with the rows."""
    seals = _seals([one.last_id for one in notes])
    for note in notes:
        if seals.get(note.last_id) == note.seal_bytes:
            continue
        when = note.at.astimezone(clock.SHANGHAI)
        what = "末尾被删除，或数据库被换成旧的" if note.last_id > head.last_id else "被替换"
        result.found(
            None,
            f"数据库外留底的链头（{when:%Y-%m-%d %H:%M}，第 {note.last_id} 号）对不上：{what}",
        )
        return


def _seals(ids: list[int]) -> dict[int, bytes]:
    rows = Event._default_manager.filter(pk__in=ids).values_list("pk", "seal")
    return {pk: chain.kept(seal) for pk, seal in rows}


def examine(*, now: datetime, whole: bool = False) -> Result:
    """Verify the chain and keep the result; goes through all of it at least once a week."""
    last = Examination.objects.filter(pk=Examination.THE).first()
    since = None if whole else _checkpoint(last, now)
    result = verify(since or _BEGINNING)
    if since and not result.well:
        result = verify()
    kept = Examination(pk=Examination.THE, checked_at=now, well=result.well)
    kept.problem = result.problem
    if result.well:
        whole_at = now if result.whole or last is None else last.whole_at
        kept.count, kept.last_id, kept.seal = result.end
        kept.whole_at, kept.mac = whole_at, _mac(result.end, whole_at)
    else:
        log.error("audit_chain_broken", findings=[one.text for one in result.findings])
    kept.save()
    return result


def _checkpoint(last: Examination | None, now: datetime) -> End | None:
    """Where the last verification ended, if that can be relied upon and is no week ago."""
    if last is None or not last.well or last.whole_at is None:
        return None
    end = End(last.count, last.last_id, bytes(last.seal))
    if not hmac.compare_digest(bytes(last.mac), _mac(end, last.whole_at)):
        return None
    return end if now - last.whole_at < WHOLE_EVERY else None


def _mac(end: End, whole_at: datetime | None) -> bytes:
    moment = whole_at.timestamp() if whole_at else 0
    words = f"{end.count}|{end.last_id}|{end.seal.hex()}|{moment:.6f}"
    return keyring.mac("audit checkpoint", words.encode())
