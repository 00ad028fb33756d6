"""Every operation × everybody × everything: the authorization matrix of issue 3.

The operations are those of the OpenAPI description; what each asks for stands in the table by
hand. An operation that is not in the table fails here, and so does a place for an id that no case
varies.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pytest

from tests.attacks.matrix.asking import Secrets, Trial, taken_back, touched
from tests.attacks.matrix.expectations import ROLES
from tests.attacks.matrix.house import TABLE
from tests.attacks.matrix.world import World
from tests.people import digest_of_tables
from zhike.customers.models import Tag
from zhike.site.api import description

pytestmark = pytest.mark.django_db
# Whole numbers that are no ids, and objects whose keys are no ids.
NO_IDS = frozenset(
    {"version", "limit", "cost", "score", "days", "contract_amount", "deal_amount", "amount"}
    | {"reveals_per_day", "mapping", "scopes", "fields"}
    | {"weight", "default", "min", "max", "longest", "value", "position"}
    | {"completeness_goal", "dormant_days", "attachment_mb", "most", "full", "core", "growth"}
    | {"value"}
    | {"remind_before", "repeat_every", "year"}
    | {"port"}
    | {"new_days", "notice_days", "capacity", "claims_per_day", "rest_days", "after"}
    | {"late_hours", "unplanned_days", "long_record", "every", "first_within"}
)
NAMES_A_RECORD = frozenset({"owner", "filters"})  # as text or by whatever is within


@lru_cache(1)
def _described() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(description())
    return found


def _operations() -> dict[str, Any]:
    return {
        f"{method.upper()} {path.removeprefix('/api/v1')}": operation
        for path, methods in _described()["paths"].items()
        for method, operation in methods.items()
    }


def test_every_operation_stands_in_the_table_and_no_other() -> None:
    assert set(_operations()) == set(TABLE)


def _takes_numbers(schema: dict[str, Any]) -> bool:
    return schema.get("type") == "integer" or any(
        _takes_numbers(one)
        for one in (*schema.get("anyOf", ()), *([schema["items"]] if "items" in schema else ()))
    )


def _within(schema: dict[str, Any], known: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The objects a value may be."""
    if "$ref" in schema:
        yield from _within(known[schema["$ref"].rpartition("/")[2]], known)
    elif "properties" in schema:
        yield schema
    for one in (*schema.get("anyOf", ()), *([schema["items"]] if "items" in schema else ())):
        yield from _within(one, known)


def _in_body(schema: dict[str, Any], known: dict[str, Any], place: str) -> Iterator[str]:
    for one in _within(schema, known):
        for name, inner in one["properties"].items():
            if name in NO_IDS:
                continue
            if _takes_numbers(inner) or name in NAMES_A_RECORD:
                yield f"{place}.{name}"
            yield from _in_body(inner, known, f"{place}.{name}")


def _places(operation: dict[str, Any]) -> set[str]:
    """Where an operation takes an id: in the path, the query and everywhere in the body."""
    known = _described()["components"]["schemas"]
    found = {
        f"{one['in']}.{one['name']}"
        for one in operation.get("parameters", ())
        if one["name"] not in NO_IDS
        and (one["in"] == "path" or one["name"] in NAMES_A_RECORD or _takes_numbers(one["schema"]))
    }
    for content in operation.get("requestBody", {}).get("content", {}).values():
        found |= set(_in_body(content["schema"], known, "body"))
    return found


@pytest.mark.parametrize("name", sorted(TABLE))
def test_every_place_for_an_id_is_varied(name: str) -> None:
    of = TABLE[name]
    varied = {case.varied[0] for case in of.cases if case.varied}
    varied |= {place.rpartition(".")[0] for place in varied if ".filters." in place}
    missing = _places(_operations().get(name, {})) - varied
    assert not missing or of.open


def test_the_roles_are_those_that_are_shipped(world: World) -> None:
    assert {seen for seen in world.actors if seen in ROLES} == set(ROLES)
    for name in ROLES:
        assert world.actors[name].person.role.key == name


def test_a_write_does_not_go_unnoticed(world: World) -> None:
    """What the matrix relies on: both marks move with a single row."""
    for write in (
        lambda: Tag.objects.create(name="x"),
        lambda: Tag.objects.filter(pk=world.tag.pk).update(color="red"),
        lambda: Tag.objects.filter(pk=world.tag.pk).delete(),
    ):
        with taken_back():
            before = touched()
            write()
            assert touched() != before
            assert digest_of_tables() != world.digest
    assert digest_of_tables() == world.digest


@pytest.mark.parametrize("name", sorted(TABLE))
def test_who_may(world: World, secrets: Secrets, name: str) -> None:
    trial = Trial(world, secrets, name, TABLE[name])
    trial.run()
    assert not trial.wrong, f"{len(trial.wrong)} cells:\n" + "\n".join(trial.wrong[:60])
    assert trial.calls >= len(world.actors)
    assert trial.succeeded & set(ROLES) == TABLE[name].who
