"""Who is told: rooms above register how people are found and when they rest.

The trail knows of people only that they have numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import time
from typing import NamedTuple


class Receiver(NamedTuple):
    """Somebody who works here; `branch` is the path of their department, "" without one."""

    id: int
    name: str
    email: str
    branch: str


Find = Callable[[Collection[int]], dict[int, Receiver]]
Holders = Callable[[str], list[int]]
Rest = Callable[[], tuple[time, time]]
_find: list[Find] = []
_holders: list[Holders] = []
_rest: list[Rest] = []


def finds(function: Find) -> Find:
    """Register who works here, by id; who left is not among them."""
    _find.append(function)
    return function


def holders(function: Holders) -> Holders:
    """Register who may do something, by the name of the action."""
    _holders.append(function)
    return function


def rests(function: Rest) -> Rest:
    """Register from when to when nobody is to be disturbed, by the clock in Shanghai."""
    _rest.append(function)
    return function


def among(ids: Collection[int]) -> dict[int, Receiver]:
    """Return those of the people who work here, by id."""
    found: dict[int, Receiver] = {}
    for find in _find:
        found |= find(ids)
    return found


def who_may(action: str) -> list[int]:
    """Return the ids of those who may do something."""
    return [one for find in _holders for one in find(action)]


def quiet_hours() -> tuple[time, time]:
    """Return when nobody is to be disturbed; from and to are the same where that is never."""
    return _rest[-1]() if _rest else (time.min, time.min)
