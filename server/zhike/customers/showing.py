"""Further columns of the customer list: any field, as far as the reader may see it.

One statement for a whole page, however many rows it has. Values are in their form on the wire.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from django.db import connection

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


def more(
    actor: Person, fields: Sequence[Definition], customer_ids: Sequence[int]
) -> dict[int, dict[str, Any]]:
    """Return the values of some fields of visible customers by id, as far as `actor` may see them.

    What is empty or hidden is left out. Of customers in the pool protected data is told to those
    only who reach everything.
    """
    seen = [one for one in fields if level_of(actor, "customer", one.key) > Level.HIDDEN]
    columns = {one.key for one in seen if one.builtin} | {"custom", "owner_id", "kind"}
    if not seen or not customer_ids:
        return {}
    near = actor.scope("customer").reach == "all"
    afar = actor if near else queries.from_afar(actor)
    if all(not one.builtin for one in seen):
        rows = _own(customer_ids)
    else:
        found = Customer.objects.filter(pk__in=customer_ids)
        rows = list(found.values("id", *sorted(columns)))
    return {
        row["id"]: _shown(actor if row["owner_id"] is not None else afar, seen, row) for row in rows
    }


_OWN = f"SELECT id, owner_id, kind, custom FROM {_TABLE} WHERE id IN ({{marks}})"


def _own(customer_ids: Sequence[int]) -> list[dict[str, Any]]:
    """The columns own fields need, by a plain statement: a page of the list waits for it."""
    with connection.cursor() as cursor:
        cursor.execute(_OWN.format(marks=", ".join(["%s"] * len(customer_ids))), customer_ids)
        return [
            {"id": pk, "owner_id": owner, "kind": kind, "custom": _decode(kept)}
            for pk, owner, kind, kept in cursor.fetchall()
        ]


def _decode(kept: Any) -> Any:
    return msgspec.json.decode(kept) if isinstance(kept, str | bytes) else kept


def _shown(actor: Person, fields: Sequence[Definition], row: Mapping[str, Any]) -> dict[str, Any]:
    own = [one.key for one in fields if not one.builtin]
    kept = custom.masked_at("customer", _TABLE, row["id"], row["custom"] or {}, own)
    found = custom.readable(actor, "customer", kept)
    for one in fields:
        value = row.get(one.key)
        if not one.builtin or value in (None, ""):
            continue
        level = level_of(actor, "customer", one.key)
        if one.key == "address" and row["kind"] == "company" and level >= Level.READ:
            # A company's address is public knowledge to who may read it.
            plain = sealed.opened(Customer, one.key, row["id"], value)
            found[one.key] = sealed.UNREADABLE if plain is None else plain
        elif one.is_sealed and level > Level.HIDDEN:
            found[one.key] = sealed.masked(Customer, one.key, row["id"], value)
        elif not one.is_sealed and level >= Level.READ:
            found[one.key] = value
    return found
