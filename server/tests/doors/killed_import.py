"""A worker in a process of its own, for tests that kill it: `killed_import.py DATABASE DATA`."""

from __future__ import annotations

import sys
import threading
from datetime import timedelta
from pathlib import Path

import django
from django.conf import settings


def main(database: str, data: str) -> None:
    """Work until killed, with a short lease, so that the next worker takes over soon."""
    settings.DATABASES["default"]["NAME"] = database
    settings.ZHIKE_DATA = Path(data)
    settings.ZHIKE_KEYS_FILE = Path(sys.argv[3])
    django.setup()
    from zhike.base.jobs import run_worker, running, worker
    from zhike.doors import spool

    spool.PIECE = 50
    running.LEASE = timedelta(seconds=1)
    worker.HEARTBEAT_SECONDS = 0.2
    print("ready", flush=True)
    run_worker(threading.Event(), poll=0.01)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
