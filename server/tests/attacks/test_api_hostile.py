"""Every operation of the API description, fed what nobody should send: an answer, never a 500."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.people import (
    Api,
    assert_problem,
    boss,
    digest,
    digest_of_tables,
    frozen,
    lin,
    mei,
    organisation,
)
from zhike.base import clock
from zhike.customers.models import Review
from zhike.site.api import description

__all__ = ["boss", "digest", "frozen", "lin", "mei", "organisation"]

HOSTILE: list[Any] = [
    None,
    True,
    0,
    -1,
    2**63,
    10**30,
    1.5,
    "",
    "\x00",
    "a\x00b",
    "\ud800",
    "'; DROP TABLE zhike_customer; --",
    "9" * 5000,
    "0001-01-01",
    "9999-12-31",
    "9999-12-31T23:59:59-12:00",
    "24:00",
    [],
    [None],
    [10**30],
    [[]],
    {},
    {"id": 1},
]
QUERIES = ["", "\x00", "-1", "0", "9" * 30, "a", "9999-12-31", "0001-01-01", "null", "%_\\'\""]
RAW: list[tuple[str, bytes]] = [
    ("nothing", b""),
    ("not JSON", b"{"),
    ("null", b"null"),
    ("a list", b"[]"),
    ("a word", b'"title"'),
    ("a number", b"5"),
    ("not UTF-8", '{"name": "华为"}'.encode("gbk")),
    ("UTF-16", '{"name": "华为"}'.encode("utf-16")),
    ("a deep nest", b'{"name": ' + b"[" * 100_000),
    ("a closed deep nest", b'{"name": ' + b"[" * 20_000 + b"]" * 20_000 + b"}"),
    ("not a number", b'{"name": NaN, "version": Infinity, "score": -Infinity}'),
    ("a huge number", b'{"version": ' + b"9" * 10_000 + b"}"),
    ("a huge exponent", b'{"version": 1e999999}'),
    ("a form", b"name=x&version=1"),
]
MINIMAL: dict[str, dict[str, Any]] = {
    "PATCH /customers/{customer_id}": {},
    "PATCH /contacts/{contact_id}": {},
    "PATCH /follow-ups/{follow_up_id}": {},
    "PATCH /tasks/{task_id}": {},
    "PATCH /people/{person_id}": {},
    "POST /customers": {"name": "华为", "kind": "company"},
    "POST /customers/{customer_id}/contacts": {"name": "张三"},
    "POST /customers/{customer_id}/follow-ups": {"way": "phone", "content": "谈了"},
    "POST /customers/{customer_id}/care-entries": {"way": "gift"},
    "POST /customers/{customer_id}/feedback": {"score": 5},
    "POST /customers/{customer_id}/reveals": {"field": "identity"},
    "POST /contacts/{contact_id}/reveals": {"field": "mobile"},
    "POST /tasks": {"title": "发报价", "due_on": "2026-11-20"},
    "POST /tags": {"name": "新标签"},
    "PATCH /tags/{tag_id}": {"name": "改标签"},
    "POST /reviews/{review_id}/approval": {},
    "POST /reviews/{review_id}/rejection": {"note": "再看看"},
    "POST /people": {"name": "陈可", "username": "chenke", "password": "guilin-shanshui-7"},
    "POST /departments": {"name": "华南"},
    "PATCH /departments/{department_id}": {"name": "华北"},
    "POST /customers/{customer_id}/purchases": {"bought_on": "2026-11-01", "product": "设备"},
    "PATCH /purchases/{purchase_id}": {},
    "POST /customers/{customer_id}/problems": {"description": "付款慢"},
    "PATCH /problems/{problem_id}": {},
    "PUT /contacts/{contact_id}/individual": {"contact_id": None},
    "PUT /customers/{customer_id}/tier": {"tier": "core", "reason": "集团重点"},
    "POST /customers/{customer_id}/pause": {"reason": "budget", "look_again_on": "2026-12-01"},
    "POST /customers/{customer_id}/archive": {"reason": "won"},
    "POST /customers/check": {"name": "华为", "kind": "company"},
    "POST /merges/plan": {"survivor_id": "{other_id}", "absorbed_ids": ["{third_id}"]},
    "POST /merges": {"survivor_id": "{other_id}", "absorbed_ids": ["{third_id}"]},
    "POST /fields": {"of": "customer", "label": "门店数", "type": "number"},
    "PATCH /fields/{of}/{key}": {"version": 0},
    "PUT /fields/order": {"of": "customer", "items": []},
    "POST /dictionaries/{name}/entries": {"label": "老板介绍"},
    "PATCH /dictionaries/{name}/entries/{value}": {"label": "老客户带来"},
    "PUT /dictionaries/{name}/order": {"values": []},
    "POST /dictionaries/{name}/entries/{value}/retirement": {"replace_by": "visit"},
    "POST /industries/finer": {"lines": "C3511 矿山机械制造"},
    "POST /rules": {
        "name": "金额",
        "field": "grade",
        "message": "请核对",
        "must": [{"field": "grade", "op": "filled"}],
    },
    "PATCH /rules/{rule_id}": {},
    "POST /rules/preview": {"must": [{"field": "grade", "op": "eq", "value": "A"}]},
    "PATCH /file-rules": {},
    "POST /templates": {"scene": "展会接待", "body": "来自＿＿"},
    "PATCH /templates/{template_id}": {},
    "POST /phrases": {"title": "开场", "body": "您好", "stage": "contact"},
    "PATCH /phrases/{phrase_id}": {},
    "POST /phrases/{phrase_id}/use": {},
    "POST /checklists": {"stage": "needs", "title": "三步走", "items": [{"text": "问"}]},
    "PATCH /checklists/{checklist_id}": {},
}

# A rule that is still being written comes with whatever the form has of it.
FORGIVING = {"POST /rules/preview"}


class Operation:
    """One operation with a JSON body."""

    def __init__(self, method: str, path: str, schema: dict[str, Any]) -> None:
        self.method = method.upper()
        self.path = path.removeprefix("/api/v1")
        self.fields = list(schema.get("properties", {}))
        self.minimal = MINIMAL.get(f"{self.method} {self.path}", {})
        if "version" in self.fields:
            self.minimal = {"version": 1} | self.minimal

    def __repr__(self) -> str:
        return f"{self.method} {self.path}"

    def body(self, world: dict[str, Any]) -> dict[str, Any]:
        """The minimal body with the ids of this world."""
        text = json.dumps(self.minimal)
        for name, number in world.items():
            text = text.replace(f'"{{{name}}}"', str(number))
        filled: dict[str, Any] = json.loads(text)
        return filled


def described() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(description())
    return found


def operations() -> Iterator[Operation]:
    whole = described()
    for path, methods in whole["paths"].items():
        for method, operation in methods.items():
            content = operation.get("requestBody", {}).get("content", {})
            schema = content.get("application/json", {}).get("schema")
            if schema and not path.endswith("/setup"):
                name = schema.get("$ref", "").rpartition("/")[2]
                yield Operation(method, path, whole["components"]["schemas"].get(name, schema))


OPERATIONS = list(operations())


@pytest.fixture
def world(boss: Api, settings: Any) -> dict[str, Any]:
    """One of everything, all with the administrator, who gets furthest."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick
    boss.client.raise_request_exception = False
    file = boss.customer(contact_name="李女士", mobile="13812345678", identity="914403001922038216")
    body = {"way": "phone", "content": "谈了", "next": {"on": "2026-11-20"}}
    bought = {"bought_on": "2026-11-01", "product": "设备"}
    of_grade = [{"field": "grade", "op": "filled"}]
    rule = {"name": "等级", "field": "grade", "message": "请核对", "must": of_grade}
    return {
        "customer_id": file["id"],
        "other_id": boss.customer("乙公司")["id"],
        "third_id": boss.customer("丙公司")["id"],
        "purchase_id": boss.post(f"/customers/{file['id']}/purchases", bought)["id"],
        "problem_id": boss.post(f"/customers/{file['id']}/problems", {"description": "慢"})["id"],
        "rule_id": boss.post("/rules", rule)["id"],
        "template_id": boss.get("/templates")["items"][0]["id"],
        "phrase_id": boss.get("/phrases")["items"][0]["id"],
        "checklist_id": boss.get("/checklists")["items"][0]["id"],
        "of": "customer",
        "key": "grade",
        "name": "source",
        "value": "referral",
        "contact_id": file["contacts"][0]["id"],
        "follow_up_id": boss.post(f"/customers/{file['id']}/follow-ups", body)["id"],
        "task_id": boss.get("/tasks")["items"][0]["id"],
        "tag_id": boss.post("/tags", {"name": "高意向"})["id"],
        "department_id": boss.post("/departments", {"name": "华东"})["id"],
        "person_id": boss.id,
        "review_id": Review.objects.create(
            kind="change",
            customer_id=file["id"],
            changes={"grade": ["", "A"]},
            asked_by=boss.person,
            asked_at=clock.now(),
        ).pk,
    }


