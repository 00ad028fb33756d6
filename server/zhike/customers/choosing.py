"""Which value of each field a merged customer keeps: what there is, what clashes, what is taken.

What is taken is written as a change of the survivor is (`telling`), so that sealed values are
sealed anew for its row; its own are kept as the columns held them, to be put back by an undo.
"""

from __future__ import annotations

import base64
import copy
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from zhike.access.models import Person
from zhike.access.rights import Level
from zhike.base import keyring
from zhike.base.errors import Forbidden, Invalid
from zhike.customers import custom, waiting
from zhike.customers.entry import SEALED
from zhike.customers.models import Customer
from zhike.customers.telling import differences, plain, seal
from zhike.fields import registry, sealed, values
from zhike.fields.builtin import Definition
from zhike.fields.groups import level_of, require_edit

# Columns that go with a field, and those that follow from one.
BESIDE: dict[str, tuple[str, ...]] = {
    "name": ("name_key", "pinyin"),
    "identity": ("identity_index",),
    "industry": ("industry_code",),
    "region": ("region_code",),
}
_CARRIED = {"industry": "industry_code", "region": "region_code"}
# No field to choose: the customer itself, and what is derived or decided about it.
OF_THE_SURVIVOR = frozenset(
    {
        *("id", "version", "code", "kind", "owner", "import_id", "created_at", "updated_at"),
        *("deleted_at", "deleted_by", "merged_into", "custom"),
        *("recorder", "recorder_name", "recorded_on"),
        *("tier", "tier_by_hand", "tier_reason", "tier_points", "tier_why", "completeness"),
        *("life", "life_reason", "life_note", "life_since", "look_again_on"),
        *("bought_count", "bought_amount", "last_bought_on"),
        *("last_follow_up_on", "next_follow_up_on"),
    }
)
UNREADABLE = object()


class Choice(NamedTuple):
    """A field, what each customer has in it in plain, and whose value is taken."""

    field: Definition
    held: dict[int, Any]
    chosen: int

    @property
    def filled(self) -> bool:
        """Whether anybody has a value."""
        return any(map(_filled, self.held.values()))

    @property
    def clash(self) -> bool:
        """Whether two have different values."""
        return len({_comparable(one) for one in self.held.values() if _filled(one)}) > 1


def choices(customers: Sequence[Customer], chosen: Mapping[str, int]) -> list[Choice]:
    """Return every field with whose value is taken; the survivor comes first in `customers`.

    Where nobody said otherwise it is the survivor's, or, where that is empty, the one of the
    customer that was written last. Raises Invalid for a field or a customer that does not exist.
    """
    fields = [one for one in registry.current().of("customer", archived=True) if _is_chosen(one)]
    known = {one.key for one in fields}
    ids = [one.pk for one in customers]
    errors = [
        (f"chosen.{key[:40]}", "没有这个字段，或选的不是这次合并的客户，请刷新后重选。")
        for key, pk in chosen.items()
        if key not in known or pk not in ids
    ]
    if errors:
        raise Invalid(errors)
    found = []
    for field in fields:
        held = {one.pk: _held(one, field) for one in customers}
        found.append(Choice(field, held, chosen.get(field.key, _suggested(customers, held))))
    return found


def _is_chosen(field: Definition) -> bool:
    if field.type == "attachment":
        return False
    return not field.builtin or not (field.is_fixed or field.key in OF_THE_SURVIVOR)


def _held(customer: Customer, field: Definition) -> Any:
    if not field.builtin:
        if field.key not in (customer.custom or {}):
            return None
        return custom.opened("customer", customer, [field.key]).get(field.key, UNREADABLE)
    if field.key in SEALED:
        found = sealed.held(customer, field.key)
        return UNREADABLE if found is None else found
    return getattr(customer, field.key)


def _filled(value: Any) -> bool:
    return value is not UNREADABLE and value not in (None, "", False) and value != []


def _comparable(value: Any) -> str:
    return json.dumps(value, default=str, ensure_ascii=False, sort_keys=True)


def _suggested(customers: Sequence[Customer], held: Mapping[int, Any]) -> int:
    survivor, *others = customers
    if held[survivor.pk] is UNREADABLE or _filled(held[survivor.pk]):
        return int(survivor.pk)
    others = [one for one in others if _filled(held[one.pk])]
    newest = max(others, key=lambda one: (one.updated_at, one.pk), default=survivor)
    return int(newest.pk)


def changing(survivor: Customer, choices: Iterable[Choice]) -> list[Choice]:
    """Return the choices by which the survivor's value becomes another."""
    return [
        one
        for one in choices
        if one.chosen != survivor.pk
        and (
            one.held[one.chosen] is UNREADABLE
            or _comparable(one.held[one.chosen]) != _comparable(one.held[survivor.pk])
        )
    ]


def require_rights(actor: Person, survivor: Customer, taken: Sequence[Choice]) -> None:
    """Raise Forbidden, naming the field, unless the actor may make each change at once."""
    keys = [one.field.key for one in taken]
    require_edit(actor, "customer", keys)
    for name in sorted(waiting.held_back(actor, survivor, keys)):
        label = next(one.field.label for one in taken if one.field.key == name)
        told = f"你改“{label}”要先经审核，合并时请保留原来的，或请能审核的同事来合并。"
        raise Forbidden(told, field=f"chosen.{name}")


