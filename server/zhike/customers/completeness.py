"""How complete a customer's file is (R18): weights of the fields that are filled, in percent.

Which fields count and how much stands in the definitions (`fields.registry`): those of the
customer's kind that are not archived, the fields of contacts for the primary contact. A mobile
is as good as a landline. A required field without a weight counts a little all the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from zhike.access.models import Person
from zhike.access.rights import Level
from zhike.customers.models import Contact, Customer
from zhike.fields import registry
from zhike.fields.builtin import Definition
from zhike.fields.groups import level_of

LEAST = 1  # what a required field counts that was given no weight
_NEEDS = {"required": 0, "recommended": 1}
_PHONES = ("mobile", "landline")
NOTHING: tuple[Any, ...] = (None, "", [], {})


class Counted(NamedTuple):
    """One field that counts, and how much."""

    definition: Definition
    weight: int


def weight_of(one: Definition) -> int:
    """Return what a field counts; 0 for one that does not."""
    if one.is_fixed or one.archived:
        return 0
    return one.weight or (LEAST if one.need == "required" else 0)


class _Kind(NamedTuple):
    """What counts for a kind of customer: everything, and apart what is a column of its own."""

    every: tuple[Counted, ...]
    whole: int
    columns: tuple[tuple[str, int], ...]
    others: tuple[Counted, ...]


# Read from the definitions once for as long as they stay as they are.
_held: tuple[registry.Snapshot, dict[str, _Kind]] | None = None


def _kind(kind: str) -> _Kind:
    global _held
    known, held = registry.current(), _held
    if held is None or held[0] is not known:
        _held = held = known, {}
    if kind not in held[1]:
        every = _read(kind, known)
        columns = [one for one in every if _is_column(one.definition)]
        held[1][kind] = _Kind(
            every,
            sum(one.weight for one in every),
            tuple((one.definition.key, one.weight) for one in columns),
            tuple(one for one in every if one not in columns),
        )
    return held[1][kind]


def _is_column(one: Definition) -> bool:
    return one.of == "customer" and one.builtin and one.type != "attachment"


def _read(kind: str, known: registry.Snapshot) -> tuple[Counted, ...]:
    found = [
        Counted(one, weight_of(one))
        for of in ("customer", "contact")
        for one in known.of(of)
        if one.suits(kind) and weight_of(one)
    ]
    # A mobile or a landline, whichever of them counts more, once.
    phones = [one for one in found if one.definition.name in ("contact.mobile", "contact.landline")]
    less = sorted(phones, key=lambda one: -one.weight)[1:]
    return tuple(one for one in found if one not in less)


def counted(kind: str) -> tuple[Counted, ...]:
    """Return the fields that count for a kind of customer, as they are defined now."""
    return _kind(kind).every


def columns(of: str) -> list[str]:
    """Return the columns of a kind of record to look at, `custom` among them where it counts."""
    names: dict[str, None] = {}
    for kind in ("company", "person"):
        for one, _ in counted(kind):
            if one.of != of or one.type == "attachment":
                continue
            if one.of == "contact" and one.key in _PHONES:
                names |= dict.fromkeys(_PHONES)
            else:
                names[one.key if one.builtin else "custom"] = None
    return list(names)


def file_fields() -> set[str]:
    """Return the keys of the customer's own fields that count and are filled by a file."""
    both = (*counted("company"), *counted("person"))
    return {one.key for one, _ in both if one.type == "attachment" and one.of == "customer"}


def filled(
    one: Definition,
    customer: Mapping[str, Any],
    contact: Mapping[str, Any] | None,
    files: Collection[str] = (),
) -> bool:
    """Tell whether a field holds anything; sealed ones are not opened for it."""
    if one.type == "attachment":
        return one.key in files
    held = customer if one.of == "customer" else contact
    if held is None:
        return False
    if one.of == "contact" and one.key in _PHONES:
        return any(bool(held.get(name)) for name in _PHONES)
    value = held.get(one.key) if one.builtin else (held.get("custom") or {}).get(one.key)
    return value not in NOTHING


def percent(
    customer: Mapping[str, Any],
    contact: Mapping[str, Any] | None,
    files: Collection[str] = (),
) -> int:
    """Return how complete a file is, 0 to 100; 100 only where nothing is missing.

    Given are the columns of the customer and of its primary contact by name, and the keys of own
    fields for which there is a file.
    """
    counting, have = _kind(customer["kind"]), 0
    for key, weight in counting.columns:  # most are, and this is asked for everybody
        value = customer.get(key)
        if value or value == 0:
            have += weight
    for one, weight in counting.others:
        if filled(one, customer, contact, files):
            have += weight
    return have * 100 // counting.whole if counting.whole else 100


def missing(
    customer: Customer,
    contacts: Iterable[Contact],
    actor: Person,
    files: Collection[str] | None = None,
) -> list[dict[str, str]]:
    """Return the fields that are still empty, the heaviest first, as far as `actor` may read them.

    What a role sees masked is told too: that a number is missing is no secret to who sees of it.
    """
    first = next((one for one in contacts if one.is_primary and one.deleted_at is None), None)
    of_contact = first.__dict__ if first else None
    if files is None:
        files = files_of(customer)
    found = [
        (one, weight)
        for one, weight in counted(customer.kind)
        if not filled(one, customer.__dict__, of_contact, files)
        and level_of(actor, one.of, one.key) > Level.HIDDEN
    ]
    found.sort(key=lambda pair: (-pair[1], _NEEDS.get(pair[0].need, 2), pair[0].position))
    return [{"of": one.of, "field": one.key, "label": one.label} for one, _ in found]


def files_of(customer: Customer) -> set[str]:
    """Return the own fields of a customer that hold a file; asked only where such fields count."""
    wanted = file_fields()
    if not wanted:
        return set()
    held = customer.attachments.filter(of="customer", field__in=wanted, deleted_at=None)
    return set(held.values_list("field", flat=True))


def share(total: int, customers: int) -> float:
    """Return the mean completeness in percent, one digit after the point, never rounded up."""
    return total * 10 // customers / 10 if customers else 0.0
