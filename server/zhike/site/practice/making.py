"""The job that lays the practice workspace anew, and puts it in the place of the one before."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import lru_cache
from pathlib import Path

from django.db import DatabaseError, connection, transaction

from zhike.access.models import Person
from zhike.base import jobs, practice
from zhike.base.errors import Problem
from zhike.base.jobs import Run
from zhike.base.models import Job, Practice
from zhike.site.practice import copying, practising

JOB = "practice.make"
COMMAND = [sys.executable, "-m", "zhike.site.command", "lay-practice"]
# So many made-up customers: some for everybody to look at, some for each who comes to practise.
COMMON, EACH, MOST = 40, 12, 400
_TOO_LONG = timedelta(minutes=20)
_SAID = "正在写入虚构的客户"


def row() -> Practice:
    """Return what is known of the workspace."""
    return Practice.objects.filter(pk=Practice.THE).first() or Practice(pk=Practice.THE)


def standing() -> int:
    """Return the number of the workspace one can enter now, 0 where there is none.

    One laid by another version of this program has other tables, and is not entered any more; and
    the real data may have been put back from a backup without it.
    """
    found = row()
    fits = found.made_by == version() and found.generation in practice.existing()
    return found.generation if fits else 0


@lru_cache(1)
def version() -> str:
    """Return which tables this program knows: the name of its last migration."""
    folder = Path(__file__).parents[1] / "migrations"
    return max(path.stem for path in folder.glob("[0-9]*.py"))


def size() -> int:
    """Return how many customers are made up, by how many people may come."""
    people = Person.objects.filter(is_active=True, is_service=False).count()
    return min(COMMON + EACH * people, MOST)


def ask(now: datetime) -> Job:
    """Queue the laying of a new workspace, in the caller's transaction; one that waits is kept."""
    queued = jobs.enqueue(JOB, {}, now=now, dedupe_key=JOB, max_attempts=3)
    Practice.objects.get_or_create(pk=Practice.THE)
    Practice.objects.filter(pk=Practice.THE).update(job_id=queued.pk)
    return queued


@jobs.job(JOB, label="准备练习区")
def make(run: Run) -> None:
    """Lay a new workspace beside the present one; it takes its place once it is whole."""
    number = max([row().generation, *practice.existing()]) + 1
    customers = size()
    try:
        practice.create(number)
    except DatabaseError as error:
        raise Problem(
            "建不了练习区：请让数据库账号能在这个库里建 schema（GRANT CREATE ON DATABASE）。"
        ) from error
    try:
        lay(number, customers, lambda done, of: run.progress(done, of, _SAID))
        copying.copy(number)
        with run.step(final=True):
            Practice.objects.get_or_create(pk=Practice.THE)
            Practice.objects.filter(pk=Practice.THE).update(
                generation=number, made_at=run.now, made_by=version(), size=customers
            )
    except BaseException:
        practice.close()
        practice.drop(number)
        raise
    drop_others(number)


@jobs.daily("practice.make_nightly", at=time(3, 20), label="每晚重置练习区")
def make_nightly(run: Run) -> None:
    """Ask for a new workspace, where that is wanted and there is one."""
    found = row()
    if found.is_nightly and found.generation:
        with transaction.atomic():
            ask(run.now)


def drop_others(number: int) -> None:
    """Do away with every workspace but one."""
    practice.close()
    for other in practice.existing():
        if other != number:
            practice.drop(other)


def lay(number: int, customers: int, told: Callable[[int, int], None]) -> None:
    """Run the process that lays a workspace; `told` hears how far it is.

    Raises RuntimeError where it fails; it has said why in the log.
    """
    name = str(connection.settings_dict["NAME"])
    process = subprocess.Popen(
        [*COMMAND, "--size", str(customers)],
        env=practising.told(number, name),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        for line in process.stdout:
            done, _, of = line.strip().partition("/")
            if done.isdigit() and of.isdigit():
                told(int(done), int(of))
        code = process.wait(_TOO_LONG.total_seconds())
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
    if code:
        raise RuntimeError(f"laying the practice workspace ended with {code}")
