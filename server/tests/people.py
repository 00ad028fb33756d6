"""Who works here in the tests, and how each of them reaches the API.

`boss` is the administrator, `mei` and `lin` are sales people. Each is an `Api`: a browser that is
signed in and sends its CSRF proof, as the web client does. Rooms take these fixtures in by their
conftest.py.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.middleware.csrf import _get_new_csrf_string
from django.test import Client
from django.test.utils import CaptureQueriesContext

from zhike.access.actions import ship_roles
from zhike.access.models import Department, Organisation, Person, Role
from zhike.access.rights import ADMINISTRATOR, SALES
from zhike.base import clock

NOW = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)  # a Wednesday, ten in the morning in Shanghai
TODAY = date(2026, 11, 18)


class Api:
    """A signed-in browser that talks JSON; `call` returns the answer whatever its status."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.id = person.pk
        self.client = Client(enforce_csrf_checks=True)
        self.client.force_login(person)
        self.csrf = _get_new_csrf_string()
        self.client.cookies["csrftoken"] = self.csrf

    def call(self, method: str, path: str, body: Any = None, **query: Any) -> HttpResponse:
        extra: dict[str, Any] = {"headers": {"X-CSRFToken": self.csrf}}
        if body is not None:
            extra |= {"data": json.dumps(body), "content_type": "application/json"}
        if query:
            extra["query_params"] = query
        return self.client.generic(method, f"/api/v1{path}", **extra)

    def get(self, path: str, status: int = 200, **query: Any) -> Any:
        return answer(self.call("GET", path, **query), status)

    def post(self, path: str, body: Any = None, status: int = 201) -> Any:
        return answer(self.call("POST", path, {} if body is None else body), status)

    def patch(self, path: str, body: Any, status: int = 200) -> Any:
        return answer(self.call("PATCH", path, body), status)

    def delete(self, path: str, status: int = 204) -> Any:
        return answer(self.call("DELETE", path), status)

    def customer(self, name: str = "华为技术有限公司", **fields: Any) -> dict[str, Any]:
        """Enter a customer and return its file."""
        return self.post("/customers", {"name": name, "kind": "company", **fields})

    def dismiss(self, other: Api, successor: Api | None = None) -> Any:
        """Close a colleague's account and hand everything over."""
        body = {"successor_id": successor.id if successor else None}
        return self.post(f"/people/{other.id}/departure", body, 200)

    def story(self, customer_id: int, **query: Any) -> list[dict[str, Any]]:
        return self.get(f"/customers/{customer_id}/timeline", **query)["items"]


def answer(response: HttpResponse, status: int) -> Any:
    """The body, after the status and the shape of an error were checked."""
    assert response.status_code == status, (response.status_code, response.content.decode()[:2000])
    if not response.content:
        return None
    body = json.loads(response.content)
    if status >= 400:
        assert_problem(response)
    return body


def assert_problem(response: HttpResponse) -> None:
    """Every error is problem+json with a Chinese sentence, a code and its status."""
    assert response["Content-Type"] == "application/problem+json"
    body = json.loads(response.content)
    assert body["status"] == response.status_code
    assert body["code"]
    assert any("一" <= letter <= "鿿" for letter in body["title"]), body
    for error in body.get("errors", []):
        assert set(error) == {"field", "message"}
        assert any("一" <= letter <= "鿿" for letter in error["message"]), body


def wrong_fields(body: dict[str, Any]) -> set[str]:
    """The fields an answer of 422 names."""
    return {error["field"] for error in body["errors"]}


@pytest.fixture(autouse=True)
def frozen() -> Iterator[time_machine.Coordinates]:
    """Every test happens on the same Wednesday morning."""
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


@pytest.fixture
def organisation(db: None) -> Organisation:
    return Organisation.objects.create(id=Organisation.THE, name="晨星贸易", created_at=NOW)


def role_of(key: str) -> Role:
    """A shipped role; made here, because tests that empty all tables empty this one too."""
    if not Role.objects.filter(key=key).exists():
        ship_roles()
    return Role.objects.get(key=key)


def hire(
    name: str, username: str, role: str = SALES, department: Department | None = None
) -> Person:
    """A colleague who cannot sign in by password: hashing one takes longer than a test."""
    person = Person(
        name=name,
        username=username,
        role=role_of(role),
        department=department,
        created_at=clock.now(),
    )
    person.set_unusable_password()
    person.save()
    return person


@pytest.fixture
def boss(organisation: Organisation) -> Api:
    return Api(hire("周管理", "zhou", ADMINISTRATOR))


@pytest.fixture
def mei(organisation: Organisation) -> Api:
    return Api(hire("王小梅", "mei"))


@pytest.fixture
def lin(organisation: Organisation) -> Api:
    return Api(hire("林冲", "lin"))


@pytest.fixture
def digest(db: None) -> Callable[[], str]:
    """A fingerprint of everything we store: equal before and after means nothing was written."""
    return digest_of_tables


def digest_of_tables() -> str:
    found = hashlib.sha256()
    for table, rows in sorted(stored().items()):
        found.update(f"{table}{rows}".encode())
    return found.hexdigest()


def stored() -> dict[str, list[str]]:
    """Every row of every table of ours, as text, with bytes read as Latin-1."""
    # How SQLite lays out its search index changes even when what it holds does not.
    skipped = ("zhike_cache", "zhike_search_")
    names = [
        name
        for name in connection.introspection.table_names()
        if name.startswith("zhike_") and not name.startswith(skipped)
    ]
    found = {}
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f'SELECT * FROM "{name}"')
            found[name] = sorted(_text(row) for row in cursor.fetchall())
    return found


def _text(row: tuple[Any, ...]) -> str:
    plain = [
        bytes(one).decode("latin-1") if isinstance(one, bytes | memoryview) else one for one in row
    ]
    return repr(plain)


def queries_of(call: Callable[[], Any]) -> int:
    """How many statements a call sends to the database."""
    with CaptureQueriesContext(connection) as context:
        call()
    return len(context.captured_queries)
