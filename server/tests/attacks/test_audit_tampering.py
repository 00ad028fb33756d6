"""A thousand ways to tamper with the trail, by somebody who owns the database but not the keys.

Each is done to the rows themselves, with the guard lifted, and must be found.
"""

from __future__ import annotations

import json
import random
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from tests.people import frozen
from tests.trail.chains import cut_after, execute, head, story
from zhike.trail import guard, verification
from zhike.trail.models import Event

__all__ = ["frozen"]
pytestmark = pytest.mark.django_db(transaction=True)
TRIES = 1000
LENGTH = 30
COLUMNS = (
    'at, "on", verb, actor_id, customer_id, record_type, record_id, data, request_id, address,'
    " via, seal"
)


class _Over(Exception):
    """Ends the transaction of a try."""


@pytest.fixture
def chain(tmp_path: Path, settings: object) -> Iterator[list[int]]:
    """The numbers of the events of an honest chain."""
    settings.ZHIKE_DATA = tmp_path  # type: ignore[attr-defined]
    story(LENGTH)
    assert verification.verify().well
    yield list(Event.objects.order_by("id").values_list("id", flat=True))


Tampering = Callable[[random.Random, list[int]], None]


def _different(chance: random.Random, event: Event, name: str) -> Any:
    """Another value for a column."""
    marks = {
        "verb": "customer.forged",
        "record_type": "forged",
        "request_id": "f" * 32,
        "address": "203.0.113.9",
        "via": "forged",
    }
    if name in marks:
        return marks[name]
    if name == "at":
        return "2026-11-18 02:00:00.000001" if chance.random() < 0.5 else "1999-12-31 00:00:00"
    if name == "on":
        return "2001-02-03"
    if name == "data":
        changed = {**event.data, "import": chance.randrange(6, 10**6)}
        return json.dumps(changed if chance.random() < 0.7 else {})
    if name == "seal":
        kept = bytearray(event.seal)
        kept[chance.randrange(32)] ^= 1 << chance.randrange(8)
        return bytes(kept)
    return (getattr(event, name) or 0) + chance.randrange(1, 10**6)


def edit(chance: random.Random, ids: list[int]) -> None:
    names = "at on verb customer_id record_type record_id data request_id address via seal"
    name = chance.choice(names.split())
    event = Event.objects.get(pk=chance.choice(ids))
    new = _different(chance, event, name)
    assert execute(f'UPDATE zhike_event SET "{name}" = %s WHERE id = %s', new, event.pk) == 1


def edit_many(chance: random.Random, ids: list[int]) -> None:
    low = chance.choice(ids)
    execute("UPDATE zhike_event SET customer_id = 999999 WHERE id >= %s", low)


def delete(chance: random.Random, ids: list[int]) -> None:
    start = chance.randrange(len(ids))
    gone = ids[start : start + chance.randrange(1, 4)]
    execute("DELETE FROM zhike_event WHERE id BETWEEN %s AND %s", gone[0], gone[-1])


def delete_and_close_up(chance: random.Random, ids: list[int]) -> None:
    """The rows after it get the numbers before, and the head agrees."""
    gone = chance.choice(ids[:-1])
    execute("DELETE FROM zhike_event WHERE id = %s", gone)
    _shift(gone, -1)
    execute("UPDATE zhike_head SET count = count - 1, last_id = last_id - 1")


def _shift(after: int, by: int) -> None:
    far = 10**6
    execute("UPDATE zhike_event SET id = id + %s WHERE id > %s", far, after)
    execute("UPDATE zhike_event SET id = id - %s WHERE id > %s", far - by, far)


def _copy(of: int, to: int, seal: bytes) -> None:
    execute(
        f"INSERT INTO zhike_event (id, {COLUMNS}) SELECT %s, {COLUMNS.removesuffix('seal')} %s"
        " FROM zhike_event WHERE id = %s",
        to,
        seal,
        of,
    )


def insert(chance: random.Random, ids: list[int]) -> None:
    """A forged row in the middle, the others moved up, the head agreeing."""
    after = chance.choice(ids[:-1])
    _shift(after, 1)
    near = bytes(Event.objects.get(pk=after).seal)
    _copy(chance.choice(ids[: ids.index(after) + 1]), after + 1, near)
    execute("UPDATE zhike_head SET count = count + 1, last_id = last_id + 1")


def append(chance: random.Random, ids: list[int]) -> None:
    seal = secrets.token_bytes(32) if chance.random() < 0.5 else head()[2]
    _copy(chance.choice(ids), ids[-1] + chance.randrange(1, 9), seal)
    if chance.random() < 0.7:
        last = "(SELECT MAX(id) FROM zhike_event)"
        execute(f"UPDATE zhike_head SET count = count + 1, last_id = {last}, seal = %s", seal)


def swap(chance: random.Random, ids: list[int]) -> None:
    """Two rows change places, with their seals or without."""
    one, other = chance.sample(ids, 2)
    far = 10**6
    execute("UPDATE zhike_event SET id = %s WHERE id = %s", far, one)
    execute("UPDATE zhike_event SET id = %s WHERE id = %s", one, other)
    execute("UPDATE zhike_event SET id = %s WHERE id = %s", other, far)
    if chance.random() < 0.5:
        pair = {row.pk: bytes(row.seal) for row in Event.objects.filter(pk__in=[one, other])}
        execute("UPDATE zhike_event SET seal = %s WHERE id = %s", pair[other], one)
        execute("UPDATE zhike_event SET seal = %s WHERE id = %s", pair[one], other)


