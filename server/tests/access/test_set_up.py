"""The first start: one administrator, once."""

from __future__ import annotations

import json
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from tests.people import Api, answer, wrong_fields
from zhike.access.models import Organisation, Person
from zhike.trail.models import Event

FIRST = {
    "organisation": "晨星贸易",
    "name": "周管理",
    "username": "zhou",
    "password": "jiangnan-chunyu-88",
}


def browser() -> Client:
    """A browser that opened our page and so holds the CSRF cookie."""
    client = Client(enforce_csrf_checks=True)
    client.get("/")
    return client


def set_up(client: Client, body: Any, **extra: Any) -> Any:
    token = client.cookies["csrftoken"].value if "csrftoken" in client.cookies else ""
    return client.post(
        "/api/v1/setup",
        json.dumps(body),
        content_type="application/json",
        headers={"X-CSRFToken": token},
        **extra,
    )


@pytest.mark.django_db
def test_set_up_signs_the_first_administrator_in() -> None:
    client = browser()
    assert client.get("/api/v1/setup").json() == {"needed": True}
    me = answer(set_up(client, FIRST), 201)
    assert (me["name"], me["role"], me["organisation"]) == ("周管理", "administrator", "晨星贸易")
    assert all(me["rights"].values())
    assert client.get("/api/v1/me").json() == me
    assert client.get("/api/v1/setup").json() == {"needed": False}


@pytest.mark.django_db
def test_set_up_is_closed_for_ever_after() -> None:
    set_up(browser(), FIRST)
    client = browser()
    body = answer(set_up(client, FIRST | {"username": "thief"}), 409)
    assert body["code"] == "setup_closed"
    assert client.get("/api/v1/me").status_code == 401
    assert Person.objects.count() == 1


@pytest.mark.django_db
def test_set_up_needs_the_proof_of_our_own_page() -> None:
    client = Client(enforce_csrf_checks=True)
    assert answer(set_up(client, FIRST), 403)["code"] == "csrf"
    assert not Organisation.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("organisation", " "),
        ("organisation", "长" * 101),
        ("name", ""),
        ("name", "名" * 41),
        ("username", "zhou wei"),
        ("username", "a" * 41),
        ("password", "123"),
        ("password", "12345678901"),
        ("password", "zhouzhou"),
        ("password", ""),
        ("name", 7),
        ("name", None),
        ("whatever", "x"),
    ],
)
def test_set_up_names_the_field_and_keeps_nothing(field: str, value: Any) -> None:
    if value == "zhouzhou":
        body = FIRST | {"username": "zhouzhou", "password": "zhouzhou"}
    else:
        body = FIRST | {field: value}
    assert wrong_fields(answer(set_up(browser(), body), 422)) == {field}
    assert not Organisation.objects.exists()
    assert not Person.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_let_in() -> None:
    answers: list[int] = []
    start = Barrier(2)

    def one(number: int) -> None:
        try:
            client = browser()
            start.wait(10)
            body = FIRST | {"username": f"first{number}", "organisation": f"单位{number}"}
            answers.append(set_up(client, body).status_code)
        finally:
            connection.close()

    threads = [Thread(target=one, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(answers) == [201, 409]
    assert Organisation.objects.count() == 1
    assert Person.objects.count() == 1
    assert Event.objects.filter(verb="organisation.set_up").count() == 1


def test_me_tells_what_a_sales_person_may_do(mei: Api) -> None:
    me = mei.get("/me")
    assert me["role"] == "sales"
    assert me["department"] is None
    assert me["rights"] == {
        "delete": True,
        "export": True,
        "export_plain": False,
        "import": True,
        "manage_people": False,
        "reveal": True,
        "manage_roles": False,
        "configure": False,
        "audit": False,
        "create": True,
        "log": True,
        "share": True,
        "hand_over": False,
        "manage_tags": True,
        "review": False,
    }
    assert me["scopes"]["customer"] == {"reach": "own", "shared": True, "pool": True}
    assert set(me["fields"].values()) == {"edit"}
    assert me["role_name"] == "销售"


def test_choices_are_offered_in_chinese(mei: Api) -> None:
    choices = mei.get("/choices")
    assert choices["way"][0]["label"] == "电话"
    assert [grade["value"] for grade in choices["grade"]] == ["A", "B", "C"]
    assert any("专用设备制造业" in one["label"] for one in choices["industry"])
    assert all(one["label"] for entries in choices.values() for one in entries)