def take(
    survivor: Customer, customers: Mapping[int, Customer], taken: Sequence[Choice]
) -> tuple[dict[str, Any], dict[str, str], dict[str, list[Any]]]:
    """Set the chosen values on the survivor, without saving it.

    Returns what its columns held, a mark of what each field became, and what is told of it.
    """
    clean: dict[str, Any] = {}
    own: dict[str, Any] = {}
    for one in taken:
        value = one.held[one.chosen]
        if value is UNREADABLE:
            raise sealed.Unreadable
        if not one.field.builtin:
            own[one.field.key] = value
            continue
        clean[one.field.key] = value
        if one.field.key in _CARRIED:
            carried = _CARRIED[one.field.key]
            clean[carried] = getattr(customers[one.chosen], carried)
    if own:
        clean["custom"] = own
    before = _before(survivor, taken)
    told = differences(survivor, clean)
    for name, value in plain(clean).items():
        setattr(survivor, name, value)
    if "name" in clean:
        survivor.rename(clean["name"])
    seal(survivor, clean)
    _check_term(survivor)
    after = {one.field.key: mark(one.held[one.chosen]) for one in taken}
    return before, after, told


def _check_term(survivor: Customer) -> None:
    since, until = survivor.cooperation_since, survivor.cooperation_until
    if since and until and until < since:
        told = "这样选的合作到期时间早于开始时间，请选同一位客户的开始和到期时间。"
        raise Invalid("chosen.cooperation_until", told)


def _before(survivor: Customer, taken: Sequence[Choice]) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    own: dict[str, Any] = {}
    for one in taken:
        key = one.field.key
        if not one.field.builtin:
            own[key] = (survivor.custom or {}).get(key)
            continue
        for name in (key, *BESIDE.get(key, ())):
            columns[name] = _written(getattr(survivor, name))
    return {"columns": columns, "custom": own}


def put_back(survivor: Customer, before: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Set what a merge replaced, as the columns held it, without saving it.

    Returns what is told of it.
    """
    was = copy.copy(survivor)
    for name, value in before["columns"].items():
        setattr(was, name, _read(value))
    was.custom = {
        key: value
        for key, value in {**(survivor.custom or {}), **before["custom"]}.items()
        if value is not None
    }
    fields = [registry.definition("customer", key) for key in before["columns"]]
    clean = {one.key: _held(was, one) for one in fields if one is not None}
    own = custom.opened("customer", was, before["custom"])
    clean["custom"] = {key: own.get(key) for key in before["custom"]}
    readable = {name: value for name, value in clean.items() if value is not UNREADABLE}
    told = differences(survivor, readable)
    for name in (*before["columns"], "custom"):
        setattr(survivor, name, getattr(was, name))
    return told


def changed_since(survivor: Customer, after: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return (key, label) of the fields that are no longer what a merge made them."""
    found = []
    for key, expected in after.items():
        field = registry.definition("customer", key)
        if field is None:
            found.append((key, key))
        elif mark(_held(survivor, field)) != expected:
            found.append((key, field.label))
    return found


def index_own(survivor: Customer, keys: Iterable[str]) -> None:
    """Repeat own fields where lists look for them, emptied ones too."""
    keys = list(keys)
    if keys:
        held = custom.opened("customer", survivor, keys)
        custom.index(survivor, {key: held.get(key) for key in keys})


def mark(value: Any) -> str:
    """Return a keyed mark of a value, which tells later whether it is still the same."""
    if value is UNREADABLE:
        return "unreadable"
    return keyring.blind_index("merge", _comparable(value if _filled(value) else None)).hex()


def _written(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return {"bytes": base64.b64encode(bytes(value)).decode()}
    return {"day": value.isoformat()} if isinstance(value, date) else value


def _read(value: Any) -> Any:
    if isinstance(value, dict) and "bytes" in value:
        return base64.b64decode(value["bytes"])
    if isinstance(value, dict) and "day" in value:
        return date.fromisoformat(value["day"])
    return value


def column_before(before: Mapping[str, Any], name: str) -> Any:
    """Return what a column held before the merge."""
    return _read(before["columns"][name])


def labels(actor: Person, keys: Iterable[str]) -> list[str]:
    """Return what fields are called, those left out that the actor may not know of."""
    found = (registry.definition("customer", key) for key in keys)
    return [
        one.label
        for one in found
        if one is not None and level_of(actor, "customer", one.key) > Level.HIDDEN
    ]


def shown(
    actor: Person, customers: Sequence[Customer], choices: Iterable[Choice]
) -> list[dict[str, Any]]:
    """Return the fields somebody filled in, as far as the actor may read them, sealed masked."""
    choices = [one for one in choices if one.filled or UNREADABLE in one.held.values()]
    names = custom.names_of(
        value for one in choices if one.field.type == "person" for value in one.held.values()
    )
    waits = waiting.held_back(actor, customers[0], [one.field.key for one in choices])
    found = []
    for one in choices:
        level = level_of(actor, "customer", one.field.key)
        if level == Level.HIDDEN:
            continue
        shown_values = [
            {"customer_id": pk, "shown": _shown(one.field, value, level, customers[0].kind, names)}
            for pk, value in one.held.items()
        ]
        found.append(
            {
                "field": one.field.key,
                "label": one.field.label,
                "section": one.field.section,
                "values": shown_values,
                "chosen": one.chosen,
                "clash": one.clash,
                "may_choose": level == Level.EDIT and one.field.key not in waits,
            }
        )
    return found


def _shown(
    field: Definition, value: Any, level: Level, kind: str, people: Mapping[int, str]
) -> str:
    if value is UNREADABLE:
        return sealed.UNREADABLE
    if not _filled(value):
        return "否" if value is False else ""
    if field.is_sealed and not (
        field.type == "address" and kind == "company" and level >= Level.READ
    ):
        return custom.masked(field, value)
    if level < Level.READ:
        return "***"
    return values.text(field, value.isoformat() if isinstance(value, date) else value, people)
