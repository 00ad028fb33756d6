"""Workers die at random, hundreds of times: what is lost, done twice, or left lying?"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.db import connection

from tests.base.doomed import EFFECT, KIND, LEASE_SECONDS
from zhike.base import clock, jobs
from zhike.base.models import Job

WORKERS = 2
LEASE = timedelta(seconds=LEASE_SECONDS)
_PATIENCE = 60.0  # seconds without any job done, after which it is given up


@dataclass(frozen=True)
class Outcome:
    """What became of the jobs. `lost` and `twice` count steps, `stuck` jobs."""

    database: str
    jobs: int
    steps: int
    kills: int
    hit: int  # jobs that somebody died over
    lost: int
    twice: int
    stuck: int  # waited for longer than two leases after their worker had died
    longest: float  # seconds from the last sign of a dead worker until another took over
    seconds: float

    @property
    def well(self) -> bool:
        return not (self.lost or self.twice or self.stuck)


class Nursery:
    """The workers, started and killed by a process that holds no connection itself."""

    def __init__(self, database: str) -> None:
        program = Path(__file__).with_name("doomed.py")
        self._process = subprocess.Popen(
            [sys.executable, str(program), database],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._answer()
        self.living = [self.start() for _ in range(WORKERS)]

    def start(self) -> int:
        return int(self._ask("start"))

    def kill_one(self, chance: random.Random) -> None:
        """Kill any of them, and start another in its place."""
        victim = chance.randrange(len(self.living))
        self._ask(f"kill {self.living[victim]}")
        self.living[victim] = self.start()

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(30)

    def _ask(self, line: str) -> str:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


def rehearse(count: int, kills: int, *, seed: int = 20261122) -> Outcome:
    """Work off so many jobs on the present database while workers are killed so many times."""
    chance = random.Random(seed)
    steps = [chance.randint(1, 4) for _ in range(count)]
    for number, length in enumerate(steps):
        args = {"number": number, "steps": length}
        jobs.enqueue(KIND, args, now=clock.now(), max_attempts=20)
    start = time.monotonic()
    nursery = Nursery(str(connection.settings_dict["NAME"]))
    try:
        killed, overdue = _watch(nursery, chance, count, kills)
    finally:
        nursery.close()
    told = Job.objects.filter(kind=EFFECT).values_list("args", flat=True)
    effects = Counter((one["number"], one["step"]) for one in told)
    expected = {(number, step) for number, length in enumerate(steps) for step in range(length)}
    longest = max(overdue.values(), default=timedelta()) + LEASE
    return Outcome(
        database=connection.vendor,
        jobs=count,
        steps=len(expected),
        kills=killed,
        hit=Job.objects.filter(kind=KIND, attempts__gt=1).count(),
        lost=len(expected - set(effects))
        + Job.objects.filter(kind=KIND).exclude(state="done").count(),
        twice=sum(times - 1 for times in effects.values()) + len(set(effects) - expected),
        stuck=sum(late > LEASE for late in overdue.values()),
        longest=longest.total_seconds() if overdue else 0.0,
        seconds=time.monotonic() - start,
    )


def _watch(
    nursery: Nursery, chance: random.Random, count: int, kills: int
) -> tuple[int, dict[int, timedelta]]:
    """Kill as the work goes on, evenly; how often, and how long jobs lay after their lease."""
    waiting = Job.objects.filter(kind=KIND, finished_at=None)
    killed, overdue = 0, dict[int, timedelta]()
    left, moved_at = count, time.monotonic()
    while left:
        time.sleep(chance.uniform(0.001, 0.03))
        now = clock.now()
        for pk, until in waiting.filter(state="running", lease_until__lt=now).values_list(
            "pk", "lease_until"
        ):
            overdue[pk] = max(overdue.get(pk, timedelta()), now - until)
        still = waiting.count()
        if still < left:
            left, moved_at = still, time.monotonic()
        if time.monotonic() - moved_at > _PATIENCE:
            break
        if killed < kills and (count - left) * kills >= killed * count:
            nursery.kill_one(chance)
            killed += 1
    return killed, overdue
