"""Writers of one process take turns in the order they came.

SQLite's own wait polls and is unfair: under load one writer of many waits for seconds. Only the
process at the head of this queue meets that wait, and then only against other processes.
"""

from __future__ import annotations

from collections import deque
from threading import Event, Lock


class Turn:
    """The right to write. Given back by `release`, at the latest when nobody holds it any more."""

    def __init__(self, queue: WriterQueue) -> None:
        self._queue = queue
        self._held = True

    def release(self) -> None:
        """Let the next one write; a second call does nothing."""
        if self._held:
            self._held = False
            self._queue._pass_on()

    def __del__(self) -> None:
        self.release()


class WriterQueue:
    """First come, first served."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._busy = False
        self._waiting: deque[Event] = deque()

    def wait(self, timeout: float) -> Turn | None:
        """Return the turn, or None if it did not come within `timeout` seconds."""
        with self._lock:
            if not self._busy:
                self._busy = True
                return Turn(self)
            called = Event()
            self._waiting.append(called)
        if called.wait(timeout):
            return Turn(self)
        with self._lock:
            if called.is_set():  # called in the very moment of giving up
                return Turn(self)
            self._waiting.remove(called)
            return None

    def _pass_on(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._busy = False


_queues: dict[str, WriterQueue] = {}


def queue_of(database: str) -> WriterQueue:
    """Return the queue of a database file, the same for every connection of this process."""
    return _queues.setdefault(database, WriterQueue())
