"""A worker in a process of its own, for tests that kill it: `killed_worker.py DATABASE`."""

from __future__ import annotations

import sys
import threading
import time
from datetime import timedelta

import django
from django.conf import settings

STEPS = 4


def main(database: str) -> None:
    """Work until killed, with a short lease, so that the next worker takes over soon."""
    settings.DATABASES["default"]["NAME"] = database
    django.setup()
    from zhike.base import clock, jobs
    from zhike.base.jobs import running, worker
    from zhike.base.models import Job

    running.LEASE = timedelta(seconds=1)
    worker.HEARTBEAT_SECONDS = 0.2

    @jobs.job("test.killed")
    def killed(run: jobs.Run, number: int) -> None:
        for step in range(run.done, STEPS):
            with run.step(final=step == STEPS - 1):
                later = clock.now() + timedelta(days=999)
                Job.objects.create(
                    kind=f"effect {number}.{step}", run_at=later, created_at=clock.now()
                )
                time.sleep(0.01)  # most kills shall fall into a step
                run.progress(step + 1, STEPS)

    print("ready", flush=True)
    jobs.run_worker(threading.Event(), poll=0.01)


if __name__ == "__main__":
    main(sys.argv[1])
