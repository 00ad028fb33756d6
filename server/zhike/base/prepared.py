"""A statement that is asked at every request: worked out once by the ORM, then only executed.

Working a wide statement out takes the ORM many times longer than the database takes to answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.models import Field, Model, QuerySet
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=Model)


class Prepared(Generic[M]):
    """A query set as it was compiled, to be asked again with other parameters."""

    def __init__(self, found: QuerySet[M]) -> None:
        compiler = found.query.get_compiler(connection=connection)
        self.sql, self.given = compiler.as_sql()
        columns = [one for one, *_ in compiler.select]
        info = compiler.klass_info
        assert info is not None
        fields = info["select_fields"]
        self._model: type[M] = info["model"]
        self._names = [columns[at].target.attname for at in fields]
        self._own = slice(fields[0], fields[-1] + 1)
        self._compiler = compiler
        self._converters = compiler.get_converters(columns)
        self._related = get_related_populators(info, compiler.select, found.db)  # type: ignore[call-arg]
        self._db = found.db

    def fetch(self, given: Sequence[Any]) -> list[M]:
        """Return the rows for other values of the same parameters."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, given)
            rows = cursor.fetchall()
        if self._converters:
            rows = list(self._compiler.apply_converters(rows, self._converters))
        found = []
        for row in rows:
            one = self._model.from_db(self._db, self._names, row[self._own])
            for populator in self._related:
                populator.populate(row, one)
            found.append(one)
        return found


def insert(one: Model) -> None:
    """Insert a new row, as `save` does; its number is set where it had none. No signals are sent.

    Needs an open transaction where more depends on it.
    """
    database = connections[DEFAULT_DB_ALIAS]  # itself: behind `connection` it is looked up anew
    kind = (type(one), database.vendor, one.pk is None)
    known = _INSERTS.get(kind)
    if known is None:
        known = _INSERTS[kind] = _insert_of(type(one), numbered=one.pk is None)
    sql, columns = known
    held = one.__dict__
    values = []
    for field, name, plain in columns:
        value = held[name]
        if type(value) not in plain:
            value = field.get_db_prep_save(field.pre_save(one, True), database)
        values.append(value)
    with database.cursor() as cursor:
        cursor.execute(sql, values)
        if one.pk is None:
            one.pk = cursor.fetchone()[0]
    one._state.adding, one._state.db = False, database.alias


# A column: its field, the attribute, and the types of values a database takes as they are.
_Column = tuple["Field[Any, Any]", str, tuple[type, ...]]
_INSERTS: dict[tuple[type[Model], str, bool], tuple[str, list[_Column]]] = {}
_NOTHING = type(None)
_PLAIN: dict[type, type] = {
    models.CharField: str,
    models.TextField: str,
    models.BooleanField: bool,
    models.BigIntegerField: int,
    models.PositiveIntegerField: int,
    models.PositiveSmallIntegerField: int,
    models.BigAutoField: int,
    models.ForeignKey: int,
    models.DateField: _NOTHING,
    models.DateTimeField: _NOTHING,
    models.TimeField: _NOTHING,
}


def _insert_of(model: type[Model], *, numbered: bool) -> tuple[str, list[_Column]]:
    key = model._meta.pk
    fields = [one for one in model._meta.local_concrete_fields if not (numbered and one is key)]
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(one.column)) for one in fields)
    marks = ", ".join(["%s"] * len(fields))
    returning = f" RETURNING {quote(str(key.column))}" if numbered else ""
    table = quote(model._meta.db_table)
    columns = [(one, one.attname, _as_they_are(one)) for one in fields]
    return f"INSERT INTO {table} ({names}) VALUES ({marks}){returning}", columns


def _as_they_are(field: Field[Any, Any]) -> tuple[type, ...]:
    plain = _PLAIN.get(type(field))
    by_itself = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    return () if plain is None or by_itself else (_NOTHING, plain)
