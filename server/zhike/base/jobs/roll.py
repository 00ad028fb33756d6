"""The roll of the workers: who works off jobs at present, and at which."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import DatabaseError, connections

from zhike.base import clock
from zhike.base.models import Worker

BEAT_SECONDS = 15.0
ALIVE = timedelta(seconds=45)  # three beats: who was not seen for longer has died or hangs
GONE = timedelta(minutes=2)  # after which nobody counts on it any more
_log = logging.getLogger("zhike.jobs")


def new_name() -> str:
    """Return a name no other worker has: host, process and a random part."""
    return f"{socket.gethostname()[:50]}-{os.getpid()}-{secrets.token_hex(3)}"


def alive(seen_at: datetime, now: datetime) -> bool:
    """Whether a worker last seen then still works; also after the clock was put back."""
    return abs(now - seen_at) <= ALIVE


def drop_gone(now: datetime) -> int:
    """Strike out the workers that did not show themselves for long; how many."""
    gone, _ = Worker.objects.exclude(seen_at__range=(now - GONE, now + GONE)).delete()
    return gone


class Attendance:
    """A worker's line in the roll, renewed by a thread of its own while a long job runs.

    A line that cannot be written stops no work: the leases of the jobs do not depend on it.
    """

    def __init__(self) -> None:
        self.name = new_name()
        self._started = clock.now()
        self._job_id: int | None = None
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._attend, name=f"roll-{self.name}", daemon=True)

    def __enter__(self) -> Attendance:
        self._thread.start()
        return self

    def __exit__(self, *_of: object) -> None:
        self._over.set()
        self._thread.join()

    def at_work(self, job_id: int | None) -> None:
        """Say which job is under way; the next beat shows it."""
        self._job_id = job_id

    def _attend(self) -> None:
        while True:
            self._write(self._show)
            if self._over.wait(BEAT_SECONDS):
                break
        self._write(lambda: Worker.objects.filter(name=self.name).delete())
        connections.close_all()

    def _show(self) -> None:
        now = clock.now()
        said = {"started_at": self._started, "seen_at": now, "job_id": self._job_id}
        Worker.objects.update_or_create(name=self.name, defaults=said)
        drop_gone(now)

    def _write(self, line: Callable[[], object]) -> None:
        try:
            line()
        except DatabaseError as error:
            _log.warning("worker not in the roll: %s", type(error).__name__)
            connections.close_all()
