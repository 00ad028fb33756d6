"""Rows into a table by `executemany`, an order of magnitude faster than an object each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection, models


class Table:
    """Inserts rows into a model's table; what no row gives takes the field's empty value."""

    def __init__(self, model: type[models.Model], *names: str) -> None:
        self.model = model
        self._fields = [f for f in model._meta.concrete_fields if f.name != "id" or "id" in names]

    def insert(self, rows: Sequence[dict[str, Any]]) -> None:
        """Insert rows given by field name, foreign keys by the name of the field."""
        if not rows:
            return
        given = set().union(*rows)
        unknown = given - {column.name for column in self._fields}
        if unknown:
            raise ValueError(f"no such fields: {sorted(unknown)}")
        quote = connection.ops.quote_name
        columns, marks, values = [], [], []
        for column in self._fields:
            empty = _empty(column)
            if column.name not in given and empty is None:
                continue
            columns.append(quote(str(column.column)))
            marks.append("%s")
            values.append(_column(column, rows, empty))
        sql = (
            f"INSERT INTO {quote(self.model._meta.db_table)} ({', '.join(columns)})"
            f" VALUES ({', '.join(marks)})"
        )
        with connection.cursor() as cursor:
            cursor.executemany(sql, list(zip(*values, strict=True)))


def _column(column: models.Field, rows: Sequence[dict[str, Any]], empty: Any) -> list[Any]:
    """The values of one column as the driver takes them; going by column halves the time."""
    name = column.name
    values = [row.get(name, empty) for row in rows]
    adapt = _adapter(column)
    if adapt is None:
        return values
    known: dict[int, Any] = {}  # by identity: one object often stands in every row
    adapted = []
    for value in values:
        if id(value) not in known:
            known[id(value)] = None if value is None else adapt(value)
        adapted.append(known[id(value)])
    return adapted


def _empty(column: models.Field) -> Any:
    if column.has_default():
        return column.get_default()
    if column.null:
        return None
    return "" if isinstance(column, models.CharField | models.TextField) else None


def _adapter(column: models.Field) -> Callable[[Any], Any] | None:
    """How a value of the field is handed to the driver; None where it goes as it is."""
    if isinstance(column, models.DateTimeField):
        return connection.ops.adapt_datetimefield_value
    if isinstance(column, models.DateField):
        return connection.ops.adapt_datefield_value
    if isinstance(column, models.JSONField):
        return lambda value: connection.ops.adapt_json_value(value, None)
    return None
