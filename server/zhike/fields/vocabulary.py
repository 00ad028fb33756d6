"""Dictionaries: which values there are, what they are called, and which one a word means.

The shipped ones stand in `choices`; what administrators make of them is laid over (`overlay`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from zhike.base.text import name_key

_IN_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Choice:
    """One value: what is stored, what is shown, its colour (an Ant Design tag colour).

    A retired one is offered no more; what people write for it means `replaced_by`, if anything.
    """

    value: str
    label: str
    colour: str = ""
    synonyms: tuple[str, ...] = ()
    retired: bool = False
    replaced_by: str = ""


# The shipped dictionaries, in their order (`choices`).
ALL: dict[str, Dictionary] = {}
# What administrators made of the dictionaries (`registry` puts it here): by name, whole.
_overlaid: dict[str, Dictionary] = {}


def overlay(dictionaries: dict[str, Dictionary]) -> None:
    """Have the dictionaries of these names be as given here, all others as shipped."""
    global _overlaid
    _overlaid = dictionaries


def get(name: str) -> Dictionary:
    """Return the dictionary of that name; an unknown one is empty."""
    return _overlaid.get(name) or ALL.get(name) or Dictionary(name, "", ())


@dataclass(frozen=True)
class Dictionary:
    """An ordered list of choices under the name the API gives it.

    A shipped one answers as administrators changed it; only `choices` is always what was shipped.
    """

    name: str
    label_of_field: str
    entries: tuple[Choice, ...]
    _by_value: dict[str, Choice] = field(init=False, repr=False, compare=False)
    _by_word: dict[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_value", {entry.value: entry for entry in self.entries})
        words: dict[str, str] = {}
        ordered = sorted(self.entries, key=lambda one: one.retired)
        # What a value is called comes before what another is called, too.
        for entry in ordered:
            self._learn(words, entry, (entry.label, bare(entry.label), entry.value))
        for entry in ordered:
            self._learn(words, entry, entry.synonyms)
        object.__setattr__(self, "_by_word", words)

    def _learn(self, words: dict[str, str], entry: Choice, said: Iterable[str]) -> None:
        meant = self.offered_for(entry.value)
        if meant:
            for word in said:
                words.setdefault(name_key(word), meant)

    def offered_for(self, value: str) -> str:
        """The value to be stored where `value` is meant: itself, or what replaced it; "" if none.

        A value that replaced another may be replaced in its turn.
        """
        entry = self._by_value.get(value)
        for _ in self.entries:
            if entry is None or not entry.retired:
                break
            entry = self._by_value.get(entry.replaced_by)
        return entry.value if entry is not None and not entry.retired else ""

    def entry(self, value: str) -> Choice | None:
        """The choice of a value, retired ones too."""
        return self._now._by_value.get(value)

    def meaning(self, word: str) -> str | None:
        """The value a word already stands for, as it is written; None for a new word."""
        return self._now._by_word.get(name_key(word))

    @property
    def _now(self) -> Dictionary:
        return _overlaid.get(self.name, self) if ALL.get(self.name) is self else self

    def __iter__(self) -> Iterator[Choice]:
        return iter([entry for entry in self._now.entries if not entry.retired])

    def __contains__(self, value: object) -> bool:
        return value in self.values

    @property
    def choices(self) -> list[tuple[str, str]]:
        """For a Django field: what was shipped."""
        return [(entry.value, entry.label) for entry in self.entries]

    @property
    def values(self) -> tuple[str, ...]:
        """The values on offer, in order."""
        return tuple(entry.value for entry in self)

    def label(self, value: str | None) -> str:
        """What to show for a stored value; an unknown one is shown as it is, none as nothing."""
        if not value:
            return ""
        entry = self._now._by_value.get(value)
        return entry.label if entry else value

    def match(self, text: str | None) -> str | None:
        """The value a person means by a label or synonym, whatever its spelling; None if unknown.

        A remark in brackets is ignored: A级(高价值) is A级.
        """
        if not text:
            return None
        words = self._now._by_word
        key = name_key(text)
        found = words.get(key)
        return found if found is not None else words.get(_IN_BRACKETS.sub("", key))

    def as_json(self) -> list[dict[str, Any]]:
        """For GET /choices: those on offer, then the retired ones records may still hold."""
        return [
            {"value": entry.value, "label": entry.label}
            | ({"color": entry.colour} if entry.colour else {})
            | ({"retired": True} if entry.retired else {})
            for entry in sorted(self._now.entries, key=lambda one: one.retired)
        ]


def bare(label: str) -> str:
    """Return a label without its remark in brackets."""
    return _IN_BRACKETS.sub("", label)


def ship(name: str, label: str, *entries: tuple[str, str, str, str]) -> Dictionary:
    """Add a shipped dictionary; entries are value, label, colour, synonyms separated by spaces."""
    made = Dictionary(
        name, label, tuple(Choice(v, text, c, tuple(s.split())) for v, text, c, s in entries)
    )
    ALL[name] = made
    return made
