"""Conditions of the list on any field: `key:op:value`, own fields and shipped ones alike.

Own fields are looked for in `CustomValue` by its indexes, shipped ones in their columns. Who may
not read a field may not narrow by it either.
"""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import DateField, Exists, OuterRef, Q, QuerySet

from zhike.access.models import Person
from zhike.base.errors import Invalid
from zhike.customers import custom
from zhike.customers.criteria import SORTS, Criteria
from zhike.customers.models import Attachment, Customer, CustomValue
from zhike.fields import choices, registry, values
from zhike.fields.builtin import Definition
from zhike.fields.checks import CheckFailed
from zhike.fields.groups import require_read

MOST_LISTED = 100  # values of one `in`
# So many customers are found first and then looked at; more are met while reading the list.
FEW = 2_000
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)


class Condition(NamedTuple):
    """One condition, checked: `wanted` are the values meant, in the form fields have."""

    field: Definition
    op: str
    wanted: tuple[Any, ...]


def read(actor: Person, criteria: Criteria) -> list[Condition]:
    """Return the conditions of a filter; raise Invalid, or Forbidden for what one may not read."""
    return [_read(actor, one) for one in criteria.field or ()]


def _read(actor: Person, said: str) -> Condition:
    key, op, value = (*said.split(":", 2), "", "")[:3]
    field = registry.definition("customer", key) if _KEY.fullmatch(key) else None
    if field is None or not _comparable(field):
        raise Invalid("field", f"不能按“{key[:20]}”筛选，这个字段可能已被删除，请重新选择。")
    require_read(actor, "customer", key, given_as="field")
    if op not in values.OPS.get(field.type, ()):
        raise Invalid("field", f"{field.label}不能这样筛选，请换一种条件。")
    if op in ("empty", "filled"):
        return Condition(field, op, ())
    words = value.split(",") if op == "in" else [value]
    if not 1 <= len(words) <= MOST_LISTED:
        raise Invalid("field", f"{field.label}一次最多选 {MOST_LISTED} 项。")
    wanted = tuple(_meant(actor, field, op, word) for word in words)
    return Condition(field, op, wanted)


def _comparable(field: Definition) -> bool:
    """Archived fields still hold values by which customers are found."""
    return field.type in values.OPS and not (field.builtin and field.is_sealed)


def _meant(actor: Person, field: Definition, op: str, word: str) -> Any:
    if field.type == "person" and word == "me":
        return actor.pk
    if op == "has" and field.type in (*_TEXTS, "industry", "region"):
        return _some(field, word.strip())
    if op in ("has", "ge", "le") and field.type == "date_range":
        word = f"{word}~{word}"
    held = values.typed(field, word)
    try:
        # What is no longer offered may still be looked for; a limit for new values limits no list.
        plain = _without_limits(field)
        found = values.clean(plain, held, held=held if _is_known(field, held) else None)
    except CheckFailed as failed:
        raise Invalid("field", failed.message) from None
    return _some(field, found)


def _some(field: Definition, value: Any) -> Any:
    if value in (None, "", []):
        raise Invalid("field", f"请写明按{field.label}的什么筛选。")
    return value


def _without_limits(field: Definition) -> Definition:
    return Definition(
        **{
            name: getattr(field, name)
            for name in ("of", "key", "label", "section", "type", "group", "dictionary", "builtin")
        }
    )


def _is_known(field: Definition, held: Any) -> bool:
    if field.type == "person":
        return isinstance(held, int) and 0 < held < 2**63
    words = held if isinstance(held, list) else [held]
    known = {entry.value for entry in choices.get(field.dictionary).entries}
    return field.type in ("choice", "choices") and all(one in known for one in words)


# ---------------------------------------------------------------- as conditions of the database


def met(found: QuerySet[Customer], asked: Sequence[Condition], *, page: bool) -> QuerySet[Customer]:
    """Narrow customers to those that meet every condition.

    For a `page` the few that meet one are found first; where they are many, the list is read in
    its order and each customer asked: either way as much is read as is shown.
    """
    for one in asked:
        if one.field.builtin:
            found = found.filter(_in_column(one))
        else:
            found = found.filter(_own(one, page=page))
    return found


def looks_up(asked: Sequence[Condition]) -> bool:
    """Whether `met` looks up customers for one of them at once: what it returns holds good only
    now (`_holders`).
    """
    return any(one.field.type in _NUMBERS and not one.field.builtin for one in asked)


def _own(one: Condition, *, page: bool) -> Q:
    if one.field.type == "attachment":
        return _with_file(one, page=page)
    rows = CustomValue.objects.filter(field=one.field.pk or 0)
    if one.op in ("empty", "filled"):
        beside = Exists(rows.filter(customer=OuterRef("pk")))
        return ~Q(beside) if one.op == "empty" else _among(rows, page=page)
    if one.field.type in _NUMBERS:
        return Q(pk__in=_holders(one.field, one.wanted[0], rows))
    if one.field.type in _TEXTS:
        if one.op == "has":
            return _with_text(one.field, "__icontains", one.wanted[0], rows)
        if one.op in ("eq", "ne") and len(values.word(one.wanted[0])) >= values.WORD:
            alike = rows.filter(_same(one.field, one.wanted[0]))
            equal = _with_text(one.field, "", one.wanted[0], alike)
            return equal if one.op == "eq" else ~equal
    if one.op == "ne":
        same = rows.filter(_same(one.field, one.wanted[0]), customer=OuterRef("pk"))
        return ~Q(Exists(same))
    return _among(rows.filter(_compared(one)), page=page)


