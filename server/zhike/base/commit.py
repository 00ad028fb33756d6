"""What a transaction does last: work put off until just before it commits.

Some rows of the whole house are contended, such as the head of the audit chain. Whoever locks one
in the middle of a transaction makes everybody wait for the rest of it, and two who lock it and
their own rows in different orders wait for each other. Here such work is the last of the
transaction, after which nothing else is locked.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import connection

T = TypeVar("T")
# The items put off, in order → what to do once they are committed, or None.
Work = Callable[[list[T]], Callable[[], None] | None]


def before_commit(work: Work[T], item: T) -> None:
    """Hand `item` to `work` together with all others of the transaction just before it commits.

    With a savepoint that is rolled back go the items put off since. What `work` returns is called
    once the transaction is committed. Needs an open transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("only a transaction can put work off")
    connection.put_off(work, item)  # type: ignore[attr-defined]


def do_now() -> None:
    """Do what the transaction has put off so far at once, for who must read its result."""
    connection.do_last()  # type: ignore[attr-defined]


class LastWork:
    """Mixin of our database wrappers, in front of Django's."""

    _put_off: list[tuple[frozenset[Any], Work[Any], Any]]
    _afterwards: list[tuple[frozenset[Any], Callable[[], None]]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._put_off = []
        self._afterwards = []

    def put_off(self, work: Work[Any], item: Any) -> None:
        """Keep an item until the commit; see `before_commit`."""
        self._put_off.append((self._open_savepoints(), work, item))

    def do_last(self) -> None:
        """Do the work put off, kind by kind in the order in which each was first asked for."""
        while self._put_off:
            waiting, self._put_off = self._put_off, []
            kinds: dict[Work[Any], list[Any]] = {}
            for _, work, item in waiting:
                kinds.setdefault(work, []).append(item)
            for work, items in kinds.items():
                after = work(items)
                if after is not None:
                    self._afterwards.append((self._open_savepoints(), after))

    def commit(self) -> None:
        if self._put_off:
            try:
                self.do_last()
            except BaseException:
                self.rollback()
                raise
        super().commit()  # type: ignore[misc]
        afterwards, self._afterwards = self._afterwards, []
        for _, call in afterwards:
            call()

    def rollback(self) -> None:
        self._forget_last_work()
        super().rollback()  # type: ignore[misc]

    def close(self) -> None:
        self._forget_last_work()
        super().close()  # type: ignore[misc]

    def savepoint_rollback(self, sid: Any) -> None:
        super().savepoint_rollback(sid)  # type: ignore[misc]
        self._put_off = [one for one in self._put_off if sid not in one[0]]
        self._afterwards = [one for one in self._afterwards if sid not in one[0]]

    def _open_savepoints(self) -> frozenset[Any]:
        return frozenset(self.savepoint_ids)  # type: ignore[attr-defined]

    def _forget_last_work(self) -> None:
        self._put_off, self._afterwards = [], []
