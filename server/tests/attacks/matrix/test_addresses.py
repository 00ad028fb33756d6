"""Every address of the URL table × everybody: what lies beside the API."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.urls import URLResolver, get_resolver
from ninja.operation import PathView

from tests.attacks.matrix.addresses import (
    API_EXTRAS,
    EXAMPLES,
    HALF_WAY,
    OPEN,
    OUTSIDE,
    ROUTES,
)
from tests.attacks.matrix.asking import Secrets, taken_back, told_in, touched
from tests.attacks.matrix.expectations import ACTORS
from tests.attacks.matrix.house import TABLE
from tests.attacks.matrix.world import NOBODYS, World
from tests.people import digest_of_tables
from zhike.site.api import api
from zhike.site.pages import SLOT

pytestmark = pytest.mark.django_db
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
ROOT = "/_allauth/browser/v1"


def test_every_address_has_its_entry() -> None:
    routes = [str(one.pattern) for one in get_resolver().url_patterns]
    assert set(routes) == {"api/v1/", *ROUTES, *OPEN}
    assert len(routes) == len(set(routes))


def _api() -> URLResolver:
    (found,) = (one for one in get_resolver().url_patterns if str(one.pattern) == "api/v1/")
    assert isinstance(found, URLResolver)
    return found


def test_the_api_answers_nowhere_but_at_its_operations() -> None:
    """An operation left out of the description would be left out of the matrix."""
    found = set()
    for _, router in api._routers:
        for path, view in router.path_operations.items():
            assert isinstance(view, PathView)
            for operation in view.operations:
                found |= {f"{method} {path}" for method in operation.methods}
    assert found == set(TABLE)
    routes = {str(one.pattern) for one in _api().url_patterns}
    described = {name.partition(" /")[2] for name in TABLE}
    plain = {route.replace("<", "{").replace(">", "}") for route in routes}
    assert plain == described | set(API_EXTRAS)


@pytest.mark.parametrize("extra", sorted(API_EXTRAS))
def test_beside_the_operations(world: World, secrets: Secrets, extra: str) -> None:
    for name in ACTORS:
        told = _call(world, name, "GET", f"/api/v1/{extra}")
        assert told.status_code == API_EXTRAS[extra], name
        assert not told_in(told.content.decode(), secrets.every)


def _call(world: World, name: str, method: str, path: str, body: Any = None) -> Any:
    if body is None and method != "GET":
        body = {}
    return world.actors[name].caller.call(method, path, body)


@pytest.mark.parametrize("route", sorted(ROUTES))
def test_signing_in(world: World, secrets: Secrets, route: str) -> None:
    of = ROUTES[route]
    wrong = []
    for name in ACTORS:
        for method in METHODS:
            with taken_back():
                before = touched()
                told = _call(world, name, method, f"/{route}")
                changed = touched() != before and digest_of_tables() != world.digest
            right = _right(route, name, method)
            cell = f"{method} {route} × {name}: {told.status_code}"
            if told.status_code not in right:
                wrong.append(f"{cell}, not one of {right}")
            heard = name not in (*OUTSIDE, HALF_WAY)
            if changed and not (heard and method in of.writes):
                wrong.append(f"{cell}, yet something was written")
            if told_in(told.content.decode("utf-8", "replace"), secrets.every):
                wrong.append(f"{cell} tells a secret")
    assert not wrong, "\n".join(wrong)


def _right(route: str, name: str, method: str) -> tuple[int, ...]:
    of = ROUTES[route]
    stands = "outside" if name in OUTSIDE else HALF_WAY if name == HALF_WAY else "signed_in"
    if of.gate != "anybody" and stands != of.gate:
        return (401,)
    known = of.outside if of.gate == "anybody" and stands != "signed_in" else of.inside
    return (known[method],) if method in known else (400, 405)


@pytest.mark.parametrize("route", sorted(OPEN))
def test_open_to_everybody(world: World, secrets: Secrets, route: str) -> None:
    path = EXAMPLES.get(route, route)
    for name in ACTORS:
        for method in METHODS:
            with taken_back():
                before = touched()
                told = _call(world, name, method, f"/{path}")
                changed = touched() != before and digest_of_tables() != world.digest
            right = OPEN[route].get(method, (405,))
            assert told.status_code in right, (name, method, told.status_code)
            assert not changed
            found = told_in(told.content.decode("utf-8", "replace"), secrets.every)
            assert not found, (name, found)


def test_the_page_knows_nobody_who_is_not_in(world: World, settings: Any, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(SLOT, encoding="utf-8")
    settings.WEB_CLIENT, settings.DEBUG = tmp_path, True
    for name in ACTORS:
        told = _call(world, name, "GET", "/customers")
        assert told.status_code == 200, name
        text = told.content.decode()
        person = world.actors[name].person
        inside = name not in (*OUTSIDE, HALF_WAY)
        assert ('"me": null' in text) != inside, name
        assert (f'"username": "{person.username}"' in text) == inside, name


@pytest.mark.parametrize(
    ("method", "place", "body"),
    [
        ("DELETE", "/auth/sessions", {"sessions": ["{session}"]}),
        ("DELETE", "/account/authenticators/webauthn", {"authenticators": ["{factor}"]}),
        ("PUT", "/account/authenticators/webauthn", {"id": "{factor}", "name": "我的"}),
        ("DELETE", "/account/providers", {"provider": "oidc", "account": "雀号"}),
    ],
)
def test_what_others_sign_in_with(
    world: World, method: str, place: str, body: dict[str, Any]
) -> None:
    """Sessions, factors and linked accounts of somebody else are as those that do not exist."""
    for name in ("sales", "administrator", "viewing", "unenrolled"):
        answers = []
        for there in (True, False):
            with taken_back():
                ids = _of_the_other(world) if there else {"session": NOBODYS, "factor": NOBODYS}
                before = (UserSession.objects.count(), Authenticator.objects.count())
                told = _call(world, name, method, ROOT + place, _filled(body, ids))
                after = (UserSession.objects.count(), Authenticator.objects.count())
                named = Authenticator.objects.filter(data__name="我的").exists()
            assert told.status_code in (400, 401), (name, told.status_code, told.content)
            assert before == after
            assert not named
            text = told.content.decode()
            for pk in sorted(ids.values(), reverse=True):
                text = text.replace(f" {pk} ", " … ")  # what was asked for may be repeated
            answers.append((told.status_code, text))
        assert answers[0] == answers[1], name


def _of_the_other(world: World) -> dict[str, int]:
    session = UserSession.objects.create(
        user=world.other, session_key="x" * 32, ip="127.0.0.1", user_agent="雀"
    )
    factor = Authenticator.objects.create(
        user=world.other, type=Authenticator.Type.WEBAUTHN, data={"name": "雀钥"}
    )
    return {"session": session.pk, "factor": factor.pk}


def _filled(body: dict[str, Any], ids: dict[str, int]) -> dict[str, Any]:
    marks = {f"{{{name}}}": pk for name, pk in ids.items()}
    return {
        name: [marks.get(one, one) for one in value]
        if isinstance(value, list)
        else marks.get(value, value)
        for name, value in body.items()
    }
