"""Finding customers that may be the same, in the background (R19).

The search walks everybody in pieces, each a step of its job: first those without keys get them,
then equal numbers, equal names and the keys of like names each give pairs, and at last pairs that
are none any more go. How strong a pair is depends on nothing but the two (`_weighed`), so that a
piece done twice changes nothing. Of a value or key that many bear only neighbours are compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import combinations
from typing import Any, NamedTuple, TypeVar

from django.db.models import Q

from zhike.base import company
from zhike.base.jobs import Run
from zhike.customers import likeness
from zhike.customers.models import Contact, Customer, Double, NameKey

LEAST = 60  # weaker ones would only be noise on a list
LIKELY = 0.8  # names less like are no reason to look at a pair
PIECE = 2_000
CROWD = 30  # who shares a value with more is compared with so many neighbours
_NUMBERS = {
    "phone": ("mobile", "landline"),
    "email": ("email",),
    "wechat": ("wechat",),
}
PHASES = ("keys", *_NUMBERS, "name", "like", "rest")
Pair = tuple[int, int]
Found = tuple[Any, Callable[[], None]]  # where the next piece begins, and what is to be written
T = TypeVar("T")


class _Facts(NamedTuple):
    """What of a customer is weighed."""

    name: str
    name_key: str
    kind: str
    identity: bytes | None
    numbers: dict[str, frozenset[bytes]]


def search(run: Run) -> int:
    """Find pairs, piece by piece; returns how many are open at the end."""
    mark: dict[str, Any] = run.checkpoint or {"phase": PHASES[0], "at": None}
    run.checkpoint = mark
    while mark["phase"] is not None:
        # Looked for before the transaction begins, so that nobody waits for it to write.
        following, write = _STEPS[mark["phase"]](run.now, mark["phase"], mark["at"])
        with run.step():
            write()
            mark["at"] = following
            if following is None:
                place = PHASES.index(mark["phase"]) + 1
                mark["phase"] = PHASES[place] if place < len(PHASES) else None
            run.progress(PHASES.index(mark["phase"] or "rest"), len(PHASES))
    return Double.objects.filter(state=Double.State.OPEN).count()


def _lay_missing(now: datetime, phase: str, at: Any) -> Found:
    found = Customer.objects.filter(pk__gt=at or 0, deleted_at=None).order_by("pk")
    rows = list(found.values_list("pk", "name")[:PIECE])
    held = likeness.has_keys(pk for pk, _ in rows)
    missing = [row for row in rows if row[0] not in held]
    # Somebody may have laid some meanwhile: hence not as new ones.
    return rows[-1][0] if len(rows) == PIECE else None, partial(likeness.lay_many, missing)


def _equal_numbers(now: datetime, phase: str, at: Any) -> Found:
    """One piece of the contacts by their blind index, those of one index always together."""
    contacts = Contact.objects.filter(deleted_at=None, customer__deleted_at=None)
    last = bytes.fromhex(at) if at else b""
    upto: bytes | None = None
    columns = [f"{field}_index" for field in _NUMBERS[phase]]
    for column in columns:
        found = contacts.filter(**{f"{column}__gt": last}).order_by(column)
        value = found.values_list(column, flat=True)[PIECE - 1 : PIECE].first()
        if value is not None:
            upto = min(bytes(value), upto) if upto else bytes(value)
    bearers: dict[bytes, set[int]] = defaultdict(set)
    for column in columns:
        within = Q(**{f"{column}__gt": last})
        if upto is not None:
            within &= Q(**{f"{column}__lte": upto})
        for index, pk in contacts.filter(within).values_list(column, "customer_id"):
            bearers[bytes(index)].add(pk)
    pairs = _neighbours(sorted(pks) for pks in bearers.values())
    return upto.hex() if upto is not None else None, _noted(now, pairs)


def _equal_names(now: datetime, phase: str, at: Any) -> Found:
    found = Customer.objects.filter(deleted_at=None, name_key__gt=at or "").order_by("name_key")
    upto = found.values_list("name_key", flat=True)[PIECE - 1 : PIECE].first()
    if upto is not None:
        found = found.filter(name_key__lte=upto)
    bearers: dict[str, list[int]] = defaultdict(list)
    for key, pk in found.values_list("name_key", "pk"):
        bearers[key].append(pk)
    return upto, _noted(now, _neighbours(sorted(pks) for pks in bearers.values()))


def _like_names(now: datetime, phase: str, at: Any) -> Found:
    """One piece of the keys; a key that goes over several pieces is compared piece by piece."""
    key, last = at or ("", 0)
    found = NameKey.objects.filter(Q(key=key, customer__gt=last) | Q(key__gt=key))
    rows = list(found.order_by("key", "customer").values_list("key", "customer")[:PIECE])
    names = _names_of({pk for _, pk in rows})
    blocks: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for one, pk in rows:
        if pk in names:
            blocks[one].append((names[pk], pk))
    pairs: set[Pair] = set()
    for block in blocks.values():
        block.sort(key=lambda entry: (company.core(entry[0]), entry))
        for (one, first), (other, second) in _near(block):
            ordered = (min(first, second), max(first, second))
            if ordered not in pairs and company.likeness(one, other).score >= LIKELY:
                pairs.add(ordered)
    return list(rows[-1]) if len(rows) == PIECE else None, _noted(now, pairs)


def _names_of(customer_ids: Iterable[int]) -> dict[int, str]:
    """Return the names of the companies among them that live."""
    found = Customer.objects.filter(pk__in=list(customer_ids), deleted_at=None, kind="company")
    return dict(found.values_list("pk", "name"))


def _near(block: Sequence[T]) -> Iterator[tuple[T, T]]:
    """Return all pairs of a small block, of a big one those who stand near each other."""
    if len(block) <= CROWD:
        yield from combinations(block, 2)
        return
    for place, one in enumerate(block):
        for other in block[place + 1 : place + 1 + CROWD // 2]:
            yield one, other


def _neighbours(groups: Iterable[Sequence[int]]) -> set[Pair]:
    return {pair for group in groups if len(group) > 1 for pair in _near(group)}


def _drop_obsolete(now: datetime, phase: str, at: Any) -> Found:
    """Weigh the open pairs once more; those that are none any more go."""
    found = Double.objects.filter(state=Double.State.OPEN, pk__gt=at or 0).order_by("pk")
    rows = list(found.values_list("pk", "first_id", "second_id")[:PIECE])
    held = _weighed({(first, second) for _, first, second in rows})
    gone = [pk for pk, first, second in rows if (first, second) not in held]

    def write() -> None:
        Double.objects.filter(pk__in=gone, state=Double.State.OPEN).delete()
        _put_down(now, held)

    return rows[-1][0] if len(rows) == PIECE else None, write


_STEPS: dict[str, Callable[[datetime, str, Any], Found]] = {
    "keys": _lay_missing,
    **dict.fromkeys(_NUMBERS, _equal_numbers),
    "name": _equal_names,
    "like": _like_names,
    "rest": _drop_obsolete,
}


def _noted(now: datetime, pairs: set[Pair]) -> Callable[[], None]:
    """Weigh pairs, and return what writes them down."""
    ordered = sorted(pairs)
    weighed: dict[Pair, tuple[int, list[str]]] = {}
    for at in range(0, len(ordered), PIECE):
        weighed |= _weighed(set(ordered[at : at + PIECE]))
    return lambda: _put_down(now, weighed)


def _put_down(now: datetime, weighed: dict[Pair, tuple[int, list[str]]]) -> None:
    """Keep pairs as they are now. One that was dismissed comes back only if it got stronger."""
    if not weighed:
        return
    there = {pk for pair in weighed for pk in pair}
    alive = Customer.objects.filter(pk__in=there, deleted_at=None)
    there = set(alive.values_list("pk", flat=True))  # gone for good since they were weighed
    firsts = {first for first, _ in weighed}
    held = {(one.first_id, one.second_id): one for one in Double.objects.filter(first__in=firsts)}
    new, changed = [], []
    for (first, second), (strength, reasons) in weighed.items():
        if not {first, second} <= there:
            continue
        one = held.get((first, second))
        if one is None:
            new.append(
                Double(
                    first_id=first,
                    second_id=second,
                    strength=strength,
                    reasons=reasons,
                    found_at=now,
                )
            )
            continue
        dismissed = one.state == Double.State.DISMISSED
        if (dismissed and strength <= one.strength) or (
            (one.strength, one.reasons) == (strength, reasons)
        ):
            continue
        one.strength, one.reasons = strength, reasons
        if dismissed:
            one.state, one.decided_by, one.decided_at = Double.State.OPEN, None, None
            one.found_at = now
        changed.append(one)
    Double.objects.bulk_create(new, batch_size=500)
    columns = ["strength", "reasons", "state", "decided_by", "decided_at", "found_at"]
    Double.objects.bulk_update(changed, columns, batch_size=200)


def _weighed(pairs: set[Pair]) -> dict[Pair, tuple[int, list[str]]]:
    """Return how strong pairs are and why, those too weak for the list left out."""
    facts = _facts({pk for pair in pairs for pk in pair})
    found = {}
    for pair in sorted(pairs):
        one, other = (facts.get(pk) for pk in pair)
        if one is None or other is None:
            continue
        reasons, like = _reasons(one, other)
        companies = one.kind == other.kind == "company"
        differ = bool(one.identity and other.identity and one.identity != other.identity)
        strength = likeness.strength(reasons, like=like, companies=companies, differ=differ)
        if strength >= LEAST:
            found[pair] = (strength, reasons)
    return found


def _reasons(one: _Facts, other: _Facts) -> tuple[list[str], float]:
    found = {kind for kind in _NUMBERS if one.numbers[kind] & other.numbers[kind]}
    like = 0.0
    if one.identity and one.identity == other.identity:
        found.add("identity")
    if one.name_key == other.name_key:
        found.add("name")
    elif one.kind == other.kind == "company":
        like = company.likeness(one.name, other.name).score
        if like >= 0.5:
            found.add("like_name")
    return [reason for reason in likeness.REASONS if reason in found], like


def _facts(customer_ids: set[int]) -> dict[int, _Facts]:
    ids = sorted(customer_ids)
    numbers: dict[int, dict[str, set[bytes]]] = defaultdict(lambda: defaultdict(set))
    columns = [(kind, f"{field}_index") for kind, fields in _NUMBERS.items() for field in fields]
    contacts = Contact.objects.filter(customer_id__in=ids, deleted_at=None)
    for pk, *values in contacts.values_list("customer_id", *(column for _, column in columns)):
        for (kind, _), value in zip(columns, values, strict=True):
            if value is not None:
                numbers[pk][kind].add(bytes(value))
    rows = Customer.objects.filter(pk__in=ids, deleted_at=None)
    return {
        pk: _Facts(
            name,
            key,
            kind,
            bytes(identity) if identity else None,
            {one: frozenset(numbers[pk][one]) for one in _NUMBERS},
        )
        for pk, name, key, kind, identity in rows.values_list(
            "pk", "name", "name_key", "kind", "identity_index"
        )
    }
