"""Few threads answer requests; those of the web server only wait, for an answer or for news.

A stream of notices takes a thread of the server for most of a minute. One that sleeps costs next
to nothing, so there may be many; one that answers keeps a connection to the database, so there
are few, and they are never taken by a stream. Measured in docs/decisions/014-notices.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections

Application = Callable[[dict[str, Any], Callable[..., Any]], Any]


class Clerks:
    """A WSGI application that has another one called by threads of its own."""

    def __init__(self, application: Application, count: int) -> None:
        self._application = application
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="clerk")

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        return self._threads.submit(self._answer, environ, start).result()

    def _answer(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """Answer; what is read piece by piece is handed over to the thread that waits."""
        response = self._application(environ, start)
        if response.streaming:
            return _Handed(response)
        try:
            return [b"".join(response)]
        finally:
            response.close()


class _Handed:
    """An answer in pieces, read by a thread of the server, which keeps no connection after it."""

    def __init__(self, response: Any) -> None:
        self._response = response
        self._pieces: Iterator[bytes] = iter(response)

    def __iter__(self) -> Iterator[bytes]:
        return self._pieces

    def close(self) -> None:
        try:
            self._response.close()
        finally:
            connections.close_all()
