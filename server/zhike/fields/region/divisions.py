"""The official divisions of China down to 县级, as a tree read once from a committed table.

Codes are the six digits of GB/T 2260. 东莞, 中山, 儋州 and 嘉峪关 have no level below the city;
仙桃, 济源 and 石河子 hang off the province directly, as do the districts of 北京, 天津, 上海, 重庆.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

EDITION = "2026-09-11"  # the day the ministry's list was read
SOURCE = "民政部 中国·国家地名信息库；整理 real-china-division (CC BY 4.0)"

Level = Literal["province", "city", "district"]


class Division(NamedTuple):
    """One division: code, official name, level, code of its parent ("" for a province)."""

    code: str
    name: str
    level: Level
    parent: str
    reading: str  # syllables without tones, as the name is said: "pan yu qu"


class _Tree(NamedTuple):
    all: dict[str, Division]
    children: dict[str, tuple[Division, ...]]


@cache
def tree() -> _Tree:
    """Every division by code, in official order, and the children of each ("" holds provinces)."""
    found: dict[str, Division] = {}
    for code, name, reading in rows("divisions-2026-09.tsv"):
        if code.endswith("0000"):
            found[code] = Division(code, name, "province", "", reading)
        elif code.endswith("00"):
            found[code] = Division(code, name, "city", code[:2] + "0000", reading)
        else:
            city = code[:4] + "00"
            parent = city if city in found else code[:2] + "0000"
            found[code] = Division(code, name, "district", parent, reading)
    below: dict[str, list[Division]] = {"": []}
    for one in found.values():
        below.setdefault(one.parent, []).append(one)
    return _Tree(found, {code: tuple(inside) for code, inside in below.items()})


def rows(file: str) -> list[list[str]]:
    """The columns of a table beside this module; lines with # are its source and licence."""
    text = (files(__package__) / "data" / file).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]


def get(code: str) -> Division | None:
    """The division of a code (six digits, or twelve as in statistics); None if there is none."""
    plain = code[:6] if len(code) == 12 and code.endswith("000000") else code
    return tree().all.get(plain)


def children(code: str = "") -> tuple[Division, ...]:
    """The divisions directly below one, in official order; the provinces for ""."""
    return tree().children.get(code, ())


def path(code: str) -> tuple[Division, ...]:
    """From the province down to this division; empty for an unknown code."""
    found: list[Division] = []
    one = get(code)
    while one is not None:
        found.insert(0, one)
        one = get(one.parent) if one.parent else None
    return tuple(found)


def label(code: str) -> str:
    """广东省深圳市南山区 for 440305; an unknown code stays as it is."""
    return "".join(one.name for one in path(code)) or code


def inside(code: str, outer: str) -> bool:
    """Whether a division lies below another."""
    if outer.endswith("0000"):
        return code[:2] == outer[:2] and code != outer
    return outer.endswith("00") and code[:4] == outer[:4] and code != outer
