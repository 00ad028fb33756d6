"""Ids no database has a number for are nobody's record: not found, in every operation of care."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from tests.people import Api, assert_problem
from zhike.site.api import api

FAR = (2**63, 10**30, 2**63 - 1, 0, -1)
TALK = {"way": "phone", "content": "谈了", "next": {"on": "2026-11-20"}}
# What has to be said besides the address, or the form is refused before anybody looks.
BODIES: dict[str, Any] = {
    "POST /customers/{customer_id}/follow-ups": TALK,
    "POST /customers/{customer_id}/care-entries": {"way": "gift"},
    "POST /customers/{customer_id}/pool": {"reason": "没空"},
    "PATCH /follow-ups/{follow_up_id}": {"version": 1},
    "PATCH /tasks/{task_id}": {"version": 1},
    "POST /tasks/{task_id}/snooze": {"until": "tomorrow"},
    "PATCH /cadence/rules/{rule_id}": {"version": 1},
    "PATCH /templates/{template_id}": {"version": 1},
    "PATCH /phrases/{phrase_id}": {"version": 1},
    "PATCH /checklists/{checklist_id}": {"version": 1},
    "PATCH /playbooks/{playbook_id}": {"version": 1},
    "POST /playbooks/{playbook_id}/runs": {"customer_ids": ["{customer_id}"]},
    "POST /playbook-runs/{run_id}/stop": {"why": "先不谈"},
}


class Place(NamedTuple):
    """An operation, and the one of its ids that is varied."""

    method: str
    path: str
    name: str

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.name}"


def places() -> Iterator[Place]:
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                answer = operation.view_func
                if not answer.__module__.startswith("zhike.care."):
                    continue
                for name in inspect.signature(answer).parameters:
                    if f"{{{name}}}" in path and name.endswith("_id"):
                        for method in operation.methods:
                            yield Place(method, f"{prefix}{path}", name)


PLACES = sorted(places())


def test_the_operations_are_there() -> None:
    assert len(PLACES) >= 40
    assert {f"{one.method} {one.path}" for one in PLACES} >= set(BODIES)


@pytest.fixture
def known(boss: Api) -> dict[str, int]:
    """One of each that stands beside another in an address."""
    file = boss.customer()
    return {
        "customer_id": file["id"],
        "checklist_id": boss.get("/checklists")["items"][0]["id"],
    }


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_a_number_beyond_all_is_not_found(boss: Api, known: dict[str, int], place: Place) -> None:
    for far in FAR:
        path = place.path.replace(f"{{{place.name}}}", str(far)).replace("{key}", "a")
        for name, number in known.items():
            path = path.replace(f"{{{name}}}", str(number))
        assert "{" not in path, path
        body = BODIES.get(f"{place.method} {place.path}", None if place.method == "GET" else {})
        if "customer_ids" in (body or {}):
            body = {"customer_ids": [known["customer_id"]]}
        response = boss.call(place.method, path, body)
        assert response.status_code == 404, f"{place} {far}: {response.content.decode()[:200]}"
        assert_problem(response)
