"""The trail is append-only in the database itself: it refuses to change or delete an event.

Whoever owns the database can lift the guard; then the chain of seals tells (`verification`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "zhike_event"
MAY_CHANGE = "on"
_REFUSAL = "zhike_event is append-only"
_SQLITE_TRIGGERS = ("zhike_event_no_change", "zhike_event_no_delete")
_POSTGRES_TRIGGERS = ("zhike_event_no_change", "zhike_event_no_delete", "zhike_event_no_truncate")


def _columns(database: BaseDatabaseWrapper) -> list[str]:
    with database.cursor() as cursor:
        found = database.introspection.get_table_description(cursor, TABLE)
    return [f'"{column.name}"' for column in found if column.name != MAY_CHANGE]


def _sqlite(database: BaseDatabaseWrapper) -> list[str]:
    columns = ", ".join(_columns(database))
    change, delete = _SQLITE_TRIGGERS
    refuse = f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    return [
        f"CREATE TRIGGER IF NOT EXISTS {change} BEFORE UPDATE OF {columns} ON {TABLE} {refuse}",
        f"CREATE TRIGGER IF NOT EXISTS {delete} BEFORE DELETE ON {TABLE} {refuse}",
    ]


def _postgres(database: BaseDatabaseWrapper) -> list[str]:
    columns = ", ".join(_columns(database))
    change, delete, truncate = _POSTGRES_TRIGGERS
    call = "EXECUTE FUNCTION zhike_event_refuse()"
    return [
        "CREATE OR REPLACE FUNCTION zhike_event_refuse() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$",
        f"CREATE OR REPLACE TRIGGER {change} BEFORE UPDATE OF {columns} ON {TABLE}"
        f" FOR EACH ROW {call}",
        f"CREATE OR REPLACE TRIGGER {delete} BEFORE DELETE ON {TABLE} FOR EACH ROW {call}",
        f"CREATE OR REPLACE TRIGGER {truncate} BEFORE TRUNCATE ON {TABLE}"
        f" FOR EACH STATEMENT {call}",
    ]


def put(database: BaseDatabaseWrapper = connection) -> None:
    """Set the guard up where it is missing; a migration that rebuilds the table takes it down."""
    statements = _sqlite if database.vendor == "sqlite" else _postgres
    with database.cursor() as cursor:
        for statement in statements(database):
            cursor.execute(statement)


def lift(database: BaseDatabaseWrapper = connection) -> None:
    """Take the guard down, for a migration of the table or a test that tampers with it."""
    sqlite = database.vendor == "sqlite"
    with database.cursor() as cursor:
        for name in _SQLITE_TRIGGERS if sqlite else _POSTGRES_TRIGGERS:
            on = "" if sqlite else f" ON {TABLE}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def stands(database: BaseDatabaseWrapper = connection) -> bool:
    """Whether the guard is complete and switched on."""
    if database.vendor == "sqlite":
        sql = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
        names: tuple[str, ...] = _SQLITE_TRIGGERS
    else:
        sql = (
            "SELECT tgname FROM pg_trigger"
            " WHERE tgrelid = to_regclass(%s) AND tgenabled IN ('O', 'A')"
        )
        names = _POSTGRES_TRIGGERS
    with database.cursor() as cursor:
        cursor.execute(sql, [TABLE])
        found = {row[0] for row in cursor.fetchall()}
    return found.issuperset(names)


@contextmanager
def lifted(database: BaseDatabaseWrapper = connection) -> Iterator[None]:
    """The guard is down meanwhile."""
    lift(database)
    try:
        yield
    finally:
        put(database)
