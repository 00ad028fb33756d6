"""What the columns of the customer list hold that stand on no published sheet: further shipped
fields and the customer's own, by the type of their definition; masked by right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import Any

from zhike.access.models import Person
from zhike.customers import custom
from zhike.customers.models import Contact, Customer
from zhike.doors import columns
from zhike.doors.subjects import Subject
from zhike.doors.writing import Value
from zhike.fields import registry, values
from zhike.fields.builtin import Definition
from zhike.fields.checks.numbers import decimal_text

_EXACT = 15  # digits of a number a spreadsheet keeps
FEN_PER_YUAN, FEN_PER_WAN = 100, 1_000_000


Getter = Callable[[Subject], Value]


@dataclass
class Names:
    """What colleagues are called, asked for when the first one is shown.

    Where two have one name the sign-in name stands behind it, as the import understands it.
    """

    by_id: dict[int, str] = field(default_factory=dict)

    def __call__(self, pk: Any) -> str:
        if not self.by_id:
            people = list(Person.objects.values_list("pk", "name", "username", "is_active"))
            working = [name for _, name, _, works in people if works]
            twins = {name for name in working if working.count(name) > 1}
            self.by_id = {
                one: f"{name}({username})" if name in twins else name
                for one, name, username, _ in people
            }
        return self.by_id.get(pk, "") if isinstance(pk, int) else ""


def offered(taken: Iterable[str]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return (header, name) of further shipped fields, and of own ones; but for those `taken`."""
    known = {name.removesuffix("_wan") for name in taken}
    shipped: list[tuple[str, str]] = []
    own: list[tuple[str, str]] = []
    for of in ("customer", "contact"):
        for one in registry.current().of(of):
            if one.name in known or one.name not in columns.present().by_name:
                continue
            column = columns.outgoing(one)
            (shipped if one.builtin else own).append((column.label, column.name))
    return shipped, own


def definition_of(name: str) -> Definition | None:
    """Return the definition of a column's field."""
    return registry.current().definitions.get(name.removesuffix("_wan"))


def getter(name: str, definition: Definition, names: Names) -> Getter:
    """Return the function that fills the column of a field."""
    if definition.type == "attachment":
        return partial(_files, definition)
    per = FEN_PER_WAN if name.endswith("_wan") else FEN_PER_YUAN
    if definition.is_sealed:
        return partial(_sealed, definition)
    return lambda subject: _cell(definition, _held(subject, definition), per, names)


def _record(subject: Subject, definition: Definition) -> Customer | Contact | None:
    return subject.customer if definition.of == "customer" else subject.contact


def _held(subject: Subject, definition: Definition) -> Any:
    record = _record(subject, definition)
    if record is None:
        return None
    if definition.builtin:
        return getattr(record, definition.key)
    return (record.custom or {}).get(definition.key)


def _cell(definition: Definition, value: Any, per: int, names: Names) -> Value:
    if value is None or value == "":
        return ""
    if definition.type == "money":
        return _fitting(Decimal(value) / per)
    if definition.type == "number":
        return _fitting(Decimal(value))
    if definition.type == "person":
        return names(value)
    return values.text(definition, value)


def _fitting(number: Decimal) -> Value:
    """A number, or its text where a spreadsheet would cut it."""
    text = decimal_text(number)
    return text if sum(map(str.isdigit, text)) > _EXACT else Decimal(text)


def _sealed(definition: Definition, subject: Subject) -> str:
    record = _record(subject, definition)
    if record is None or definition.group in subject.hidden:
        return ""
    key = definition.key
    if definition.builtin:
        return subject.sealed_text(record, key, definition.group)
    kept = (record.custom or {}).get(key)
    if kept is None:
        return ""
    plain = custom.unseal(record, key, kept)
    if plain is not None and definition.group in subject.plain:
        return plain
    return custom.masked(definition, plain)


def _files(definition: Definition, subject: Subject) -> str:
    record = _record(subject, definition)
    if record is None:
        return ""
    return "、".join(subject.files.get((definition.of, record.pk, definition.key), []))


def file_keys(names: Iterable[str]) -> set[str]:
    """Return the keys of the fields among these columns that hold files."""
    found = (definition_of(name) for name in names)
    return {one.key for one in found if one is not None and one.type == "attachment"}
