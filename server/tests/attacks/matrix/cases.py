"""What an entry of the table is made of: a call with one place to vary, and the rule for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.attacks.matrix.expectations import Actor, Step


@dataclass(frozen=True)
class Any_:
    """The place that is varied: every relation of the kind's axis is put here."""

    kind: str


@dataclass(frozen=True)
class Mine:
    """An id of the caller's own that they may use, so that it is not what decides."""

    kind: str


@dataclass(frozen=True)
class Word:
    """A value the world knows by name, the same for everybody."""

    name: str


@dataclass(frozen=True)
class Case:
    """One way to call an operation; `rule` are the steps that decide, in their order."""

    rule: tuple[Step, ...] = ()
    path: dict[str, Any] = field(default_factory=dict)
    body: Any = None
    query: dict[str, Any] = field(default_factory=dict)
    file: bool = False
    told: str = ""  # the group of the varied customer's values that the answer is there to tell
    gone: bool = False  # may tell of a deleted customer what it tells of a living one
    noted: bool = False  # reads, and that it was read is recorded
    brief: bool = False  # differs from the case before in a field only: fewer relations will do

    @property
    def varied(self) -> tuple[str, str] | None:
        """The place and the kind that are varied, e.g. ("body.customer_id", "customer")."""
        found = [
            (place, value.kind)
            for part in ("path", "body", "query")
            for place, value in leaves(getattr(self, part), part)
            if isinstance(value, Any_)
        ]
        assert len(found) <= 1, found
        return found[0] if found else None

    def verdict(self, actor: Actor, relation: str) -> int | None:
        """The status that refuses; None where the call must succeed."""
        for step in self.rule:
            refused = step(actor, relation)
            if refused is not None:
                return refused
        return None


@dataclass(frozen=True)
class Operation:
    """`who`: the shipped roles for which at least one of the cases succeeds, in so many words."""

    who: frozenset[str]
    cases: tuple[Case, ...]
    open: int = 0  # answers everybody so, signed in or not
    always: frozenset[str] = frozenset()  # those who are let through though they are stopped


def leaves(value: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """The values of nested objects with their places; lists add nothing to a place."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from leaves(one, f"{place}.{name}")
    elif isinstance(value, list):
        for one in value:
            yield from leaves(one, place)
    else:
        yield place, value