def address(path: str, world: dict[str, Any]) -> str:
    for name, number in world.items():
        path = path.replace("{" + name + "}", str(number))
    while "{" in path:  # rooms that bring ids of their own
        before, _, rest = path.partition("{")
        path = f"{before}1{rest.partition('}')[2]}"
    return path


def assert_answered(api: Api, operation: Operation, path: str, body: Any) -> int:
    """The call ends in an answer of ours; whatever it did is taken back."""
    with transaction.atomic():
        response = api.call(operation.method, path, body)
        told = f"{operation} {str(body)[:300]} → {response.status_code}"
        assert response.status_code < 500, told
        if response.status_code >= 400:
            assert_problem(response)
        transaction.set_rollback(True)
    return response.status_code


def test_there_is_something_to_attack() -> None:
    assert len(OPERATIONS) >= 18
    assert {str(operation) for operation in OPERATIONS} >= set(MINIMAL)


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_the_minimal_body_is_taken(boss: Api, world: dict[str, Any], operation: Operation) -> None:
    """Otherwise the attacks below would stop at the first missing field."""
    if str(operation) in MINIMAL:
        path = address(operation.path, world)
        assert assert_answered(boss, operation, path, operation.body(world)) < 300


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_every_field_with_every_hostile_value(
    boss: Api, world: dict[str, Any], operation: Operation
) -> None:
    path = address(operation.path, world)
    for field in operation.fields:
        for value in HOSTILE:
            assert_answered(boss, operation, path, operation.body(world) | {field: value})
    if str(operation) in MINIMAL and str(operation) not in FORGIVING:
        body = operation.body(world) | {"no_such_field": 1}
        assert assert_answered(boss, operation, path, body) == 422


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_bodies_that_are_no_bodies(boss: Api, world: dict[str, Any], operation: Operation) -> None:
    path = f"/api/v1{address(operation.path, world)}"
    before = digest_of_tables()
    for what, raw in RAW:
        for kind in ("application/json", "application/x-www-form-urlencoded", "text/plain", ""):
            response = boss.client.generic(
                operation.method, path, raw, content_type=kind, headers={"X-CSRFToken": boss.csrf}
            )
            assert 400 <= response.status_code < 500, (what, kind, response.status_code)
            assert_problem(response)
    assert digest_of_tables() == before


