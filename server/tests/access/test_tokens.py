"""API tokens: what their scopes allow, who may issue and revoke them, and guessing them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from tests.people import NOW, Api, answer, hire, queries_of, wrong_fields
from zhike.access import tokens
from zhike.access.models import Person, Token
from zhike.access.rights import TOKEN_SCOPES
from zhike.trail.models import Event


class Program:
    """Whoever holds a token."""

    def __init__(self, plain: str, address: str = "127.0.0.1") -> None:
        self.client = Client(enforce_csrf_checks=True, REMOTE_ADDR=address)
        self.headers = {"Authorization": f"Bearer {plain}"}

    def call(self, method: str, path: str, body: Any = None) -> Any:
        extra: dict[str, Any] = {"headers": self.headers}
        if body is not None:
            extra |= {"data": json.dumps(body), "content_type": "application/json"}
        return self.client.generic(method, f"/api/v1{path}", **extra)


def program(person: Person, *scopes: str) -> Program:
    return Program(tokens.issue(actor=person, now=NOW, name="脚本", scopes=scopes)[1])


NEW = {"name": "万科企业股份有限公司", "kind": "company"}


def test_reading_needs_read(mei: Api) -> None:
    mei.customer()
    assert program(mei.person, "read").call("GET", "/customers").json()["items"]
    for scopes in (["write"], ["export"], ["manage"], ["write", "import", "reveal"]):
        refused = answer(program(mei.person, *scopes).call("GET", "/customers"), 403)
        assert refused["code"] == "token_scope"


def test_a_token_that_reads_writes_nothing(mei: Api, digest: Callable[[], str]) -> None:
    file = mei.customer()
    reader = program(mei.person, "read")
    reader.call("GET", "/me")  # notes the day
    before = digest()
    for method, path, body in (
        ("POST", "/customers", NEW),
        ("PATCH", f"/customers/{file['id']}", {"version": file["version"], "name": "改名"}),
        ("DELETE", f"/customers/{file['id']}", None),
        ("POST", "/tasks", {"title": "x", "due_on": "2026-11-20", "kind": "todo"}),
        ("POST", "/exports", {"view": "standard-21", "format": "csv", "filters": {}}),
        ("POST", f"/customers/{file['id']}/reveals", {"field": "address"}),
    ):
        assert answer(reader.call(method, path, body), 403)["code"] == "token_scope", path
    assert digest() == before


def test_each_scope_opens_its_own_door_only(mei: Api) -> None:
    file = mei.customer(address="深圳市龙岗区坂田")
    path = f"/customers/{file['id']}"
    change = {"version": file["version"], "name": "改名"}
    exporter = program(mei.person, "read", "export")
    assert exporter.call("PATCH", path, change).status_code == 403
    assert exporter.call("POST", "/customers", NEW).status_code == 403
    assert exporter.call("POST", f"{path}/reveals", {"field": "address"}).status_code == 403
    revealer = program(mei.person, "read", "reveal")
    assert revealer.call("POST", f"{path}/reveals", {"field": "address"}).status_code == 200
    assert revealer.call("PATCH", path, change).status_code == 403
    writer = program(mei.person, "read", "write")
    assert writer.call("POST", f"{path}/reveals", {"field": "address"}).status_code == 403
    assert writer.call("PATCH", path, change).status_code == 200


def test_a_token_gives_nobody_more_than_their_role(mei: Api) -> None:
    everything = program(mei.person, *TOKEN_SCOPES)
    body = {"name": "陈可", "username": "ck", "password": "guilin-shanshui-7"}
    assert everything.call("POST", "/people", body).status_code == 403
    assert not everything.call("GET", "/me").json()["rights"]["manage_people"]


def test_the_usual_token_manages_nothing(boss: Api) -> None:
    usual = program(boss.person, *tokens.USUAL)
    rights = usual.call("GET", "/me").json()["rights"]
    assert not rights["manage_people"]
    assert not rights["audit"]
    assert rights["create"] and rights["export"] and rights["import"] and rights["reveal"]
    assert program(boss.person, *TOKEN_SCOPES).call("GET", "/me").json()["rights"]["audit"]


def test_tokens_are_issued_listed_and_revoked(mei: Api) -> None:
    made = mei.post("/tokens", {"name": " 报表 ", "scopes": ["export", "read"], "days": 30})
    assert made["plain"].startswith("zk_")
    assert (made["name"], made["scopes"]) == ("报表", ["read", "export"])
    assert made["person"] == {"id": mei.id, "name": "王小梅", "is_service": False}
    assert made["issued_by"] == {"id": mei.id, "name": "王小梅"}
    (listed,) = mei.get("/tokens")["items"]
    assert "plain" not in listed
    assert listed["last_used_on"] is None
    bearer = Program(made["plain"])
    assert bearer.call("GET", "/me").status_code == 200
    assert mei.get("/tokens")["items"][0]["last_used_on"] == "2026-11-18"
    mei.delete(f"/tokens/{made['id']}")
    assert bearer.call("GET", "/me").status_code == 401
    assert mei.get("/tokens") == {"items": []}
    mei.delete(f"/tokens/{made['id']}", 404)
    verbs = list(Event.objects.filter(record_type="token").values_list("verb", flat=True))
    assert verbs == ["token.issued", "token.revoked"]
    assert made["plain"] not in str(list(Event.objects.values("data")))
    assert not Token.objects.filter(digest__contains=made["plain"][3:20]).exists()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 61}, "name"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["king"]}, "scopes"),
        ({"days": 0}, "days"),
        ({"days": 3651}, "days"),
        ({"days": 10**30}, "days"),
        ({"person_id": 99999}, "person_id"),
        ({"person_id": 10**30}, "person_id"),
        ({"who": 1}, "who"),
    ],
)
def test_wrong_input_names_the_field(
    boss: Api, digest: Callable[[], str], body: dict[str, Any], field: str
) -> None:
    before = digest()
    given = {"name": "报表", "scopes": ["read"]} | body
    assert wrong_fields(boss.post("/tokens", given, 422)) == {field}
    assert digest() == before


def test_tokens_of_others_are_out_of_reach(mei: Api, lin: Api, boss: Api) -> None:
    made = mei.post("/tokens", {"name": "报表", "scopes": ["read"]})
    assert lin.get("/tokens", of="all")["items"] == []
    lin.delete(f"/tokens/{made['id']}", 404)
    lin.post("/tokens", {"name": "报表", "scopes": ["read"], "person_id": mei.id}, 403)
    assert [one["id"] for one in boss.get("/tokens", of="all")["items"]] == [made["id"]]
    assert boss.get("/tokens")["items"] == []
    body = {"name": "报表", "scopes": ["read"], "person_id": mei.id}
    assert wrong_fields(boss.post("/tokens", body, 422)) == {"person_id"}
    boss.delete(f"/tokens/{made['id']}")


def test_service_accounts_work_by_tokens(boss: Api, mei: Api) -> None:
    account = boss.post("/people/service", {"name": "官网表单", "role": "sales"})
    body = {"name": "官网", "scopes": ["read", "write"], "person_id": account["id"]}
    mei.post("/tokens", body, 403)
    made = boss.post("/tokens", body)
    assert made["person"] == {"id": account["id"], "name": "官网表单", "is_service": True}
    assert Program(made["plain"]).call("POST", "/customers", NEW).status_code == 201


def test_a_token_manages_no_tokens(boss: Api) -> None:
    bearer = program(boss.person, *TOKEN_SCOPES)
    other = boss.post("/tokens", {"name": "报表", "scopes": ["read"]})
    for found in (
        bearer.call("GET", "/tokens"),
        bearer.call("POST", "/tokens", {"name": "x", "scopes": ["read"]}),
        bearer.call("DELETE", f"/tokens/{other['id']}"),
    ):
        assert answer(found, 403)["code"] == "session_only"
    assert Token.objects.filter(pk=other["id"]).exists()


def test_guesses_are_limited_by_address(mei: Api, frozen: time_machine.Coordinates) -> None:
    right = tokens.issue(actor=mei.person, now=NOW, name="脚本")[1]
    for number in range(30):
        assert Program(f"zk_{number}").call("GET", "/me").status_code == 401
    assert answer(Program("zk_31").call("GET", "/me"), 429)["code"] == "too_many"
    assert Program(right).call("GET", "/me").status_code == 429
    assert Program(right, "192.0.2.7").call("GET", "/me").status_code == 200
    frozen.shift(timedelta(seconds=61))
    assert Program(right).call("GET", "/me").status_code == 200


def test_an_ipv6_guesser_has_one_network(mei: Api) -> None:
    for number in range(30):
        Program("zk_x", f"2001:db8:1:2::{number + 1:x}").call("GET", "/me")
    assert Program("zk_x", "2001:db8:1:2:ffff::9").call("GET", "/me").status_code == 429
    assert Program("zk_x", "2001:db8:1:3::1").call("GET", "/me").status_code == 401


def test_a_leaver_takes_no_token_along(boss: Api, mei: Api) -> None:
    bearer = program(mei.person, "read")
    boss.post(f"/people/{mei.id}/departure", {"successor_id": None}, 200)
    assert bearer.call("GET", "/me").status_code == 401
    assert tokens.revoke_all(mei.person, actor=boss.person, now=NOW) == 0
    assert not Token.objects.exists()


def test_the_last_use_is_written_once_a_day(mei: Api, frozen: time_machine.Coordinates) -> None:
    bearer = program(mei.person, "read")
    bearer.call("GET", "/tags")
    often = queries_of(lambda: bearer.call("GET", "/tags"))
    frozen.shift(timedelta(hours=14))  # past midnight in Shanghai, still the 18th in London
    assert queries_of(lambda: bearer.call("GET", "/tags")) == often + 1
    assert str(Token.objects.get().last_used_on) == "2026-11-19"


def test_who_may_do_less_issues_no_stronger_account(boss: Api) -> None:
    chief = boss.post("/people/service", {"name": "总管", "role": "administrator"})
    role = boss.post("/roles", {"name": "人事", "actions": ["manage_people"]})
    clerk = Api(hire("人事小张", "zhang", role["key"]))
    body = {"name": "x", "scopes": ["read", "manage"], "person_id": chief["id"]}
    clerk.post("/tokens", body, 403)
