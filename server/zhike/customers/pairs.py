"""Values of customers and contacts as pairs of [old, new]: read, set, and told of.

They are kept as JSON holds them, sealed ones in plain text (who keeps them seals them): a value can
be put back only where it is still what the pair says.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import DateField, DateTimeField

from zhike.customers import custom
from zhike.customers.bulk import region_code, sealed_columns
from zhike.customers.entry import SEALED
from zhike.customers.models import Contact, Customer
from zhike.customers.telling import kind_of
from zhike.fields import industry, masking, sealed

DAYS = {
    of: frozenset(
        column.name
        for column in of._meta.concrete_fields
        if isinstance(column, DateField) and not isinstance(column, DateTimeField)
    )
    for of in (Customer, Contact)
}
_FOLLOWS = ("tier_by_hand", "tier_reason")  # written with the tier, undone with it, not told


def held(of: Customer | Contact, name: str) -> Any:
    """Return what a record has in a field, own ones by their key; in plain text."""
    if name in SEALED:
        return sealed.held(of, name) or ""  # what cannot be read is replaced
    if custom.definition(kind_of(of), name) is not None:
        return custom.opened(kind_of(of), of, [name]).get(name)
    return of.owner_id if name == "owner" else getattr(of, name)  # type: ignore[union-attr]


def put(of: Customer | Contact, name: str, value: Any, *, indexed: bool = True) -> None:
    """Set a field of a record with all that goes with it; does not save.

    A number that is not `indexed` never passed as one, and nobody finds it.
    """
    if name in SEALED:
        columns = sealed_columns(type(of), of.pk, name, value or "", indexed=indexed)
        for column, content in columns.items():
            setattr(of, column, content)
    elif custom.definition(kind_of(of), name) is not None:
        custom.put(kind_of(of), of, {name: value})
    elif name == "owner":
        of.owner_id = value  # type: ignore[union-attr]
    elif name == "name" and isinstance(of, Customer):
        of.rename(value)
    else:
        setattr(of, name, value)
        if name == "industry":
            of.industry_code = industry.find(value) or ""  # type: ignore[union-attr]
        elif name == "region":
            of.region_code = region_code(value) if value else ""  # type: ignore[union-attr]


def as_json(value: Any) -> Any:
    """Return a value as JSON holds it."""
    return value.isoformat() if isinstance(value, date) else value


def from_json(of: type[Customer] | type[Contact], name: str, value: Any) -> Any:
    """Return a value as the column of a field holds it."""
    return date.fromisoformat(value) if name in DAYS[of] and value else value


def told(of: type[Customer] | type[Contact], pairs: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Return the pairs as the trail keeps them: sealed values masked, people by name."""
    found: dict[str, list[Any]] = {}
    people: list[str] = []
    for name, (old, new) in pairs.items():
        if name in _FOLLOWS:
            continue
        field = custom.definition("customer" if of is Customer else "contact", name)
        found[name] = ["" if one is None and field else one for one in (old, new)]
        if name in SEALED:
            kind = sealed.sealed_field(of, name).kind
            found[name] = masking.pair(*(masking.mask(kind, one or "") for one in (old, new)))
        elif field is not None and field.is_sealed:
            found[name] = masking.pair(*(custom.masked(field, one or "") for one in (old, new)))
        elif name == "owner" or (field is not None and field.type == "person"):
            people.append(name)
    called = custom.names_of(pk for name in people for pk in found[name])
    for name in people:
        found[name] = [called.get(pk, "") for pk in found[name]]
    return found
