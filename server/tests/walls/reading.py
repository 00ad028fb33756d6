"""Reads the source of the rooms: which function touches which model, and how."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ZHIKE = Path(__file__).parents[2] / "zhike"
REPOSITORY = ZHIKE.parents[1]
MANAGERS = frozenset({"objects", "_default_manager", "_base_manager"})


@dataclass(frozen=True)
class Touch:
    """A place where code reaches for a model's manager, or for a bare cursor (`model` is None)."""

    file: str
    function: str
    takes_actor: bool
    model: str | None
    line: int

    @property
    def place(self) -> str:
        """Where it is, without the line, which changes."""
        return f"{self.file}:{self.function}"


def sources(pattern: str = "**/*.py") -> list[Path]:
    """Return the files of the rooms, without migrations."""
    return [path for path in sorted(ZHIKE.glob(pattern)) if "migrations" not in path.parts]


def touches(path: Path) -> Iterator[Touch]:
    """Return every touch in a file."""
    file = path.relative_to(ZHIKE).as_posix()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    yield from _within(tree, file, "", False)


def _within(node: ast.AST, file: str, function: str, takes_actor: bool) -> Iterator[Touch]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) and not function:
            words = [*child.args.posonlyargs, *child.args.args, *child.args.kwonlyargs]
            yield from _within(child, file, child.name, "actor" in {word.arg for word in words})
            continue
        if isinstance(child, ast.Attribute) and child.attr in MANAGERS:
            model = child.value.id if isinstance(child.value, ast.Name) else ast.unparse(child)
            yield Touch(file, function, takes_actor, model, child.lineno)
        if (
            isinstance(child, ast.Call)
            and isinstance(child.func, ast.Attribute)
            and child.func.attr == "cursor"
        ):
            yield Touch(file, function, takes_actor, None, child.lineno)
        yield from _within(child, file, function, takes_actor)