_TEXTS = ("text", "long_text", "url")
_NUMBERS = ("phone", "email")


def _with_text(field: Definition, how: str, wanted: str, rows: QuerySet[CustomValue]) -> Q:
    """The customers of some rows whose text, whole as it was typed, is or holds another."""
    text = f"custom__{field.key}{how}"
    found = Customer.objects.filter(pk__in=rows.values("customer"), **{text: wanted})
    return Q(pk__in=found.values("pk"))


def _among(rows: QuerySet[CustomValue] | QuerySet[Attachment], *, page: bool) -> Q:
    if page and rows.order_by().values_list("pk")[FEW : FEW + 1]:
        return Q(Exists(rows.filter(customer=OuterRef("pk"))))
    return Q(pk__in=rows.values("customer"))


def _same(field: Definition, value: Any) -> Q:
    """The rows of the values equal to one."""
    condition = Q()
    for row in values.rows(field, value):
        if row.number is None and row.until is None:
            condition &= Q(word=row.word)
        elif field.type == "date_range":
            condition &= Q(number=row.number) if row.number else Q(number__isnull=True)
            condition &= Q(until=row.until) if row.until else Q(until__isnull=True)
        else:
            condition &= Q(number=row.number)
    return condition


def _compared(one: Condition) -> Q:
    if one.field.type == "date_range" and one.op != "eq":
        return _within_days(one.op, values.ordinal(one.wanted[0][0]))
    if one.op in ("ge", "le"):
        number = values.number_of(one.field, one.wanted[0])
        return Q(**{f"number__{'gte' if one.op == 'ge' else 'lte'}": number})
    condition = Q(pk__in=[])
    for value in one.wanted:
        condition |= _same(one.field, value)
    return condition


def _within_days(op: str, day: int) -> Q:
    """Of ranges of days: that hold a day, end on it or later, or begin on it or before."""
    ends = Q(until__gte=day) | Q(until__isnull=True)
    begins = Q(number__lte=day) | Q(number__isnull=True)
    return {"has": ends & begins, "ge": ends, "le": begins}[op]


def _holders(field: Definition, value: str, rows: QuerySet[CustomValue]) -> list[int]:
    """Who truly has a sealed value: an index could have been copied beside another one."""
    near = rows.filter(word=values.blind(field, value)).order_by("-customer")
    found = near.values_list("customer_id", "customer__custom")[:FEW]
    table = Customer._meta.db_table
    return [
        pk
        for pk, kept in found
        if custom.unseal_at(table, pk, field.key, (kept or {}).get(field.key)) == value
    ]


def _with_file(one: Condition, *, page: bool) -> Q:
    files = Attachment.objects.filter(of="customer", field=one.field.key, deleted_at=None)
    if one.op == "filled":
        return _among(files, page=page)
    return ~Q(Exists(files.filter(customer=OuterRef("pk"))))


def _in_column(one: Condition) -> Q:
    name = one.field.key
    column = Customer._meta.get_field(name)
    empty = Q(**{f"{name}__isnull": True}) if column.null else Q(**{name: ""})
    if one.field.type == "yes_no":
        empty = Q(pk__in=[])
    elif one.field.type == "number" or name == "bought_amount":
        empty = Q(**{name: 0})
    if one.op == "empty":
        return empty
    if one.op == "filled":
        return ~empty
    wanted = [_for_column(column, value) for value in one.wanted]
    if one.op == "ne":
        return ~Q(**{name: wanted[0]}) | (empty if column.null else Q(pk__in=[]))
    lookup = {"eq": "", "in": "__in", "has": "__icontains", "ge": "__gte", "le": "__lte"}[one.op]
    return Q(**{f"{name}{lookup}": wanted if one.op == "in" else wanted[0]})


def _for_column(column: Any, value: Any) -> Any:
    if isinstance(column, DateField):
        return date.fromisoformat(value)
    kind = column.get_internal_type()
    if kind.startswith("Positive"):  # whole numbers beyond any other find nothing
        return max(-1, min(int(Decimal(value)), 2**31 - 1))
    return value


# ---------------------------------------------------------------- order


def has_value(field: Definition) -> Exists:
    """Tell of each customer whether it has a value of an own field that lists compare."""
    rows = CustomValue.objects.filter(field=field.pk or 0, customer=OuterRef("pk"))
    return Exists(rows)


class Order(NamedTuple):
    """What a list is sorted by: a column, or the values of an own field in `CustomValue`."""

    column: str
    field: Definition | None = None


def order(actor: Person, sort: str) -> Order:
    """Return what a word of the API sorts by; raise Invalid, or Forbidden for what one may not."""
    key = sort.removeprefix("-")
    require = SORTS.get(key)
    if require is not None:
        require_read(actor, "customer", require, given_as="sort")
        return Order(require)
    field = custom.definition("customer", key)
    if field is None or not field.sortable:
        raise Invalid("sort", "不能按这一列排序，请换一列。")
    require_read(actor, "customer", key, given_as="sort")
    by = "word" if field.type in ("text", "choice") else "number"
    return Order(f"custom_values__{by}", field)
