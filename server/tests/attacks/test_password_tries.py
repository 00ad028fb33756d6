"""10,000 password tries from four processes: exactly the limit gets through."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.site.installation import ADMIN, PASSWORD, environment_for, zhike
from zhike.access import limits

PROCESSES, TRIES = 4, 10_000
SCRIPT = Path(__file__).with_name("password_tries.py")
WRONG, LOCKED = "username_password_mismatch", "too_many_login_attempts"


@contextmanager
def prepared(folder: Path) -> Iterator[dict[str, str]]:
    """An installation with its administrator: a folder, or a database of its own in the cluster."""
    more = {}
    url = os.environ.get("ZHIKE_TEST_URL")
    if url:
        import psycopg

        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE DATABASE tries")
        more["ZHIKE_DATABASE_URL"] = url.rpartition("/")[0] + "/tries"
    environment = environment_for(folder, **more)
    try:
        done = zhike(
            "setup", "--admin", ADMIN, "--password-stdin", environment=environment, stdin=PASSWORD
        )
        assert done.returncode == 0, done.stderr
        yield environment
    finally:
        if url:
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute("DROP DATABASE tries WITH (FORCE)")


def attack(environment: dict[str, str], count: int, kind: str) -> Counter[str]:
    """Let every process try at once; returns what came of the tries."""
    processes = [
        subprocess.Popen(
            [sys.executable, str(SCRIPT), str(number), str(count // PROCESSES), kind],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(PROCESSES)
    ]
    told: Counter[str] = Counter()
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        out, errors = process.communicate(timeout=240)
        assert process.returncode == 0, errors[-2000:]
        told.update(json.loads(out))
    return told


def recorded(environment: dict[str, str]) -> list[dict[str, object]]:
    """The failed sign-ins in the trail."""
    code = (
        "import json; from zhike.trail.models import Event\n"
        "found = Event.objects.filter(verb='session.failed').order_by('id')\n"
        "print(json.dumps([one.data | {'address': one.address} for one in found]))"
    )
    done = zhike("django", "shell", "--no-imports", "-c", code, environment=environment)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, object]] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def test_exactly_the_limit_gets_through(tmp_path: Path) -> None:
    with prepared(tmp_path / "data") as environment:
        told = attack(environment, TRIES, "one")
        assert told == {
            WRONG: limits.PASSWORD_OF_ACCOUNT.most,
            LOCKED: TRIES - limits.PASSWORD_OF_ACCOUNT.most,
        }
        failed = recorded(environment)
        assert len(failed) == limits.PASSWORD_OF_ACCOUNT.most  # refused tries fill no table
        assert [one.get("locked", False) for one in failed].count(True) == 1
        assert {one["address"] for one in failed} == {"127.0.0.1"}


def test_many_names_from_one_address_are_one_guesser(tmp_path: Path) -> None:
    with prepared(tmp_path / "data") as environment:
        told = attack(environment, 200, "many")
        assert told == {
            WRONG: limits.PASSWORD_OF_ADDRESS.most,
            LOCKED: 200 - limits.PASSWORD_OF_ADDRESS.most,
        }
        failed = recorded(environment)
        assert len(failed) == limits.PASSWORD_OF_ADDRESS.most
        assert {one["username"] for one in failed} == {"n***"}