def test_every_query_with_every_hostile_value(boss: Api, world: dict[str, Any]) -> None:
    asked = 0
    for path, methods in described()["paths"].items():
        parameters = methods.get("get", {}).get("parameters", [])
        names = [one["name"] for one in parameters if one["in"] == "query"]
        target = address(path.removeprefix("/api/v1"), world)
        for name in names:
            for value in QUERIES:
                response = boss.call("GET", target, **{name: value})
                assert response.status_code < 500, (path, name, value)
                if response.status_code >= 400:
                    assert_problem(response)
                asked += 1
    assert asked > 300


def test_paths_and_methods_that_do_not_exist(boss: Api) -> None:
    boss.client.raise_request_exception = False
    for path, status in (
        ("/nothing", 404),
        ("/customers/abc", 404),
        ("/customers/1.5", 404),
        ("/customers/" + "9" * 5000, 404),
        ("/customers/%00", 404),
        ("/customers/１", 404),
    ):
        response = boss.call("GET", path)
        assert response.status_code in (status, 422), path
        assert_problem(response)
    response = boss.call("PUT", "/customers", {"name": "x"})
    assert response.status_code == 405
    assert_problem(response)


def test_too_much_is_turned_away(boss: Api, world: dict[str, Any]) -> None:
    response = boss.call("POST", "/customers", {"name": "x", "remark": "长" * 1_000_000})
    assert response.status_code == 413
    assert_problem(response)
