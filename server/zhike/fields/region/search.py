"""Finding a division while typing: by name, by label, by pinyin and by initials."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from zhike.base.text import letters_only
from zhike.fields.region.address import find
from zhike.fields.region.divisions import Division, get, inside, label, tree
from zhike.fields.region.forms import stem


class _Entry(NamedTuple):
    division: Division
    stem: str
    label: str
    pinyin: str
    initials: str


@cache
def _entries() -> tuple[_Entry, ...]:
    level = {"province": 0, "city": 1, "district": 2}
    ordered = sorted(tree().all.values(), key=lambda one: level[one.level])
    return tuple(
        _Entry(
            one,
            stem(one),
            label(one.code),
            one.reading.replace(" ", ""),
            "".join(syllable[0] for syllable in one.reading.split()),
        )
        for one in ordered
    )


def search(text: str, *, within: str = "", limit: int = 20) -> list[Division]:
    """The divisions meant by what was typed so far, the likeliest first; [] for nothing typed.

    南山, 深圳南山, nanshan, ns, szns. `within` keeps to the divisions below a code.
    """
    typed = letters_only(text)
    if not typed:
        return []
    ranked = [
        (rank, at, entry.division)
        for at, entry in enumerate(_entries())
        if (rank := _rank(entry, typed)) is not None
        and (not within or inside(entry.division.code, within))
    ]
    ranked.sort(key=lambda one: one[:2])
    found = [division for _, _, division in ranked]
    if not found and not typed.isascii():
        code = find(text)
        meant = get(code) if code else None
        if meant is not None and (not within or inside(meant.code, within)):
            found = [meant]
    return found[:limit]


def _rank(entry: _Entry, typed: str) -> int | None:
    if typed.isascii():
        if typed.isdigit():
            return 0 if entry.division.code.startswith(typed) else None
        return _rank_latin(entry, typed)
    if typed in (entry.stem, entry.division.name):
        return 0
    if entry.division.name.startswith(typed):
        return 1
    if typed in entry.division.name:
        return 2
    return 3 if typed in entry.label else None


def _rank_latin(entry: _Entry, typed: str) -> int | None:
    short = len(entry.stem)
    if typed in (entry.initials[:short], entry.initials):
        return 0
    if entry.pinyin.startswith(typed):
        return 0 if typed == "".join(entry.division.reading.split()[:short]) else 1
    return 2 if entry.initials.startswith(typed) else None
