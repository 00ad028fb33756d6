"""Reads the source of the rooms: which function calls which, as far as names tell."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache

from tests.walls.reading import ZHIKE, sources

Place = tuple[str, str]  # module, function
TELLING: frozenset[Place] = frozenset(
    {("zhike.trail.actions", "record"), ("zhike.trail.bulk", "record_many")}
)


def module_of(path: object) -> str:
    """The dotted name of a file."""
    parts = path.relative_to(ZHIKE.parent).with_suffix("").parts  # type: ignore[attr-defined]
    return ".".join(parts).removesuffix(".__init__")


@cache
def house() -> dict[str, ast.Module]:
    """Every module of the product, parsed."""
    return {module_of(path): ast.parse(path.read_text(encoding="utf-8")) for path in sources()}


@cache
def functions() -> dict[Place, ast.FunctionDef]:
    """Every function at the top of a module."""
    return {
        (module, node.name): node
        for module, tree in house().items()
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
    }


@cache
def imported(module: str) -> dict[str, str]:
    """What the names a module imports stand for: a module, or a module's function."""
    found = {}
    for node in ast.walk(house()[module]):
        if isinstance(node, ast.ImportFrom) and node.module:
            for name in node.names:
                found[name.asname or name.name] = f"{node.module}.{name.name}"
        elif isinstance(node, ast.Import):
            for name in node.names:
                found[name.asname or name.name.partition(".")[0]] = name.name
    return found


def _called(place: Place) -> Iterator[Place]:
    """The functions a function names; naming one is taken for calling it."""
    module = place[0]
    names = imported(module)
    for node in ast.walk(functions()[place]):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield names.get(node.value.id, ""), node.attr
        elif isinstance(node, ast.Name):
            if node.id in names:
                home, _, name = names[node.id].rpartition(".")
                yield home, name
            else:
                yield module, node.id


@cache
def tells(place: Place) -> bool:
    """Whether a function records an event, itself or by one it calls."""
    waiting, seen = [place], {place}
    while waiting:
        one = waiting.pop()
        if one in TELLING:
            return True
        if one not in functions():
            continue
        for called in _called(one):
            if called not in seen:
                seen.add(called)
                waiting.append(called)
    return False
