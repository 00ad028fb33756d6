"""Telling browsers of new notices at once: streams of server-sent events.

A stream takes a thread of the web server that sleeps, so there is a limit, and each is short;
whoever finds no place asks now and then instead. One thread of the process asks the database for
all of them, once a second: a stream that sleeps holds no connection.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db import connections
from django.db.models import Count, Max

from zhike.trail.models import Notice

BEAT = 10.0  # seconds after which a silent stream shows that it lives
ASK_EVERY = 1.0  # seconds
# A transaction may commit after one that took a higher number: so long such are looked for.
LOOK_BACK = 30.0  # seconds
_SPARE = 10.0  # seconds after which a stream that should have ended is taken for lost
_log = logging.getLogger("zhike.notices")
# Whether who listens may still hear: a sign-out or a revoked token ends no stream by itself.
Stands = Callable[[], bool]


class Stream:
    """What waits to be told to one browser; `wait` is called by the thread of its request.

    `stands` is asked before anything is told, by the thread that asks for all.
    """

    def __init__(self, person_id: int, seconds: float, stands: Stands) -> None:
        self.person_id = person_id
        self.stands = stands
        self.lost_at = time.monotonic() + seconds + _SPARE
        self._news: deque[dict[str, Any]] = deque()
        self._woken = threading.Condition()
        self._over = False
        self.is_taken = False

    def wait(self, seconds: float) -> list[dict[str, Any]] | None:
        """Return what is new, nothing after so many seconds, None when the stream is over."""
        with self._woken:
            if not self._news and not self._over:
                self._woken.wait(seconds)
            if self._over:
                return None
            news = list(self._news)
            self._news.clear()
            return news

    def tell(self, news: dict[str, Any]) -> None:
        """Hand over something new."""
        with self._woken:
            self._news.append(news)
            self._woken.notify()

    def end(self, *, taken: bool = False) -> None:
        """Let the stream end; `taken`, when another one of the person has its place."""
        with self._woken:
            self._over = True
            self.is_taken = taken or self.is_taken
            self._woken.notify()


class Hub:
    """The streams of this process, and the thread that asks for them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._streams: list[Stream] = []
        self._asking = False

    def join(
        self, person_id: int, *, most: int, seconds: float, stands: Stands = lambda: True
    ) -> Stream | None:
        """Open a stream, in place of the person's last one; None where `most` are open."""
        with self._lock:
            now = time.monotonic()
            for one in list(self._streams):
                if one.person_id == person_id or one.lost_at < now:
                    one.end(taken=one.person_id == person_id)
                    self._streams.remove(one)
            if len(self._streams) >= most:
                return None
            stream = Stream(person_id, seconds, stands)
            if not self._asking and seconds > 0:
                # Looked round before the caller counts what is unread: nothing falls between.
                seen = Seen()
                seen.look_round()
                self._asking = True
                threading.Thread(
                    target=self._ask, args=(seen,), name="notices", daemon=True
                ).start()
            self._streams.append(stream)
            return stream

    def leave(self, stream: Stream) -> None:
        """Close a stream; again does no harm."""
        stream.end()
        with self._lock:
            if stream in self._streams:
                self._streams.remove(stream)

    def close(self) -> None:
        """Let all streams end: the process is told to stop."""
        with self._lock:
            for one in self._streams:
                one.end()

    def open_streams(self) -> int:
        """Return how many streams are open."""
        with self._lock:
            return len(self._streams)

    def _people(self) -> set[int]:
        with self._lock:
            if not self._streams:
                self._asking = False
            return {one.person_id for one in self._streams}

    def _ask(self, seen: Seen) -> None:
        """Ask for news until nobody listens."""
        try:
            while people := self._people():
                try:
                    self._pass_on(seen.news(people))
                except Exception as error:  # without this thread, nobody would be told any more
                    _log.error("streams: %s", type(error).__name__)
                    connections.close_all()
                time.sleep(ASK_EVERY)
        finally:
            connections.close_all()

    def _pass_on(self, news: dict[int, list[dict[str, Any]]]) -> None:
        with self._lock:
            told = [stream for stream in self._streams if stream.person_id in news]
        for stream in told:
            if not stream.stands():
                stream.end()
                continue
            for one in news[stream.person_id]:
                stream.tell(one)


