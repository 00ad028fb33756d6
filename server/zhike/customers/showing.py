"""Further columns of the customer list: any field, as far as the reader may see it.

One statement for a whole page, however many rows it has. Values are in their form on the wire.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from zhike.access.models import Person
from zhike.access.rights import Level
from zhike.base.errors import Invalid
from zhike.customers import custom, queries
from zhike.customers.models import Customer
from zhike.fields import registry, sealed
from zhike.fields.builtin import Definition
from zhike.fields.groups import level_of

MOST = 60
_TABLE = Customer._meta.db_table


def wanted(keys: Sequence[str]) -> list[Definition]:
    """Return the fields a list is asked to show; raise Invalid for what is none."""
    names = [key for given in keys for key in given.split(",") if key]
    if len(names) > MOST:
        raise Invalid("show", f"最多显示 {MOST} 列，请少选几列。")
    found = []
    for name in dict.fromkeys(names):
        field = registry.definition("customer", name)
        if field is None:
            raise Invalid("show", f"没有“{name[:20]}”这一列，可能已被删除，请重新选择。")
        found.append(field)
    return found


class Kept(NamedTuple):
    """Of a row of the list: whose it is, and its own fields as the database keeps them."""

    id: int
    owner_id: int | None
    kind: str
    custom: Any


def own_alone(fields: Sequence[Definition]) -> bool:
    """Whether nothing but own fields is asked for: the list reads them with its rows."""
    return bool(fields) and all(not one.builtin for one in fields)


def own(
    actor: Person, fields: Sequence[Definition], rows: Sequence[Kept]
) -> dict[int, dict[str, Any]]:
    """Return as `more` does; of own fields alone, which came with the rows."""
    told = [
        {"id": pk, "owner_id": owner, "kind": kind, "custom": _decode(kept)}
        for pk, owner, kind, kept in rows
    ]
    return _told(actor, fields, told)


def more(
    actor: Person, fields: Sequence[Definition], rows: Sequence[Kept]
) -> dict[int, dict[str, Any]]:
    """Return the values of some fields of visible customers by id, as far as `actor` may see them.

    What is empty or hidden is left out. Of customers in the pool protected data is told to those
    only who reach everything.
    """
    if not fields or not rows:
        return {}
    columns = {one.key for one in fields if one.builtin} | {"custom", "owner_id", "kind"}
    found = Customer.objects.filter(pk__in=[row.id for row in rows])
    return _told(actor, fields, list(found.values("id", *sorted(columns))))


def _told(
    actor: Person, fields: Sequence[Definition], rows: Sequence[Mapping[str, Any]]
) -> dict[int, dict[str, Any]]:
    near = _Sight(actor, fields)
    reaches_all = actor.scope("customer").reach == "all"
    afar = near if reaches_all else _Sight(queries.from_afar(actor), fields)
    return {row["id"]: (near if row["owner_id"] is not None else afar).of(row) for row in rows}


def _decode(kept: Any) -> Any:
    return msgspec.json.decode(kept) if isinstance(kept, str | bytes) else kept


class _Sight:
    """What somebody sees of some fields, asked once for all the rows of a page."""

    def __init__(self, actor: Person, fields: Sequence[Definition]) -> None:
        levels = {one.key: level_of(actor, "customer", one.key) for one in fields}
        open_ = [one for one in fields if not one.is_sealed and levels[one.key] >= Level.READ]
        self._own = [one.key for one in open_ if not one.builtin]
        self._columns = [one.key for one in open_ if one.builtin]
        closed = [one for one in fields if one.is_sealed and levels[one.key] > Level.HIDDEN]
        self._sealed_own = [one.key for one in closed if not one.builtin]
        self._sealed_columns = [(one.key, levels[one.key]) for one in closed if one.builtin]

    def of(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return what is seen of a row; what is empty is left out."""
        kept = row["custom"] or {}
        found = {key: kept[key] for key in self._own if kept.get(key) is not None}
        if self._sealed_own:
            found |= custom.masked_at("customer", _TABLE, row["id"], kept, self._sealed_own)
        for key in self._columns:
            if row[key] not in (None, ""):
                found[key] = row[key]
        for key, level in self._sealed_columns:
            if row[key] not in (None, ""):
                found[key] = _of_sealed(row, key, level)
        return found


def _of_sealed(row: Mapping[str, Any], key: str, level: Level) -> str:
    if key != "address" or row["kind"] != "company" or level < Level.READ:
        return sealed.masked(Customer, key, row["id"], row[key])
    # A company's address is public knowledge to who may read it.
    plain = sealed.opened(Customer, key, row["id"], row[key])
    return sealed.UNREADABLE if plain is None else plain
