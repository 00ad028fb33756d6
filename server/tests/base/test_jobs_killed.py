"""Workers die at any moment: nothing is lost and nothing happens twice."""

import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection

from zhike.base import clock, jobs
from zhike.base.models import Job

from .killed_worker import STEPS

JOBS = 60
KILLS = 6


def start() -> subprocess.Popen[str]:
    program = Path(__file__).with_name("killed_worker.py")
    name = str(connection.settings_dict["NAME"])
    worker = subprocess.Popen(
        [sys.executable, str(program), name], stdout=subprocess.PIPE, text=True
    )
    assert worker.stdout is not None
    assert worker.stdout.readline() == "ready\n"
    return worker


@pytest.mark.django_db(transaction=True)
def test_killed_workers_lose_nothing_and_do_nothing_twice():
    chance = random.Random(20261118)
    queued = 0

    def queue() -> int:
        for number in range(queued, queued + JOBS):
            jobs.enqueue("test.killed", {"number": number}, now=clock.now(), max_attempts=20)
        return queued + JOBS

    queued = queue()
    waiting = Job.objects.filter(kind="test.killed", finished_at=None)
    hit = Job.objects.filter(kind="test.killed", attempts__gt=1)
    steady = start()
    kills = 0
    give_up_at = time.monotonic() + 60
    try:
        # On a busy machine a kill may find its victim idle: go on until some have hit a job.
        while time.monotonic() < give_up_at:
            if not waiting.exists():
                if hit.exists() and kills >= 3:
                    break
                queued = queue()
            doomed = start()
            killing = kills < KILLS or not hit.exists()
            time.sleep(chance.uniform(0.01, 0.12) if killing else 0.5)
            victim = steady if kills % 2 else doomed
            if killing:
                kills += 1
                victim.kill()
                victim.wait()
                if victim is steady:
                    steady = doomed
            else:
                doomed.kill()
                doomed.wait()
    finally:
        steady.kill()
        steady.wait()
    assert not waiting.exists()
    assert hit.exists(), "no kill hit a job"
    assert kills >= 3
    effects = Counter(Job.objects.filter(kind__startswith="effect").values_list("kind", flat=True))
    expected = {f"effect {number}.{step}" for number in range(queued) for step in range(STEPS)}
    assert set(effects) == expected
    assert set(effects.values()) == {1}
