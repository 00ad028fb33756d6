"""The word lists under data/ and the small language their sentences are written in.

`[甲|乙]` stands for either, `{fact}` for something true of this customer. A fact that is a list
gives one of its items. `{k}` is how the sales person calls the contact, `{k_short}` the same or a
pronoun, where it is clear who is meant.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

Facts = Mapping[str, str | Sequence[str]]

_EITHER = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")
_OUTSIDE = re.compile(r"\|(?![^\[]*\])")  # a bar that is not within brackets
_OTHERS = frozenset({"boss", "user", "buyer", "kin", "engineer", "fitter", "friend", "before"})
_DOUBLE = re.compile(r"([，。；、])[，。；、]+")


@cache
def book(name: str) -> dict[str, Any]:
    """One word list, e.g. `world`."""
    text = (files(__package__) / "data" / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def listed(text: str) -> list[str]:
    """The words of a list written in running lines."""
    return text.split()


def parts(line: str) -> list[str]:
    """The parts of a line between bars."""
    return _OUTSIDE.split(line)


def pick(rng: Random, of: str | Sequence[str]) -> str:
    """One of several, or the only one."""
    return of if isinstance(of, str) else rng.choice(of)


def say(template: str, facts: Facts, rng: Random) -> str:
    """The sentence a template makes with these facts. Raises KeyError for an unknown fact."""
    chosen = _EITHER.sub(lambda found: rng.choice(found[1].split("|")), template)
    known = False  # whether the reader knows whom a pronoun would mean

    def fill(found: re.Match[str]) -> str:
        nonlocal known
        name = found[1]
        if name == "k_short":
            clear, known = known, True
            return pick(rng, facts["pronoun" if clear and rng.random() < 0.75 else "k"])
        if name in _OTHERS:
            known = False
        known = known or name == "k"
        return say(pick(rng, facts[name]), facts, rng)

    return _DOUBLE.sub(r"\1", _SLOT.sub(fill, chosen))


def sometimes(rng: Random, steps: str) -> list[str]:
    """The steps of `first need survey:0.7 …` that are taken; the number is the chance."""
    taken = []
    for step in steps.split():
        name, _, chance = step.partition(":")
        if not chance or rng.random() < float(chance):
            taken.append(name)
    return taken
