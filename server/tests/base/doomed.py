"""A nursery of workers to be killed: `doomed.py DATABASE`, told on standard input what to do.

`start` forks a worker and answers its process id; `kill PID` ends it without warning, as a power
cut would, and answers once it is dead. Forking costs milliseconds, starting Python a second.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from datetime import timedelta

import django
from django.conf import settings

KIND = "test.doomed"
EFFECT = "effect of doomed"
LEASE_SECONDS = 3.0


def main(database: str) -> None:
    """Obey until standard input ends; then nobody is left."""
    if database:
        settings.DATABASES["default"]["NAME"] = database
    django.setup()
    _register()
    living: set[int] = set()
    print("ready", flush=True)
    for line in sys.stdin:
        word, _, number = line.strip().partition(" ")
        if word == "start":
            living.add(pid := _fork())
            print(pid, flush=True)
        else:
            living.discard(int(number))
            _kill(int(number))
            print("dead", flush=True)
    for pid in living:
        _kill(pid)


def _register() -> None:
    from zhike.base import clock, jobs
    from zhike.base.jobs import running, worker
    from zhike.base.models import Job

    running.LEASE = timedelta(seconds=LEASE_SECONDS)
    worker.HEARTBEAT_SECONDS = LEASE_SECONDS / 4

    @jobs.job(KIND, label="等着被杀的")
    def doomed(run: jobs.Run, number: int, steps: int) -> None:
        for step in range(run.done, steps):
            with run.step(final=step == steps - 1):
                now = clock.now()
                done = {"state": Job.State.DONE, "finished_at": now}
                args = {"number": number, "step": step}
                Job.objects.create(kind=EFFECT, args=args, run_at=now, created_at=now, **done)
                time.sleep(0.002)  # most kills shall fall into a step
                run.progress(step + 1, steps)


def _fork() -> int:
    pid = os.fork()
    if pid:
        return pid
    from zhike.base import jobs

    try:
        jobs.run_worker(threading.Event(), poll=0.01)
    finally:
        os._exit(1)


def _kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