def renumber(chance: random.Random, ids: list[int]) -> None:
    by = chance.randrange(1, 1000)
    _shift(chance.choice(ids) - 1, by)
    if chance.random() < 0.7:
        execute("UPDATE zhike_head SET last_id = last_id + %s", by)


def cut(chance: random.Random, ids: list[int]) -> None:
    """The tail goes, or all of it is an older copy; the head agrees."""
    cut_after(chance.choice(ids[:-1]))


def cut_roughly(chance: random.Random, ids: list[int]) -> None:
    execute("DELETE FROM zhike_event WHERE id > %s", chance.choice(ids[:-1]))


def cut_the_beginning(chance: random.Random, ids: list[int]) -> None:
    execute("DELETE FROM zhike_event WHERE id < %s", chance.choice(ids[1:]))


def forge_the_head(chance: random.Random, ids: list[int]) -> None:
    execute(
        chance.choice(
            [
                "DELETE FROM zhike_head",
                "UPDATE zhike_head SET count = count + 1",
                "UPDATE zhike_head SET last_id = last_id - 1",
                "UPDATE zhike_head SET last_id = last_id + 5, count = count + 5",
            ]
        )
    )


def empty(chance: random.Random, ids: list[int]) -> None:
    execute("DELETE FROM zhike_event")
    if chance.random() < 0.5:
        execute("DELETE FROM zhike_head")
    else:
        execute("UPDATE zhike_head SET count = 0, last_id = 0, seal = %s", bytes(32))


def move_with_a_forged_word(chance: random.Random, ids: list[int]) -> None:
    """The day is changed, and a forged event says that this was right."""
    pk = chance.choice(ids)
    event = Event.objects.get(pk=pk)
    execute("UPDATE zhike_event SET \"on\" = '2003-04-05' WHERE id = %s", pk)
    _copy(ids[-1], ids[-1] + 1, head()[2])
    said = json.dumps({"event": pk, "from": event.on.isoformat(), "to": "2003-04-05"})
    execute(
        "UPDATE zhike_event SET verb = 'event.redated', data = %s WHERE id = %s", said, ids[-1] + 1
    )
    if chance.random() < 0.5:
        execute("UPDATE zhike_head SET count = count + 1, last_id = last_id + 1")


def hide_in_garbage(chance: random.Random, ids: list[int]) -> None:
    """Values no honest writer leaves, which a reader might stumble over."""
    if connection.vendor != "sqlite":
        return edit(chance, ids)
    name, value = chance.choice(
        [
            ("at", "gestern"),
            ("on", "2026-13-45"),
            ("customer_id", "x"),
            ("data", "[1e999]"),
            ("data", "7"),
            ("verb", b"\xff\xfe"),
            ("seal", b""),
            ("seal", "text"),
            ("request_id", "\0"),
        ]
    )
    mark = "%s" if chance.random() < 0.5 else "CAST(%s AS BLOB)"
    if name == "verb":
        mark = "CAST(%s AS TEXT)"
    execute(f'UPDATE zhike_event SET "{name}" = {mark} WHERE id = %s', value, chance.choice(ids))
    return None


WAYS: tuple[Tampering, ...] = (
    *(edit, edit, edit, edit_many, delete, delete_and_close_up, insert, append, swap, renumber),
    *(cut, cut, cut_roughly, cut_the_beginning, forge_the_head, empty, move_with_a_forged_word),
    hide_in_garbage,
)


def test_every_tampering_is_found(chain: list[int]) -> None:
    unnoticed, done = [], 0
    for number in range(TRIES):
        chance = random.Random(number)
        way = WAYS[number % len(WAYS)]
        try:
            with transaction.atomic():
                guard.lift()
                way(chance, chain)
                if verification.verify().well:
                    unnoticed.append((number, way.__name__))
                done += 1
                raise _Over
        except _Over:
            pass
        if number % 100 == 0:
            assert verification.verify().well, "the try was not taken back"
    assert unnoticed == []
    assert done == TRIES
    assert verification.verify().well


def test_who_did_it_cannot_be_changed_to_somebody_else(chain: list[int]) -> None:
    """`actor_id` on its own: only ids of people are accepted by the database."""
    from tests.people import hire

    somebody = hire("林冲", "lin")
    for pk in chain:
        try:
            with transaction.atomic():
                guard.lift()
                execute("UPDATE zhike_event SET actor_id = %s WHERE id = %s", somebody.pk, pk)
                assert not verification.verify().well
                raise _Over
        except _Over:
            pass


def test_another_key_makes_another_chain(chain: list[int], settings: object) -> None:
    """A chain made anew from the first event on, by somebody who made up a key."""
    from zhike.base import keyring

    ours = keyring._ring()
    other = keyring.Keyring(1, {1: bytes(32)}, bytes(32))
    assert ours.mac("audit", b"x") != other.mac("audit", b"x")
    assert ours.mac("audit", b"x") != ours.mac("other", b"x")
    assert len(ours.mac("audit", b"x")) == 32
