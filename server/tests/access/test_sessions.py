"""Sessions: one's own list, ending them, how long they last, whom they show, and view-as."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django.fixtures import Settings

from tests.access.door import PASSWORD, Visitor, errors_of, with_password
from tests.people import NOW, Api, answer, hire, queries_of, role_of
from zhike.access import sessions
from zhike.access.models import Department, Organisation, Person
from zhike.access.rights import ADMINISTRATOR
from zhike.access.sessions import SessionStore, SignIn
from zhike.base import clock, jobs
from zhike.trail.models import Event

NEW = "huangshan-maofeng-12"


@pytest.fixture
def mei_herself(organisation: Organisation) -> Person:
    return with_password(hire("周管理", "zhou", ADMINISTRATOR))


def told(verb: str) -> list[dict[str, Any]]:
    return [one.data for one in Event.objects.filter(verb=verb).order_by("id")]


def test_own_sessions_are_listed_and_ended(mei_herself: Person) -> None:
    here, there, elsewhere = Visitor(), Visitor(), Visitor()
    for visitor in (here, there, elsewhere):
        assert visitor.sign_in().status_code == 200
    listed = here.ask("GET", "/auth/sessions").json()["data"]
    assert [one["is_current"] for one in listed].count(True) == 1
    other = next(one["id"] for one in listed if not one["is_current"])
    left = here.ask("DELETE", "/auth/sessions", {"sessions": [other]}).json()["data"]
    assert len(left) == 2
    assert sorted([there.me(), elsewhere.me()]) == [200, 401]
    rest = [one["id"] for one in left if not one["is_current"]]
    here.ask("DELETE", "/auth/sessions", {"sessions": rest})
    assert (here.me(), there.me(), elsewhere.me()) == (200, 401, 401)
    assert [one["count"] for one in told("session.ended")] == [1, 1]


def test_nobody_ends_the_session_of_another(mei_herself: Person) -> None:
    hers, his = Visitor(), Visitor()
    hers.sign_in()
    with_password(Person.objects.get(username="zhou"), "lin")
    his.sign_in("lin")
    target = UserSession.objects.get(user=mei_herself).pk
    assert his.ask("DELETE", "/auth/sessions", {"sessions": [target]}).status_code == 400
    assert hers.me() == 200


def test_signing_out_ends_the_session_for_good(mei_herself: Person) -> None:
    visitor = Visitor()
    visitor.sign_in()
    key = visitor.client.cookies["sessionid"].value
    visitor.ask("DELETE", "/auth/session")
    visitor.client.cookies["sessionid"] = key
    assert visitor.me() == 401
    assert not UserSession.objects.exists()
    assert len(told("session.signed_out")) == 1


def test_a_new_password_ends_the_other_sessions(mei_herself: Person) -> None:
    here, there = Visitor(), Visitor()
    here.sign_in()
    there.sign_in()
    body = {"current_password": PASSWORD, "new_password": NEW}
    assert here.ask("POST", "/account/password/change", body).status_code == 200
    assert (here.me(), there.me()) == (200, 401)
    assert len(told("password.changed")) == 1
    assert NEW not in str([one.data for one in Event.objects.all()])
    listed = here.ask("GET", "/auth/sessions").json()["data"]
    assert [one["is_current"] for one in listed] == [True]
    assert Visitor().sign_in(password=PASSWORD).status_code == 400
    assert Visitor().sign_in(password=NEW).status_code == 200


def test_a_stolen_session_cannot_guess_the_password(mei_herself: Person) -> None:
    thief = Visitor()
    thief.sign_in()
    for number in range(5):
        body = {"current_password": f"guess-{number}", "new_password": NEW}
        found = thief.ask("POST", "/account/password/change", body)
        assert errors_of(found) == ["enter_current_password"]
    body = {"current_password": PASSWORD, "new_password": NEW}
    found = thief.ask("POST", "/account/password/change", body)
    assert errors_of(found) == ["too_many_login_attempts"]
    proof = thief.ask("POST", "/auth/reauthenticate", {"password": "guess"})
    assert proof.status_code == 400
    assert told("session.failed")[4] == {"username": "mei", "reason": "password", "locked": True}


def test_every_session_of_a_person_ends_at_once(mei_herself: Person) -> None:
    visitors = [Visitor() for _ in range(3)]
    for visitor in visitors:
        visitor.sign_in()
    assert sessions.end_all(mei_herself) == 3
    assert [visitor.me() for visitor in visitors] == [401, 401, 401]
    mei_herself.refresh_from_db()
    assert not Session.objects.exists()


def test_an_idle_session_ends(
    mei_herself: Person, frozen: time_machine.Coordinates, settings: Settings
) -> None:
    settings.ZHIKE_IDLE_HOURS = 2
    visitor = Visitor()
    visitor.sign_in()
    for _ in range(5):
        frozen.shift(timedelta(minutes=100))
        assert visitor.me() == 200
    frozen.shift(timedelta(minutes=121))
    assert visitor.me() == 401


def test_a_session_grows_no_older_than_its_days(
    mei_herself: Person, frozen: time_machine.Coordinates, settings: Settings
) -> None:
    settings.ZHIKE_SESSION_DAYS, settings.ZHIKE_IDLE_HOURS = 2, 24
    visitor = Visitor()
    visitor.sign_in()
    for _ in range(3):
        frozen.shift(timedelta(hours=15))
        assert visitor.me() == 200
    frozen.shift(timedelta(hours=4))
    assert visitor.me() == 401


def test_signing_in_brings_a_new_session(mei_herself: Person) -> None:
    visitor = Visitor()
    store = SessionStore()
    store["planted"] = 1
    store.save()
    visitor.client.cookies["sessionid"] = store.session_key
    visitor.sign_in()
    assert visitor.client.cookies["sessionid"].value != store.session_key
    assert not Session.objects.filter(session_key=store.session_key).exists()


@pytest.mark.django_db
def test_a_tampered_session_holds_nothing() -> None:
    store = SessionStore()
    store["x"] = 1
    store.save()
    row = Session.objects.get()
    for broken in ("", "!!", row.session_data[:-8] + "AAAAAAA=", "e30="):
        Session.objects.update(session_data=broken)
        assert SessionStore(store.session_key).load() == {}
    Session.objects.update(session_data=row.session_data)
    assert SessionStore(store.session_key).load()["x"] == 1


def test_the_person_of_a_session_is_whole(mei: Api) -> None:
    office = Department.objects.create(name="华东", path="/1/")
    Person.objects.filter(pk=mei.id).update(department=office)
    found = SignIn().get_user(mei.id)
    stored = get_user_model().objects.select_related("role", "department").get(pk=mei.id)
    assert found is not None
    for one, other in ((found, stored), (found.role, stored.role)):
        for field in one._meta.concrete_fields:
            assert getattr(one, field.attname) == getattr(other, field.attname), field.name
    assert found.department == office
    assert found.branch == "/1/"
    assert found.rights == stored.rights
    assert queries_of(lambda: SignIn().get_user(mei.id).rights) == 1  # type: ignore[union-attr]


def test_a_program_never_has_a_session(mei: Api) -> None:
    Person.objects.filter(pk=mei.id).update(is_service=True)
    mei.get("/me", 401)
    Person.objects.filter(pk=mei.id).update(is_service=False, is_active=False)
    mei.get("/me", 401)


@pytest.mark.django_db
def test_who_sets_up_finds_the_session_on_the_list() -> None:
    visitor = Visitor()
    body = {"organisation": "晨星", "name": "周", "username": "zhou", "password": PASSWORD}
    assert visitor.send("POST", "/api/v1/setup", body).status_code == 201
    assert len(visitor.ask("GET", "/auth/sessions").json()["data"]) == 1
    assert told("session.signed_in") == [{"how": "setup"}]


class TestViewAs:
    def start(self, boss: Api, wish: dict[str, int]) -> None:
        store = boss.client.session
        store["view_as"] = wish
        store.save()

    def test_as_a_role_one_sees_and_changes_nothing(self, boss: Api) -> None:
        file = boss.customer()
        self.start(boss, {"role": role_of("marketing").pk})
        me = boss.get("/me")
        assert me["viewing"] == {"role": "marketing", "role_name": "市场", "person": None}
        assert not me["rights"]["reveal"]
        assert me["fields"]["phone"] == "masked"
        version = {"version": file["version"], "name": "改名"}
        for refused in (
            boss.call("POST", "/customers", {"name": "x", "kind": "company"}),
            boss.call("PATCH", f"/customers/{file['id']}", version),
            boss.call("DELETE", f"/customers/{file['id']}"),
            boss.call("POST", "/tokens", {"name": "x", "scopes": ["read"]}),
        ):
            body = answer(refused, 403)
            assert body["code"] == "viewing"
            assert "市场" in body["title"]
        assert boss.call("DELETE", "/view-as").status_code == 200
        assert boss.get("/me")["viewing"] is None
        boss.customer("万科企业股份有限公司")

    def test_as_a_colleague_one_sees_what_they_see(self, boss: Api, mei: Api, lin: Api) -> None:
        mei.customer()
        lin.customer("万科企业股份有限公司")
        self.start(boss, {"person": mei.id})
        assert boss.get("/me")["viewing"]["person"] == "王小梅"
        names = [one["name"] for one in boss.get("/customers")["items"]]
        assert names == ["华为技术有限公司"]
        page = boss.client.get("/api/v1/tokens")
        assert page.json() == {"items": []}  # one's own, not hers

    def test_only_who_manages_roles(self, mei: Api, lin: Api) -> None:
        self.start(mei, {"person": lin.id})
        assert mei.get("/me")["username"] == "mei"
        assert mei.get("/me")["viewing"] is None

    def test_a_view_of_who_left_is_none(self, boss: Api, mei: Api) -> None:
        Person.objects.filter(pk=mei.id).update(is_active=False)
        self.start(boss, {"person": mei.id})
        assert boss.get("/me")["username"] == "zhou"
        self.start(boss, {"role": 4711})
        assert boss.get("/me")["viewing"] is None

    def test_a_token_knows_no_view(self, boss: Api, mei: Api) -> None:
        from zhike.access import tokens
        from zhike.base import clock

        self.start(boss, {"person": mei.id})
        _token, plain = tokens.issue(actor=boss.person, now=clock.now(), name="脚本")
        headers = {"Authorization": f"Bearer {plain}"}
        found = boss.client.get("/api/v1/me", headers=headers)
        assert (found.json()["username"], found.json()["viewing"]) == ("zhou", None)


def test_the_setting_says_how_long_the_cookie_lasts(mei_herself: Person) -> None:
    visitor = Visitor()
    visitor.sign_in()
    assert visitor.client.cookies["sessionid"]["max-age"] == 14 * 24 * 3600
    assert isinstance(visitor.client, Client)


def test_ended_sessions_are_forgotten_every_night(mei: Api, lin: Api, frozen: Any) -> None:
    Session.objects.filter(pk=mei.client.session.session_key).update(
        expire_date=NOW - timedelta(days=1)
    )
    frozen.move_to(NOW + timedelta(hours=20))
    assert "sessions.forget" in {one.kind for one in jobs.plan_days(clock.now())}
    jobs.run_due(clock.now())
    assert Session.objects.count() == 1
    lin.get("/me")


def test_a_session_copied_into_another_row_holds_nothing(mei: Api, lin: Api) -> None:
    """Who can write to the database still cannot make their session the administrator's."""
    data = Session.objects.get(pk=mei.client.session.session_key).session_data
    Session.objects.filter(pk=lin.client.session.session_key).update(session_data=data)
    lin.get("/me", 401)
    mei.get("/me")
