"""Second factors: TOTP, recovery codes, passkeys, and roles that ask for one."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session

from tests.access.door import CODES, KEYS, TOTP, Visitor, code_of, errors_of, with_password
from tests.access.passkey import Passkey
from tests.people import Api, hire, queries_of, role_of
from zhike.access import factors
from zhike.access.models import Organisation, Person
from zhike.access.rights import ADMINISTRATOR
from zhike.base import keyring
from zhike.trail.models import Event

STEP_2 = "/auth/2fa/authenticate"
ORIGIN = "http://localhost"


@pytest.fixture
def chief(organisation: Organisation) -> Person:
    return hire("周管理", "zhou", ADMINISTRATOR)


@pytest.fixture
def mei_herself(chief: Person) -> Person:
    return with_password(chief)


@pytest.fixture
def enrolled(mei_herself: Person, frozen: time_machine.Coordinates) -> str:
    """Her TOTP secret; the code that set it up has passed."""
    visitor = Visitor()
    visitor.sign_in()
    secret = visitor.enrol()
    frozen.shift(timedelta(minutes=2))
    return secret


def told(verb: str) -> list[dict[str, Any]]:
    return [one.data for one in Event.objects.filter(verb=verb).order_by("id")]


def test_half_way_is_not_in(enrolled: str) -> None:
    visitor = Visitor()
    half = visitor.sign_in()
    assert half.status_code == 401
    pending = [flow for flow in half.json()["data"]["flows"] if flow.get("is_pending")]
    assert [flow["id"] for flow in pending] == ["mfa_authenticate"]
    assert visitor.me() == 401
    for method, path in (("GET", "/account/authenticators"), ("GET", "/auth/sessions")):
        assert visitor.ask(method, path).status_code == 401
    assert visitor.ask("DELETE", TOTP).status_code == 401
    assert visitor.ask("POST", STEP_2, {"code": code_of(enrolled)}).status_code == 200
    assert visitor.me() == 200
    assert told("session.signed_in")[-1] == {"how": "password", "factor": "totp"}


def test_a_code_works_once(enrolled: str) -> None:
    code = code_of(enrolled)
    first, second = Visitor(), Visitor()
    first.sign_in()
    second.sign_in()
    assert first.ask("POST", STEP_2, {"code": code}).status_code == 200
    again = second.ask("POST", STEP_2, {"code": f"{code[:3]} {code[3:]}"})
    assert errors_of(again) == ["incorrect_code"]
    assert second.me() == 401


def test_a_used_code_stays_used_as_long_as_it_is_valid(
    enrolled: str, frozen: time_machine.Coordinates
) -> None:
    code = code_of(enrolled, 1)  # a clock half a minute fast
    first, second = Visitor(), Visitor()
    first.sign_in()
    second.sign_in()
    assert first.ask("POST", STEP_2, {"code": code}).status_code == 200
    frozen.shift(timedelta(seconds=45))  # longer than allauth itself remembers
    assert errors_of(second.ask("POST", STEP_2, {"code": code})) == ["incorrect_code"]


def test_five_wrong_codes_lock_the_right_one_out(
    enrolled: str, frozen: time_machine.Coordinates
) -> None:
    visitor = Visitor()
    visitor.sign_in()
    wrong = "000000" if code_of(enrolled) != "000000" else "111111"
    for _ in range(5):
        assert errors_of(visitor.ask("POST", STEP_2, {"code": wrong})) == ["incorrect_code"]
    right = {"code": code_of(enrolled)}
    assert errors_of(visitor.ask("POST", STEP_2, right)) == ["too_many_login_attempts"]
    other = Visitor()
    other.sign_in()
    assert errors_of(other.ask("POST", STEP_2, right)) == ["too_many_login_attempts"]
    failed = told("session.failed")
    assert len(failed) == 5
    assert failed[-1] == {"username": "mei", "reason": "code", "locked": True}
    frozen.shift(timedelta(minutes=6))
    last = Visitor()
    last.sign_in()
    assert last.ask("POST", STEP_2, {"code": code_of(enrolled)}).status_code == 200


def test_recovery_codes_work_once_each_and_are_limited(enrolled: str) -> None:
    visitor = Visitor()
    visitor.sign_in()
    visitor.ask("POST", STEP_2, {"code": code_of(enrolled)})
    visitor.prove()
    codes = visitor.ask("POST", CODES, {}).json()["data"]["unused_codes"]
    assert len(set(codes)) == 10
    assert len(told("recovery_codes.made")) == 2  # with TOTP, and now anew
    first, second = Visitor(), Visitor()
    first.sign_in()
    second.sign_in()
    assert first.ask("POST", STEP_2, {"code": codes[0]}).status_code == 200
    assert told("session.signed_in")[-1]["factor"] == "recovery_codes"
    assert errors_of(second.ask("POST", STEP_2, {"code": codes[0]})) == ["incorrect_code"]
    for _ in range(4):
        second.ask("POST", STEP_2, {"code": "12345678"})
    assert errors_of(second.ask("POST", STEP_2, {"code": codes[1]})) == ["too_many_login_attempts"]


def test_secrets_are_sealed_each_for_its_owner(enrolled: str, chief: Person) -> None:
    visitor = Visitor()
    visitor.sign_in()
    visitor.ask("POST", STEP_2, {"code": code_of(enrolled)})
    visitor.prove()
    codes = visitor.ask("POST", CODES, {}).json()["data"]["unused_codes"]
    stored = json.dumps([one.data for one in Authenticator.objects.all()])
    assert enrolled not in stored
    assert not any(code in stored for code in codes)
    # A secret moved to somebody else's row opens for nobody.
    sealed = Authenticator.objects.get(type="totp").data["secret"]
    with factors.owned_by(chief), pytest.raises(keyring.Tampered):
        factors.unseal(sealed)


def test_a_secret_not_yet_confirmed_is_sealed_too(mei_herself: Person) -> None:
    visitor = Visitor()
    visitor.sign_in()
    visitor.prove()
    secret = visitor.ask("GET", TOTP).json()["meta"]["secret"]
    held = Session.objects.get(session_key=visitor.client.cookies["sessionid"].value)
    assert secret not in held.session_data
    assert held.get_decoded  # the row is a session's, only its content is sealed


def test_setting_up_asks_for_the_password_again(mei_herself: Person) -> None:
    visitor = Visitor()
    visitor.sign_in()
    secret = visitor.ask("GET", TOTP).json()["meta"]["secret"]
    refused = visitor.ask("POST", TOTP, {"code": code_of(secret)})
    assert refused.status_code == 401
    assert refused.json()["meta"]["is_authenticated"] is True
    assert not Authenticator.objects.exists()


def test_factors_come_and_go_in_the_trail(enrolled: str) -> None:
    assert told("factor.added") == [{"type": "totp", "name": ""}]
    visitor = Visitor()
    visitor.sign_in()
    visitor.ask("POST", STEP_2, {"code": code_of(enrolled)})
    visitor.prove()
    assert visitor.ask("DELETE", TOTP).status_code == 200
    assert told("factor.removed") == [{"type": "totp", "name": ""}]
    assert not Authenticator.objects.exists()  # recovery codes alone are no second factor
    text = str([one.data for one in Event.objects.all()])
    assert enrolled not in text


def test_who_lost_everything_begins_anew(enrolled: str, mei_herself: Person) -> None:
    visitor = Visitor()
    visitor.sign_in()
    visitor.ask("POST", STEP_2, {"code": code_of(enrolled)})
    assert factors.remove_all(mei_herself) == 1
    assert visitor.me() == 401
    assert not Authenticator.objects.exists()
    assert told("factor.removed") == [{"type": "totp", "name": ""}]
    assert Visitor().sign_in().status_code == 200


class TestRoleThatAsksForIt:
    @pytest.fixture(autouse=True)
    def strict(self, organisation: Organisation) -> None:
        role = role_of("sales")
        role.needs_second_factor = True
        role.save()

    def test_nothing_works_before_it_is_set_up(
        self, mei_herself: Person, digest: Callable[[], str]
    ) -> None:
        visitor = Visitor()
        visitor.sign_in()
        me = visitor.client.get("/api/v1/me")
        assert me.json()["second_factor"] == {"required": True, "enrolled": False}
        before = digest()
        for method, path, body in (
            ("GET", "/customers", None),
            ("GET", "/today", None),
            ("POST", "/me", {}),
            ("POST", "/customers", {"name": "华为", "kind": "company"}),
            ("GET", "/tokens", None),
        ):
            found = visitor.send(method, f"/api/v1{path}", body)
            if found.status_code != 405:
                assert found.status_code == 403
                assert found.json()["code"] == "second_factor_needed"
        assert digest() == before
        visitor.enrol()
        assert visitor.client.get("/api/v1/customers").status_code == 200
        me = visitor.client.get("/api/v1/me")
        assert me.json()["second_factor"] == {"required": True, "enrolled": True}

    def test_the_last_one_cannot_be_removed(self, enrolled: str) -> None:
        visitor = Visitor()
        visitor.sign_in()
        visitor.ask("POST", STEP_2, {"code": code_of(enrolled)})
        visitor.prove()
        refused = visitor.ask("DELETE", TOTP)
        assert (refused.status_code, errors_of(refused)) == (409, ["cannot_delete_authenticator"])
        assert visitor.client.get("/api/v1/customers").status_code == 200

    def test_a_program_needs_none(self, chief: Person) -> None:
        from zhike.access import actions, tokens
        from zhike.base import clock

        program = actions.add_service_account(
            actor=chief, now=clock.now(), name="同步程序", role="sales"
        )
        _token, plain = tokens.issue(actor=chief, now=clock.now(), name="同步", person=program)
        headers = {"Authorization": f"Bearer {plain}"}
        assert Visitor().client.get("/api/v1/customers", headers=headers).status_code == 200


def test_other_roles_pay_no_query_for_it(mei: Api) -> None:
    mei.get("/tags")
    relaxed = queries_of(lambda: mei.get("/tags"))
    role = role_of("sales")
    role.needs_second_factor = True
    role.save()
    Authenticator.objects.create(user=mei.person, type="webauthn", data={"name": "钥匙"})
    assert queries_of(lambda: mei.get("/tags")) == relaxed + 1


class TestPasskeys:
    @pytest.fixture
    def passkey(self, mei_herself: Person) -> Passkey:
        visitor = Visitor("localhost")
        visitor.sign_in()
        visitor.prove()
        options = visitor.ask("GET", f"{KEYS}?passwordless").json()["data"]["creation_options"]
        passkey = Passkey(ORIGIN, "localhost")
        body = {"credential": passkey.register(options), "name": "手机", "passwordless": True}
        found = visitor.ask("POST", KEYS, body)
        assert found.status_code == 200, found.content
        return passkey

    def enter(self, passkey: Passkey, visitor: Visitor, **how: Any) -> Any:
        data = visitor.ask("GET", "/auth/webauthn/login").json()["data"]
        credential = passkey.answer(data["request_options"], **how)
        return visitor.ask("POST", "/auth/webauthn/login", {"credential": credential})

    def test_it_alone_signs_in(self, passkey: Passkey) -> None:
        visitor = Visitor("localhost")
        assert self.enter(passkey, visitor).status_code == 200
        assert visitor.me() == 200
        assert told("factor.added") == [{"type": "webauthn", "name": "手机"}]
        assert told("session.signed_in")[-1] == {"how": "passkey"}

    def test_after_a_password_it_is_the_second_step(self, passkey: Passkey) -> None:
        visitor = Visitor("localhost")
        assert visitor.sign_in().status_code == 401
        data = visitor.ask("GET", "/auth/webauthn/authenticate").json()["data"]
        body = {"credential": passkey.answer(data["request_options"])}
        assert visitor.ask("POST", "/auth/webauthn/authenticate", body).status_code == 200
        assert visitor.me() == 200

    @pytest.mark.parametrize("lie", ["other_key", "other_place", "not_verified", "replayed"])
    def test_a_false_one_stays_outside(self, passkey: Passkey, lie: str) -> None:
        visitor = Visitor("localhost")
        if lie == "other_key":
            passkey.key = Passkey(ORIGIN, "localhost").key
        if lie == "other_place":
            passkey.origin = "http://evil.example"
        if lie == "replayed":
            options = visitor.ask("GET", "/auth/webauthn/login").json()["data"]["request_options"]
            credential = passkey.answer(options)
            visitor.ask("GET", "/auth/webauthn/login")  # asks anew
            found = visitor.ask("POST", "/auth/webauthn/login", {"credential": credential})
        else:
            found = self.enter(passkey, visitor, verified=lie != "not_verified")
        assert found.status_code == 400
        assert visitor.me() == 401

    @pytest.mark.parametrize("change", [{"is_active": False}, {"is_service": True}])
    def test_a_closed_account_opens_to_no_key(
        self, passkey: Passkey, change: dict[str, bool]
    ) -> None:
        Person.objects.filter(username="mei").update(**change)
        visitor = Visitor("localhost")
        assert self.enter(passkey, visitor).status_code == 403
        assert visitor.me() == 401
        assert told("session.failed")[-1] == {"username": "mei", "reason": "closed"}


@pytest.mark.parametrize(
    ("host", "offered"),
    [("localhost", True), ("127.0.0.1", False), ("[::1]", False), ("testserver", False)],
)
def test_passkeys_are_offered_where_browsers_allow_them(
    organisation: Organisation, host: str, offered: bool
) -> None:
    found = Visitor(host).client.get("/api/v1/sign-in").json()
    assert found == {"providers": [], "passkeys": offered}