class Seen:
    """Which notices were passed on already."""

    def __init__(self) -> None:
        self._ids: set[int] = set()
        self._marks: deque[tuple[float, int]] = deque()

    def look_round(self) -> None:
        """Take what is there for known: what is committed from here on is new."""
        last = Notice.objects.aggregate(last=Max("pk"))["last"] or 0
        low = last - 1000
        self._ids = set(Notice.objects.filter(pk__gt=low).values_list("pk", flat=True))
        now = time.monotonic()
        self._marks = deque([(now, low), (now, last)])

    def news(self, people: set[int]) -> dict[int, list[dict[str, Any]]]:
        """Return what is new since the last call, by person, once it was looked round."""
        now = time.monotonic()
        while len(self._marks) > 1 and self._marks[1][0] < now - LOOK_BACK:
            self._marks.popleft()
        low = self._marks[0][1]
        self._ids = {one for one in self._ids if one > low}
        found = Notice.objects.filter(pk__gt=low).order_by("pk")
        asked: Iterable[Any] = found.values("pk", "person_id", "title", "kind")[:5000]
        rows = [dict(one) for one in asked if one["pk"] not in self._ids]
        self._ids |= {one["pk"] for one in rows}
        self._marks.append((now, max([self._marks[-1][1], *(one["pk"] for one in rows)])))
        return self._by_person([one for one in rows if one["person_id"] in people])

    @staticmethod
    def _by_person(rows: list[dict[str, Any]]) -> dict[int, list[dict[str, Any]]]:
        if not rows:
            return {}
        ids = {one["person_id"] for one in rows}
        waiting = Notice.objects.filter(person_id__in=ids, read_at=None)
        counted = waiting.values("person_id").annotate(count=Count("pk")).order_by()
        unread = {one["person_id"]: one["count"] for one in counted}
        found: dict[int, list[dict[str, Any]]] = {}
        for one in rows:
            told = {"id": one["pk"], "title": one["title"], "kind": one["kind"]}
            told["unread"] = unread.get(one["person_id"], 0)
            found.setdefault(one["person_id"], []).append(told)
        return found


hub = Hub()


class Told:
    """The body of the answer: events as they come. Closing it gives the place free."""

    def __init__(self, stream: Stream, first: list[tuple[str, dict[str, Any]]]) -> None:
        self._stream = stream
        self._parts = self._tell(first)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        return next(self._parts)

    def close(self) -> None:
        """End the stream, also one that nobody began to read."""
        hub.leave(self._stream)

    def _tell(self, first: list[tuple[str, dict[str, Any]]]) -> Iterator[bytes]:
        try:
            _let_go()
            ends = time.monotonic() + settings.ZHIKE_STREAM_SECONDS
            yield b"retry: 3000\n\n" + b"".join(_event(*one) for one in first)
            while (left := ends - time.monotonic()) > 0:
                news = self._stream.wait(min(left, BEAT))
                if news is None:
                    if self._stream.is_taken:
                        yield b"event: taken\ndata: {}\n\n"
                    return
                yield b"".join(_event("notice", one) for one in news) or b": \n\n"
        finally:
            hub.leave(self._stream)


def _event(name: str, data: dict[str, Any]) -> bytes:
    number = f"id: {data['id']}\n" if "id" in data else ""
    body = json.dumps(data, ensure_ascii=False)
    return f"event: {name}\n{number}data: {body}\n\n".encode()


def _let_go() -> None:
    """Give the connection of this thread back: what follows only waits."""
    if settings.ZHIKE_STREAM_SECONDS > 0:
        for one in connections.all(initialized_only=True):
            if not one.in_atomic_block:
                one.close()
