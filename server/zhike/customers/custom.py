"""The customer's own fields of a record: checked, sealed, kept, told, shown and indexed.

They stand in the column `custom` of customers, contacts and follow-ups by the key of their
definition, as `fields.values` writes them; sealed ones as base64 of what `keyring.seal` made,
bound to table, `custom.<key>` and row. `CustomValue` repeats those of customers for the lists.
"""

from __future__ import annotations

import base64
import binascii
import logging
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any, ClassVar, Protocol

from zhike.access.models import Person
from zhike.access.rights import Level
from zhike.base import keyring
from zhike.customers.models import Customer, CustomValue
from zhike.fields import choices, masking, registry, sealed, values
from zhike.fields.builtin import Definition
from zhike.fields.checks import CheckFailed
from zhike.fields.groups import level_of

MOST_GIVEN = 300
Errors = list[tuple[str, str]]
_KEY = re.compile(r"x[1-9]\d{0,17}", re.ASCII)
_log = logging.getLogger("zhike.sealed")


class Record(Protocol):
    """What has own fields: a customer, a contact or a follow-up."""

    custom: Any
    _meta: ClassVar[Any]

    @property
    def pk(self) -> Any:
        """The id, known before the record is saved."""


def definition(of: str, key: str) -> Definition | None:
    """Return an own field by its key, archived ones too; None for anything else."""
    if not _KEY.fullmatch(key):
        return None
    found = registry.definition(of, key)
    return found if found is not None and not found.builtin else None


def place(key: str) -> str:
    """Return the name by which an error calls a field; what is no key is not repeated."""
    return key if _KEY.fullmatch(key) else "custom"


# ---------------------------------------------------------------- taking in


def given(fields: Mapping[str, Any], *, empty: bool = False) -> list[str]:
    """Return the keys of own fields that are given a value, or, if `empty`, emptied too."""
    found = fields.get("custom")
    if not isinstance(found, Mapping):
        return []
    return [key for key, value in found.items() if empty or value not in (None, "", [])]


