"""R61: whatever is written is told in the trail, and nobody but the trail writes it.

Static: a function that takes `actor` and `now` writes, and every operation of the API but a GET
does; each must lead to `trail.actions.record` or `trail.bulk.record_many`, or stand in an
exception with its reason.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.walls.calls import Place, functions, house, imported, tells
from zhike.site.api import api

TELLERS = {"zhike.trail.actions", "zhike.trail.bulk"}
SILENT: dict[str, str] = {
    "zhike.access.tokens.use": "the day a token was last used; each write made with it is told",
    "zhike.care.actions.writable": "only holds a follow-up for whoever writes it",
    "zhike.care.bulk.add_plans": "part of an import, which is told with its counts",
    "zhike.care.bulk.settle_plans": "part of an import, which is told with its counts",
    "zhike.care.promises.move_by_rule": "part of logging a follow-up, whose event names the task",
    "zhike.care.promises.plan_by_rule": "part of logging a follow-up, whose event names the task",
    "zhike.care.promises.promise": "part of logging a follow-up, whose event names the tasks",
    "zhike.care.tasks.make": "part of what its caller does, whose event names the task",
    "zhike.customers.asking.of_change": "part of asking for a review, which is told",
    "zhike.customers.asking.of_new": "part of asking for reviews, which are told",
    "zhike.customers.checking.check": "checks a form, and stores nothing",
    "zhike.customers.judging.refuse_or_warn": "only judges what is about to be written",
    "zhike.customers.judging.warnings": "only judges what is stored",
    "zhike.trail.notices.reading.read": "one's own mark of having read a notice",
    "zhike.doors.exporting.may_have": "only asks whether a file may be fetched still",
}
SILENT_OPERATIONS: dict[str, str] = {
    "POST /cadence/preview": "tells what other rules would change, and stores nothing",
    "POST /customers/check": "checks a form, and stores nothing",
    "POST /follow-ups/understanding": "reads a sentence into a draft, and stores nothing",
    "POST /regions/reading": "takes a pasted address apart, and stores nothing",
    "POST /rules/preview": "tries a rule out, and stores nothing",
    "POST /merges/plan": "only asks what a merge would do",
    "POST /notices/reading": "one's own mark of having read; it tells nobody anything",
    "DELETE /view-as": "ends a view of one's own session; that it began is told",
}


def _words(node: ast.FunctionDef) -> set[str]:
    given = node.args
    return {word.arg for word in (*given.posonlyargs, *given.args, *given.kwonlyargs)}


def writers() -> list[Place]:
    """Public functions that take who acts and when; in actions.py, who acts is enough."""
    found = []
    for (module, name), node in functions().items():
        words = _words(node)
        acts = {"actor", "now"} <= words or ("actor" in words and module.endswith(".actions"))
        if acts and not name.startswith("_") and module not in TELLERS:
            found.append((module, name))
    return found


def operations() -> Iterator[tuple[str, Place]]:
    """Every operation of the API that may change something, and the function that answers it."""
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                for method in operation.methods:
                    if method in ("GET", "HEAD", "OPTIONS"):
                        continue
                    answer = operation.view_func
                    yield f"{method} {prefix}{path}", (answer.__module__, answer.__name__)


def test_there_is_something_to_look_at() -> None:
    assert len(writers()) > 30
    assert len(list(operations())) > 25
    assert tells(("zhike.customers.actions", "create_customer"))
    assert not tells(("zhike.customers.queries", "one"))


@pytest.mark.parametrize("place", writers(), ids=".".join)
def test_every_action_is_told(place: Place) -> None:
    if ".".join(place) in SILENT:
        assert not tells(place), "remove it from SILENT"
    else:
        assert tells(place)


@pytest.mark.parametrize(("operation", "answer"), list(operations()), ids=str)
def test_every_operation_is_told(operation: str, answer: Place) -> None:
    if operation in SILENT_OPERATIONS:
        assert not tells(answer), "remove it from SILENT_OPERATIONS"
    else:
        assert tells(answer)


@pytest.mark.parametrize("place", SILENT)
def test_exceptions_still_exist(place: str) -> None:
    module, _, name = place.rpartition(".")
    assert (module, name) in functions()


def test_only_the_trail_writes_the_trail() -> None:
    """Elsewhere no event is made, changed or deleted by its model."""
    writing = {"create", "bulk_create", "update", "delete", "save", "insert"}
    wrong = []
    for module, tree in house().items():
        known = imported(module).get("Event") == "zhike.trail.models.Event"
        if not known or module in TELLERS:
            continue
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            called = ast.unparse(node.func)
            of_events = called == "Event" or called.startswith(("Event.", "Table(Event)"))
            if of_events and (called == "Event" or called.rpartition(".")[2] in writing):
                wrong.append(f"{module}:{node.lineno}")
    assert not wrong
