"""Row numbers before the rows: the number is part of what sealed values are bound to."""

from __future__ import annotations

from django.db import connections, models, router
from django.db.backends.utils import CursorWrapper


def reserve(model: type[models.Model], count: int) -> list[int]:
    """`count` ids of the model's table, never handed out again.

    Needs an open transaction; on SQLite a rollback gives the ids back, together with the rows.
    """
    if count < 1:
        return []
    connection = connections[router.db_for_write(model)]
    if not connection.in_atomic_block:
        raise RuntimeError("ids are reserved inside a transaction")
    key = model._meta.pk
    table, column = model._meta.db_table, key.column or key.attname
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [connection.ops.quote_name(table), column, count],
            )
            return [row[0] for row in cursor.fetchall()]
        return _reserve_sqlite(cursor, connection.ops.quote_name(table), table, column, count)


def _reserve_sqlite(
    cursor: CursorWrapper, quoted: str, table: str, column: str, count: int
) -> list[int]:
    # Write first: it takes the write lock even where the transaction began deferred.
    cursor.execute(
        "UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s RETURNING seq", [count, table]
    )
    found = cursor.fetchall()
    if not found:  # the table never had a row
        cursor.execute(
            f"INSERT INTO sqlite_sequence (name, seq)"
            f" SELECT %s, COALESCE(MAX({column}), 0) + %s FROM {quoted} RETURNING seq",
            [table, count],
        )
        found = cursor.fetchall()
    last = found[0][0]
    return list(range(last - count + 1, last + 1))
