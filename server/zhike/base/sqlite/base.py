"""Django's SQLite backend, whose transactions take a turn in the process's queue of writers."""

from __future__ import annotations

from typing import Any

from django.db.backends.sqlite3.base import DatabaseWrapper as Stock
from django.db.utils import OperationalError

from zhike.base.commit import LastWork
from zhike.base.sqlite.queue import Turn, queue_of


class DatabaseWrapper(LastWork, Stock):
    """Every `atomic` block locks for writing at its start, so it waits for its turn there.

    The turn ends with commit, rollback or close, also when these fail; and a connection that
    is thrown away with its thread gives its turn back when it is collected.
    """

    _turn: Turn | None = None

    def _start_transaction_under_autocommit(self) -> None:
        if self._turn is None:
            name = str(self.settings_dict["NAME"])
            seconds = float(self.settings_dict["OPTIONS"].get("timeout", 5))
            self._turn = queue_of(name).wait(seconds)
            if self._turn is None:
                raise OperationalError("database is locked: other writers of this process")
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._end_turn()
            raise

    def _commit(self) -> Any:
        result = super()._commit()  # type: ignore[misc]
        self._end_turn()
        return result

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _end_turn(self) -> None:
        turn, self._turn = self._turn, None
        if turn is not None:
            turn.release()
