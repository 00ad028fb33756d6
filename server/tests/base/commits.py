"""Tests inside a transaction that never commits: what is due before a commit happens all the same.

pytest-django wraps a test in a transaction and rolls it back. For the code under test the end of
its own outermost block is the commit, so there the work put off (`zhike.base.commit`) is done;
what follows a commit, such as the anchor of the audit, is not. And what tests leave behind is
flushed, which the guard of the trail would refuse.
"""

from __future__ import annotations

from types import TracebackType

from django.db import connection, transaction

from zhike.trail import guard


def install() -> None:
    """Patch Django, once."""
    leave = transaction.Atomic.__exit__

    def left(
        block: transaction.Atomic,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        leave(block, kind, error, trace)
        of = transaction.get_connection(block.using)
        only_the_test = all(one._from_testcase for one in of.atomic_blocks)
        if kind is None and of.in_atomic_block and only_the_test and not of.needs_rollback:
            of.do_last()

    transaction.Atomic.__exit__ = left
    operations = type(connection.ops)
    flush = operations.execute_sql_flush

    def flushed(self: object, statements: list[str]) -> None:
        guard.lift(self.connection)
        flush(self, statements)
        guard.put(self.connection)

    operations.execute_sql_flush = flushed
