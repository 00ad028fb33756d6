"""The practice workspace: made-up customers in a database of their own, apart from the real one.

With SQLite it is a file beside the real database, with PostgreSQL a schema of the same database.
Each time it is laid anew it gets a new number, its `generation`, and the one before is dropped, so
that nobody ever sees one that is half made. Generation 0 stands for the real database.

Whoever `entered` it works on it by the usual `django.db.connection`: no room has to know. That
holds for the thread at hand and for nothing else; there is no way from one database into the other
but through here. What a process holds of the settings in memory is always of the house (`house`).
"""

from __future__ import annotations

import copy
import re
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend

MADE_UP = 1_000_000_000  # rows made in the practice workspace are numbered from here on
_NAME = re.compile(r"practice[-_](\d+)")
_GENERATION = "PRACTICE"  # in the settings of a connection


class _Held(threading.local):
    house: BaseDatabaseWrapper | None = None  # the real connection, while this thread practises
    ground: BaseDatabaseWrapper | None = None  # the last one to a practice workspace, kept open


_held = _Held()


def generation() -> int:
    """Return in which practice workspace this thread works; 0 where it is in the real data."""
    found: int = connections[DEFAULT_DB_ALIAS].settings_dict.get(_GENERATION, 0)
    return found


def settings_of(house: Mapping[str, Any], number: int) -> dict[str, Any]:
    """Return Django's settings of a practice workspace, from those of the real database."""
    found = copy.deepcopy(dict(house)) | {_GENERATION: number}
    if "sqlite" in found["ENGINE"]:
        found["NAME"] = str(_file(found["NAME"], number))
        return found
    options = dict(found.get("OPTIONS") or {})
    # Nothing but its own schema: a table that is missing there must never be found in the house.
    options["options"] = f"{options.get('options', '')} -c search_path={schema(number)}".strip()
    return found | {"OPTIONS": options}


def schema(number: int) -> str:
    """Return the name of a workspace's schema in PostgreSQL."""
    return f"practice_{number:d}"


@contextmanager
def entered(number: int) -> Iterator[None]:
    """Have this thread work in a practice workspace meanwhile."""
    if _held.house is not None or generation():
        raise RuntimeError("one practises in one workspace at a time")
    home = connections[DEFAULT_DB_ALIAS]
    ground = _ground(home, number)
    connections[DEFAULT_DB_ALIAS] = ground
    _held.house = home
    try:
        yield
    finally:
        _held.house = None
        connections[DEFAULT_DB_ALIAS] = home
        if ground.in_atomic_block:  # somebody left a transaction open: nobody may inherit it
            close()


@contextmanager
def house() -> Iterator[None]:
    """Have this thread work on the real database meanwhile, wherever it is."""
    home = _held.house
    if home is None:
        yield
        return
    ground = connections[DEFAULT_DB_ALIAS]
    _held.house = None
    connections[DEFAULT_DB_ALIAS] = home
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = ground
        _held.house = home


def _ground(home: BaseDatabaseWrapper, number: int) -> BaseDatabaseWrapper:
    """Return this thread's connection to a workspace; of an older one, it is closed."""
    wanted = settings_of(home.settings_dict, number)
    ground = _held.ground
    if ground is not None and ground.settings_dict == wanted:
        ground.close_if_unusable_or_obsolete()
        return ground
    close()
    made: BaseDatabaseWrapper = load_backend(wanted["ENGINE"]).DatabaseWrapper(
        wanted, DEFAULT_DB_ALIAS
    )
    _held.ground = made
    return made


def close() -> None:
    """Close this thread's connection to the practice workspace, as a thread does that ends."""
    ground, _held.ground = _held.ground, None
    if ground is not None:
        ground.close()


def create(number: int) -> None:
    """Make room for a workspace, where there is none of this number yet: no table is made.

    Raises DatabaseError where the account of the database may not.
    """
    home = connections[DEFAULT_DB_ALIAS]
    if home.vendor == "postgresql":
        with home.cursor() as cursor:
            cursor.execute(f"CREATE SCHEMA {schema(number)}")
    files(number).parent.mkdir(mode=0o700, exist_ok=True)


def drop(number: int) -> None:
    """Do away with a workspace and its files; one that is not there is no error."""
    home = connections[DEFAULT_DB_ALIAS]
    if generation():
        raise RuntimeError("nobody drops the ground they stand on")
    if home.vendor == "postgresql":
        with home.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA IF EXISTS {schema(number)} CASCADE")
    else:
        path = _file(home.settings_dict["NAME"], number)
        for end in ("", "-wal", "-shm", "-journal"):
            path.with_name(path.name + end).unlink(missing_ok=True)
    shutil.rmtree(files(number), ignore_errors=True)


def existing() -> list[int]:
    """Return the numbers of the workspaces there are, half-made ones and old ones too."""
    home = connections[DEFAULT_DB_ALIAS]
    if home.vendor == "postgresql":
        with home.cursor() as cursor:
            cursor.execute("SELECT nspname FROM pg_namespace")
            names = [row[0] for row in cursor.fetchall()]
    else:
        folder = Path(home.settings_dict["NAME"]).parent
        names = [path.name.removesuffix(".sqlite3") for path in folder.glob("practice-*.sqlite3")]
    return sorted(int(found[1]) for name in names if (found := _NAME.fullmatch(name)))


def files(number: int) -> Path:
    """Return where the attachments of a workspace lie: always in the data folder."""
    return Path(settings.ZHIKE_DATA) / "practice" / f"files-{number:d}"


def _file(database: str, number: int) -> Path:
    return Path(database).with_name(f"practice-{number:d}.sqlite3")