def clean(
    of: str,
    given: Any,
    errors: Errors,
    *,
    kind: str = "",
    held: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return the checked values by key, None for what is emptied; what is wrong goes to `errors`.

    `kind` is the customer's, where it is known; `held` what the record has, in plain.
    """
    if given is None:
        return {}
    if not isinstance(given, Mapping) or len(given) > MOST_GIVEN:
        errors.append(("custom", "自定义字段的格式不对，请刷新后重试。"))
        return {}
    had = held or {}
    people = _working(of, given)
    found: dict[str, Any] = {}
    for key, raw in given.items():
        field = definition(of, key)
        if field is None:
            errors.append((place(key), "没有这个自定义字段，可能已被删除，请刷新。"))
            continue
        try:
            value = values.clean(field, raw, held=had.get(key), people=people)
            require_fitting(field, value, had.get(key), kind)
            found[key] = value
        except CheckFailed as failed:
            errors.append((key, failed.message))
    return found


def require_fitting(field: Definition, value: Any, held: Any, kind: str) -> None:
    """Raise CheckFailed where a record cannot take a value, or cannot do without one.

    What is there already stays, whatever became of the field meanwhile.
    """
    if value == held or (value in ("", None) and held in ("", None)):
        return
    if value in ("", None):
        if field.need == "required" and not field.archived and (not kind or field.suits(kind)):
            raise CheckFailed(f"{field.label}是必填的，不能清空。")
        return
    if field.archived:
        raise CheckFailed(f"{field.label}已经停用，不能再填写。")
    if kind and not field.suits(kind):
        whose = "、".join(choices.KIND.label(one) for one in field.kinds)
        raise CheckFailed(f"{field.label}只用于{whose}客户。")


def _working(of: str, given: Mapping[str, Any]) -> Collection[int]:
    """The ids of those who work here among the people given; asked only where there are any."""
    wanted = {
        raw
        for key, raw in given.items()
        if isinstance(raw, int)
        and 0 < raw < 2**63
        and (field := definition(of, key)) is not None
        and field.type == "person"
    }
    if not wanted:
        return ()
    found = Person.objects.filter(pk__in=wanted, is_active=True, is_service=False)
    return set(found.values_list("pk", flat=True))


def defaults(of: str, kind: str, *, own: bool) -> dict[str, Any]:
    """Return what administrators want put into new records where nothing is entered.

    A default that is no longer allowed is none.
    """
    found: dict[str, Any] = {}
    for field in registry.current().of(of):
        if field.builtin == own or field.default is None or field.is_fixed or field.is_sealed:
            continue
        if kind and not field.suits(kind):
            continue
        people = _working(of, {field.key: field.default}) if own else ()
        try:
            value = values.clean(field, field.default, people=people)
        except CheckFailed:
            continue
        if value is not None:
            found[field.key] = value
    return found


def required(of: str, kind: str, actor: Person) -> list[Definition]:
    """Return the fields a new record has to have, of those `actor` may fill in."""
    return [
        field
        for field in registry.current().of(of)
        if field.need == "required"
        and not field.is_fixed
        and field.type != "attachment"
        and (not kind or field.suits(kind))
        and actor.edits(field.group)
    ]


# ---------------------------------------------------------------- keeping


def opened(of: str, record: Record, keys: Iterable[str] | None = None) -> dict[str, Any]:
    """Return the values of a record in plain; what cannot be unsealed is left out."""
    found: dict[str, Any] = {}
    for key in record.custom if keys is None else keys:
        field = definition(of, key)
        value = record.custom.get(key)
        if field is None or value is None:
            continue
        if field.is_sealed:
            value = unseal(record, key, value)
        if value is not None:
            found[key] = value
    return found


def unseal(record: Record, key: str, kept: Any) -> str | None:
    """Return a sealed value in plain, None for one that was tampered with, which is logged."""
    return unseal_at(record._meta.db_table, record.pk, key, kept)


def unseal_at(table: str, row: int, key: str, kept: Any) -> str | None:
    """The same for a value fetched without its record."""
    try:
        raw = base64.b64decode(kept, validate=True)
        return keyring.unseal(raw, table=table, field=f"custom.{key}", row=row)
    except (keyring.Tampered, binascii.Error, TypeError, ValueError):
        _log.error("sealed value unreadable table=%s field=custom.%s row=%s", table, key, row)
        return None


def sealed_text(table: str, row: int, key: str, plain: str) -> str:
    """Return a sealed value as the column keeps it."""
    found = keyring.seal(plain, table=table, field=f"custom.{key}", row=row)
    return base64.b64encode(found).decode()


def put(of: str, record: Record, checked: Mapping[str, Any]) -> None:
    """Set checked values on a record whose id is known; does not save."""
    kept = dict(record.custom or {})
    for key, value in checked.items():
        field = definition(of, key)
        if value is None or field is None:
            kept.pop(key, None)
        elif field.is_sealed:
            kept[key] = sealed_text(record._meta.db_table, record.pk, key, value)
        else:
            kept[key] = value
    record.custom = kept


def index(customer: Customer, checked: Mapping[str, Any]) -> None:
    """Repeat checked values where lists look for them, in the transaction that wrote them."""
    index_many([(customer.pk, checked)])


def index_many(written: Iterable[tuple[int, Mapping[str, Any]]], *, new: bool = False) -> None:
    """The same for many customers, given as (id, values in plain by key); `new` ones have none."""
    rows: list[CustomValue] = []
    fields: dict[int, list[int]] = {}
    for pk, checked in written:
        for key, value in checked.items():
            field = definition("customer", key)
            if field is None or field.pk is None:
                continue
            fields.setdefault(field.pk, []).append(pk)
            for row in values.rows(field, value):
                rows.append(CustomValue(field=field.pk, customer_id=pk, **row._asdict()))
    if not new:
        for field_id, customers in fields.items():
            CustomValue.objects.filter(field=field_id, customer_id__in=customers).delete()
    if rows:
        CustomValue.objects.bulk_create(rows, batch_size=500)


# ---------------------------------------------------------------- telling and showing


def differences(of: str, record: Record, checked: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return {key: [old, new]} as the trail keeps them: sealed ones masked, people by name."""
    told: dict[str, list[Any]] = {}
    for key, new in checked.items():
        field = definition(of, key)
        if field is None:
            continue
        kept = (record.custom or {}).get(key)
        if field.is_sealed:
            old = unseal(record, key, kept) if kept is not None else ""
            if old == (new or ""):
                continue
            told[key] = masking.pair(masked(field, old), masked(field, new or ""))
        elif kept != new:
            told[key] = ["" if one is None else one for one in (kept, new)]
    return _by_name(of, told)


def _by_name(of: str, told: dict[str, list[Any]]) -> dict[str, list[Any]]:
    at = [
        key for key in told if (field := definition(of, key)) is not None and field.type == "person"
    ]
    if at:
        names = names_of(one for key in at for one in told[key])
        for key in at:
            told[key] = [names.get(one, "") for one in told[key]]
    return told


def names_of(ids: Iterable[Any]) -> dict[int, str]:
    """Return what people are called, leavers too."""
    wanted = {one for one in ids if isinstance(one, int)}
    return dict(Person.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def masked(field: Definition, plain: str | None) -> str:
    """Return a sealed value as a screen shows it."""
    return sealed.UNREADABLE if plain is None else masking.mask(field.type, plain)


def shown(actor: Person, of: str, record: Record) -> dict[str, Any]:
    """Return the own values of a record as far as `actor` may read them, sealed ones masked."""
    return readable(actor, of, masked_values(of, record))


def masked_values(of: str, record: Record) -> dict[str, Any]:
    """Return the own values of a record, sealed ones masked, whoever will read them."""
    return masked_at(of, record._meta.db_table, record.pk, record.custom or {})


def masked_at(
    of: str, table: str, row: int, kept: Mapping[str, Any], keys: Iterable[str] | None = None
) -> dict[str, Any]:
    """The same for the column of a row fetched without its record, of some keys or of all."""
    found: dict[str, Any] = {}
    for key in kept if keys is None else keys:
        value, field = kept.get(key), definition(of, key)
        if field is None or value is None:
            continue
        found[key] = masked(field, unseal_at(table, row, key, value)) if field.is_sealed else value
    return found


def readable(actor: Person, of: str, shown: Mapping[str, Any]) -> dict[str, Any]:
    """Return of masked values those `actor` may read: sealed ones also where the role masks."""
    found: dict[str, Any] = {}
    for key, value in shown.items():
        field = definition(of, key)
        least = Level.MASKED if field is not None and field.is_sealed else Level.READ
        if field is not None and level_of(actor, of, key) >= least:
            found[key] = value
    return found
