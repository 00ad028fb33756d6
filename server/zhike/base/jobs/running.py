"""An attempt at a job: its lease, its steps, its receipt."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from zhike.base import clock
from zhike.base.models import Job

LEASE = timedelta(seconds=60)


class Stolen(Exception):
    """The lease ran out and another worker holds the job now; stop at once."""


class Interrupted(Exception):
    """The worker is told to stop; the job goes back to the queue and resumes where it was."""


@dataclass
class Run:
    """One attempt at a job, as its function sees it."""

    job_id: int
    kind: str
    attempt: int
    fence: int
    done: int
    total: int
    message: str
    checkpoint: Any
    _fixed_now: datetime | None = None
    _stop: threading.Event | None = None
    finished: bool = False

    @property
    def now(self) -> datetime:
        """The time to hand to actions: the clock, or the instant a test runs at."""
        return self._fixed_now or clock.now()

    @property
    def mine(self) -> QuerySet[Job]:
        """The job, as long as this attempt holds it."""
        return Job.objects.filter(pk=self.job_id, fence=self.fence, state=Job.State.RUNNING)

    @contextmanager
    def step(self, *, final: bool = False) -> Iterator[None]:
        """A transaction holding an effect, the progress, and with `final` the receipt of the job.

        Raises, before the effect, Stolen if another worker holds the job, and Interrupted if this
        worker is told to stop: both must pass through the job's function.
        """
        if self._stop is not None and self._stop.is_set():
            raise Interrupted
        with transaction.atomic():
            self._hold()
            yield
            self.save_progress()
            if final:
                self.close()

    def progress(self, done: int, total: int, message: str = "") -> None:
        """Say how far the job is; inside `step` it commits with the effect."""
        self.done, self.total, self.message = done, total, message
        if not connection.in_atomic_block:
            with transaction.atomic():
                self._hold()
                self.save_progress()

    def _hold(self) -> None:
        # The update also locks the row, so nobody can take the job over until we commit.
        if not self.mine.update(lease_until=self.now + LEASE):
            raise Stolen

    def save_progress(self) -> None:
        """Keep how far the job is, within the caller's transaction."""
        self.mine.update(
            progress={
                "done": self.done,
                "total": self.total,
                "message": self.message,
                "checkpoint": self.checkpoint,
            }
        )

    def close(self) -> None:
        """Write the receipt of the job, within the caller's transaction."""
        closed = self.mine.update(
            state=Job.State.DONE, finished_at=self.now, lease_until=None, error=""
        )
        if not closed:
            raise Stolen
        self.finished = True
