"""The beats stories are made of, read from data/deals, service and families."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from zhike.site.demo.words import book, parts

_RESPONSES = {"a": "accepted", "d": "doubtful", "r": "refused", "-": ""}
_LINES = {
    "water": frozenset({"drink", "central", "home"}),
    "wet": frozenset({"drink", "central", "pure", "soft", "home"}),
}


@dataclass(frozen=True)
class Saying:
    """One way to write a beat down: whose style, by which way, about which of our goods."""

    styles: str
    way: str
    lines: frozenset[str]
    content: str
    feedback: str
    result: str

    def suits(self, style: str, line: str) -> bool:
        """Whether somebody of this style may write it of this line."""
        return (style in self.styles or "*" in self.styles) and self.fits(line)

    def fits(self, line: str) -> bool:
        """Whether it is true of this line."""
        return not self.lines or line in self.lines


@dataclass(frozen=True)
class Beat:
    """One follow-up of a story.

    `gap`: working days since the one before, from … to. `todos`: title, working days until due,
    whether it is for the administrator.
    """

    name: str
    say: tuple[Saying, ...]
    gap: tuple[int, int] = (2, 5)
    contact: str = "keeper"
    plan: tuple[tuple[str, str], ...] = (("", ""),)
    feedback: tuple[str, ...] = ()
    solution: tuple[str, ...] = ()
    objection: tuple[str, ...] = ()
    result: tuple[str, ...] = ()
    responses: tuple[str, ...] = ("",)
    sets: tuple[tuple[str, str], ...] = ()
    todos: tuple[tuple[str, int, bool], ...] = ()
    final: bool = False
    care: str = ""


def _saying(text: str) -> Saying:
    head, content, feedback, result = [*parts(text), "", ""][:4]
    styles, way, about = [*head.split(), ""][:3]
    lines = _LINES.get(about, frozenset(about.split(",")) if about else frozenset())
    return Saying(styles, way, lines, content, feedback, result)


def _pairs(lines: list[str]) -> tuple[tuple[str, str], ...]:
    return tuple((found[0], found[1] if len(found) > 1 else "") for found in map(parts, lines))


def _beat(name: str, raw: dict[str, Any]) -> Beat:
    todos = [[*parts(line), "", ""] for line in raw.get("todo", []) if line]
    sets = [word.partition("=") for word in raw.get("sets", "").split()]
    return Beat(
        name=name,
        say=tuple(_saying(text) for text in raw["say"]),
        gap=tuple(raw.get("gap", (2, 5))),
        contact={"user": "user", "boss": "boss", "buyer": "buyer"}.get(raw["contact"], "keeper"),
        plan=_pairs(raw.get("plan", ["再联系"])),
        feedback=tuple(raw.get("feedback", ())),
        solution=tuple(raw.get("solution", ())),
        objection=tuple(raw.get("objection", ())),
        result=tuple(raw.get("result", ())),
        responses=tuple(_RESPONSES[letter] for letter in raw.get("response", "-")),
        sets=tuple((key, value) for key, _, value in sets),
        todos=tuple((one[0], int(one[1] or 3), one[2] == "boss") for one in todos),
        final=raw.get("final", False),
        care=raw.get("care", ""),
    )


@cache
def beats() -> dict[str, Beat]:
    """All beats by name."""
    raw = book("deals") | book("service") | book("families")
    return {name: _beat(name, one) for name, one in raw.items() if "say" in one}


@dataclass(frozen=True)
class Chain:
    """Some beats of a customer's year that belong together; `old`: only after a year of service."""

    name: str
    steps: str
    weight: int
    once: bool
    months: tuple[int, ...]
    lines: frozenset[str]
    old: bool


@cache
def chains() -> tuple[Chain, ...]:
    """What may happen with a customer we serve."""
    return tuple(
        Chain(
            name,
            " ".join(raw["steps"]),
            raw["weight"],
            raw.get("once", False),
            tuple(raw.get("months", ())),
            _LINES.get(raw.get("lines", ""), frozenset()),
            raw.get("old", False),
        )
        for name, raw in book("service")["chains"].items()
    )
