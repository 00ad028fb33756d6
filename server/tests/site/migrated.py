"""What takes long and is always the same, done once in a run of the tests and copied from there.

Migrating an empty database takes longer than a hundred tests. The test databases, the installations
with an administrator and the practice workspaces of modules begin with a copy of what `zhike
migrate` and `zhike setup` made. Tests of the first start, of upgrades, of the commands themselves
and of the job that lays a workspace begin with nothing and go the whole way.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from django.db import connection

from tests.site.installation import ADMIN, PASSWORD, environment_for, zhike

SHARED = "ZHIKE_TEST_SHARED"  # the folder that all processes of this run know
_DATABASE = "zhike_migrated"


def place_test_database() -> None:
    """Put a migrated database where Django is about to make the one of this process."""
    name = connection.creation._get_test_db_name()
    if connection.vendor == "sqlite":
        shutil.copyfile(file(), name)
        return
    import psycopg

    _once("postgres", _in_postgres)
    with psycopg.connect(os.environ["ZHIKE_TEST_URL"], autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE {_DATABASE}')


def file() -> Path:
    """A migrated SQLite database, for copying."""
    return _once("migrated", lambda data: _said(data, "migrate")) / "zhike.sqlite3"


def data_with_administrator() -> Path:
    """The data folder of an installation that is set up, for copying."""
    return _once("set-up", _set_up)


def _set_up(data: Path) -> None:
    shutil.copytree(file().parent, data, dirs_exist_ok=True)
    _said(data, "setup", "--admin", ADMIN, "--password-stdin", stdin=PASSWORD)


def _in_postgres(data: Path) -> None:
    import psycopg

    url = os.environ["ZHIKE_TEST_URL"]
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {_DATABASE}")
        server.execute(f"CREATE DATABASE {_DATABASE}")
    own = urlsplit(url)._replace(path=f"/{_DATABASE}").geturl()
    _said(data, "migrate", ZHIKE_DATABASE_URL=own)


def _said(data: Path, *words: str, stdin: str = "", **more: str) -> None:
    done = zhike(*words, environment=environment_for(data, **more), stdin=stdin)
    if done.returncode:
        raise RuntimeError(f"zhike {words[0]} ended with {done.returncode}: {done.stderr[-3000:]}")


def _once(name: str, make: Callable[[Path], None]) -> Path:
    """The folder of this name; whoever comes first makes it, the others wait."""
    shared = Path(os.environ[SHARED])
    made = shared / name
    with _alone(shared / f"{name}.lock"):
        if not made.exists():
            half = shared / f"{name}.half"
            shutil.rmtree(half, ignore_errors=True)  # of one who failed
            half.mkdir(mode=0o700)
            make(half)
            half.rename(made)
    return made


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
