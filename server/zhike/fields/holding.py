"""Where the values of fields stand: the rooms above say how to count and to replace them.

This room knows no records. A room with records registers, in its hooks.py, a holder for each kind
of record; what is done with words and fields asks them all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db.models import Model, Q

from zhike.access.models import Person
from zhike.base import clock
from zhike.fields import registry
from zhike.fields.builtin import Definition
from zhike.trail.bulk import record_many


@dataclass(frozen=True)
class Replacement:
    """One value of a dictionary that is to give way to another, or to nothing ("")."""

    dictionary: str
    old: str
    new: str


class Holder(Protocol):
    """One kind of record, deleted ones included: what is restored must be whole, too."""

    def count_value(self, dictionary: str, value: str) -> int:
        """Return how many records hold a value of a dictionary."""

    def count_field(self, field: Definition) -> int:
        """Return how many records hold anything in a field of the customer's own."""

    def replace(
        self, *, actor: Person, now: datetime, what: Replacement, beyond: int, most: int
    ) -> list[int]:
        """Replace the value in the next records whose id is greater, at most so many.

        In the caller's transaction, one event for each; returns their ids, none once all are done.
        """


class Columns:
    """A holder for the rows of a model: columns by dictionary, and its own fields in `custom`."""

    def __init__(
        self,
        of: str,
        model: type[Model],
        columns: Mapping[str, tuple[str, ...]],
        *,
        verb: str = "",
        customer: str = "customer_id",
    ) -> None:
        self.of = of
        self.model = model
        self.columns = columns
        self.verb = verb
        self.customer = customer
        self._names = {column.name for column in model._meta.concrete_fields}

    def count_value(self, dictionary: str, value: str) -> int:
        """Return how many rows hold a value."""
        return self._where(self.value_in(dictionary, value))

    def count_field(self, field: Definition) -> int:
        """Return how many rows hold anything in an own field."""
        if field.of != self.of or "custom" not in self._names:
            return 0
        return self._where(Q(custom__has_key=field.key))

    def replace(
        self, *, actor: Person, now: datetime, what: Replacement, beyond: int, most: int
    ) -> list[int]:
        """Replace the value in the next rows."""
        condition = self.value_in(what.dictionary, what.old)
        if not condition:
            return []
        found = self.model._default_manager.select_for_update(of=("self",)).filter(condition)
        rows: list[Any] = list(found.filter(pk__gt=beyond).order_by("pk")[:most])
        told = []
        for row in rows:
            changes = self._change(row, what)
            if changes:
                told.append(self._event(row, changes, actor, now))
        names = {name for name in ("version", "updated_at", "custom") if name in self._names}
        written = names | set(self.columns.get(what.dictionary, ()))
        self.model._default_manager.bulk_update(rows, sorted(written), batch_size=100)
        record_many(told)
        self.after(rows, what, now)
        return [row.pk for row in rows]

    def value_in(self, dictionary: str, value: str) -> Q:
        """Return the condition of holding a value; an empty one where no column can."""
        found = Q()
        for column in self.columns.get(dictionary, ()):
            found |= Q(**{column: value})
        for field in self.own_fields(dictionary):
            found |= self.own_value(field, value)
        return found

    def own_fields(self, dictionary: str) -> list[Definition]:
        """Return the own fields that offer the words of a dictionary."""
        if "custom" not in self._names:
            return []
        own = registry.current().custom(self.of)
        return [one for one in own if one.dictionary and one.dictionary == dictionary]

    def own_value(self, field: Definition, value: str) -> Q:
        """Return the condition of holding a value in an own field."""
        if field.type == "choice":
            return Q(**{f"custom__{field.key}": value})
        return Q(**{f"custom__{field.key}__icontains": f'"{value}"'})

    def after(self, rows: list[Any], what: Replacement, now: datetime) -> None:
        """Bring along what follows from the rows just written."""

    def _where(self, condition: Q) -> int:
        return self.model._default_manager.filter(condition).count() if condition else 0

    def _change(self, row: Any, what: Replacement) -> dict[str, list[Any]]:
        changes: dict[str, list[Any]] = {}
        for column in self.columns.get(what.dictionary, ()):
            if getattr(row, column) == what.old:
                setattr(row, column, what.new)
                changes[column] = [what.old, what.new]
        for field in self.own_fields(what.dictionary):
            held = row.custom.get(field.key)
            new = _replaced(held, what)
            if new != held:
                row.custom = row.custom | {field.key: new}
                changes[field.key] = [held, new]
        return changes

    def _event(
        self, row: Any, changes: dict[str, list[Any]], actor: Person, now: datetime
    ) -> dict[str, Any]:
        data: dict[str, Any] = {"changes": changes}
        if "version" in self._names:
            row.version += 1
            data["version"] = row.version
        if "updated_at" in self._names:
            row.updated_at = now
        return {
            "at": now,
            "on": clock.day_of(now),
            "verb": self.verb or "word.replaced",
            "actor": actor.pk,
            "customer_id": getattr(row, self.customer),
            "record_type": self.of,
            "record_id": row.pk,
            "data": data,
        }


def _replaced(held: Any, what: Replacement) -> Any:
    if isinstance(held, list):
        return list(dict.fromkeys(what.new if one == what.old else one for one in held))
    return what.new if held == what.old else held


_holders: list[Holder] = []


def holds(holder: Holder) -> None:
    """Register a kind of record."""
    if holder not in _holders:
        _holders.append(holder)


def holders() -> tuple[Holder, ...]:
    """Return every kind of record that is registered."""
    return tuple(_holders)


def count_value(dictionary: str, value: str) -> int:
    """Return how many records hold a value."""
    return sum(one.count_value(dictionary, value) for one in _holders)


def count_field(field: Definition) -> int:
    """Return how many records hold anything in a field."""
    return sum(one.count_field(field) for one in _holders)
