"""Who is let in: by password, by session with a CSRF proof, by token."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from tests.people import NOW, Api, answer, hire
from zhike.access import actions, tokens
from zhike.access.models import Person, Token
from zhike.access.rights import ADMINISTRATOR, SALES

LOGIN = "/_allauth/browser/v1/auth/login"
SESSION = "/_allauth/browser/v1/auth/session"
PASSWORD = "xihu-longjing-09"


@pytest.fixture
def signed_up(organisation: Any) -> Person:
    chief = hire("赵总", "zhao", ADMINISTRATOR)
    return actions.add_person(
        actor=chief, now=NOW, name="王小梅", username="mei", role=SALES, password=PASSWORD
    )


def browser() -> Client:
    client = Client(enforce_csrf_checks=True)
    client.get("/")
    return client


def send(client: Client, method: str, path: str, body: Any = None) -> Any:
    return client.generic(
        method,
        path,
        json.dumps(body or {}),
        content_type="application/json",
        headers={"X-CSRFToken": client.cookies["csrftoken"].value},
    )


def sign_in(client: Client, password: str = PASSWORD, username: str = "mei") -> int:
    found = send(client, "POST", LOGIN, {"username": username, "password": password})
    return int(found.status_code)


def test_sign_in_and_out(signed_up: Person) -> None:
    client = browser()
    assert answer(client.get("/api/v1/me"), 401)["code"] == "signed_out"
    assert sign_in(client) == 200
    assert client.get("/api/v1/me").json()["username"] == "mei"
    assert send(client, "DELETE", SESSION).status_code == 401  # allauth: nobody is signed in now
    assert client.get("/api/v1/me").status_code == 401


def test_a_wrong_password_is_told_and_locks_after_five(
    signed_up: Person, frozen: time_machine.Coordinates
) -> None:
    client = browser()
    found = send(client, "POST", LOGIN, {"username": "mei", "password": "wrong"})
    assert found.status_code == 400
    assert "登录名或密码不对" in found.json()["errors"][0]["message"]
    for _ in range(4):
        sign_in(client, "wrong")
    locked = send(client, "POST", LOGIN, {"username": "mei", "password": PASSWORD})
    assert locked.status_code == 400
    assert "次数太多" in locked.json()["errors"][0]["message"]
    assert client.get("/api/v1/me").status_code == 401
    frozen.shift(timedelta(minutes=6))
    assert sign_in(client) == 200


def test_an_unknown_name_sounds_like_a_wrong_password(signed_up: Person) -> None:
    unknown = send(browser(), "POST", LOGIN, {"username": "nobody", "password": PASSWORD})
    wrong = send(browser(), "POST", LOGIN, {"username": "mei", "password": "wrong"})
    assert unknown.status_code == wrong.status_code == 400
    assert (
        json.loads(unknown.content)["errors"][0]["message"]
        == (json.loads(wrong.content)["errors"][0]["message"])
    )


@pytest.mark.django_db
def test_nobody_can_sign_up_by_themselves() -> None:
    client = browser()
    body = {"username": "thief", "password": PASSWORD}
    assert send(client, "POST", "/_allauth/browser/v1/auth/signup", body).status_code == 404
    assert not Person.objects.exists()


def test_a_leaver_is_out_at_once(signed_up: Person, boss: Api) -> None:
    client = browser()
    sign_in(client)
    _token, plain = tokens.issue(actor=signed_up, now=NOW, name="脚本")
    boss.post(f"/people/{signed_up.pk}/departure", {"successor_id": None}, 200)
    assert client.get("/api/v1/me").status_code == 401
    assert bearer(plain).status_code == 401
    assert sign_in(browser()) != 200


def test_without_csrf_proof_nothing_is_written(mei: Api, digest: Callable[[], str]) -> None:
    file = mei.customer()
    before = digest()
    mei.csrf = "x" * 32
    body = {"name": "万科企业股份有限公司", "kind": "company"}
    tries = [
        mei.call("POST", "/customers", body),
        mei.call("PATCH", f"/customers/{file['id']}", {"version": 1, "name": "改名"}),
        mei.call("DELETE", f"/customers/{file['id']}"),
        mei.call("POST", "/tasks", {"title": "x", "due_on": "2026-11-20"}),
    ]
    for response in tries:
        assert answer(response, 403)["code"] == "csrf"
    assert digest() == before
    assert mei.get("/me")["username"] == "mei"


def bearer(plain: str, method: str = "GET", path: str = "/me", body: Any = None) -> Any:
    client = Client(enforce_csrf_checks=True)
    extra = {"data": json.dumps(body), "content_type": "application/json"} if body else {}
    headers = {"Authorization": f"Bearer {plain}"}
    return client.generic(method, f"/api/v1{path}", headers=headers, **extra)


def test_a_token_stands_for_its_person(mei: Api) -> None:
    _token, plain = tokens.issue(actor=mei.person, now=NOW, name="脚本", days=30)
    assert bearer(plain).json()["username"] == "mei"
    body = {"name": "万科企业股份有限公司", "kind": "company"}
    made = answer(bearer(plain, "POST", "/customers", body), 201)
    assert made["owner"] == {"id": mei.id, "name": "王小梅"}
    assert not Token.objects.filter(digest=plain).exists()
    assert Token.objects.get().last_used_on is not None


def test_an_expired_or_false_token_is_no_session(mei: Api) -> None:
    _token, plain = tokens.issue(
        actor=mei.person, now=NOW - timedelta(days=31), name="脚本", days=30
    )
    assert answer(bearer(plain), 401)["code"] == "signed_out"
    assert bearer("zk_wrong").status_code == 401
    assert bearer("").status_code == 401
    # A wrong token is not silently replaced by the session that came along.
    mixed = mei.client.get("/api/v1/me", headers={"Authorization": "Bearer zk_wrong"})
    assert mixed.status_code == 401
    basic = mei.client.get("/api/v1/me", headers={"Authorization": "Basic bWVpOng="})
    assert basic.status_code == 401


def test_everything_but_the_set_up_needs_a_sign_in(mei: Api) -> None:
    paths = mei.client.get("/api/v1/openapi.json").json()["paths"]
    stranger = Client()
    asked = 0
    for path, operations in paths.items():
        if path in ("/api/v1/setup", "/api/v1/sign-in"):
            continue
        address = path.replace("{", "").replace("}", "")
        for name in ("customer_id", "contact_id", "task_id", "tag_id", "person_id"):
            address = address.replace(name, "1")
        address = address.replace("department_id", "1").replace("follow_up_id", "1")
        for method in operations:
            response = stranger.generic(method.upper(), address)
            assert response.status_code == 401, (method, path, response.content)
            asked += 1
    assert asked > 30
