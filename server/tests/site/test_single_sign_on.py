"""Single sign-on: the whole dance with an OpenID Connect provider, honest and lying."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from pytest_django.fixtures import Settings

from tests.access.door import TOTP, Visitor, code_of, with_password
from tests.people import hire
from tests.site import installation, oidc_provider
from tests.site.oidc_provider import CLIENT_ID, CLIENT_SECRET, LIES, Provider
from zhike.access.models import Organisation, Person
from zhike.access.rights import ADMINISTRATOR
from zhike.base import clock
from zhike.trail.models import Event

MEI = {"sub": "248289761001", "email": "mei@example.com", "email_verified": True, "name": "梅"}
LEAVE = "/_allauth/browser/v1/auth/provider/redirect"


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with oidc_provider.running() as running:
        yield running


@pytest.fixture(autouse=True)
def honest(provider: Provider) -> None:
    provider.lie, provider.person = "", dict(MEI)
    provider.asked.clear()


@pytest.fixture
def wired(provider: Provider, settings: Settings, db: None) -> Provider:
    """The provider as ours is set to it."""
    app = {"provider_id": "oidc", "name": "公司账号", "client_id": CLIENT_ID}
    app |= {"secret": CLIENT_SECRET}
    app["settings"] = {"server_url": provider.url, "oauth_pkce_enabled": True}
    kept = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": kept | {"APPS": [app]}}
    settings.ZHIKE_PROVIDERS = [{"id": "oidc", "name": "公司账号"}]
    settings.ZHIKE_OIDC_MATCH = "email"
    return provider


@pytest.fixture
def mei(wired: Provider) -> Person:
    Organisation.objects.create(id=Organisation.THE, name="晨星", created_at=clock.now())
    person = with_password(hire("周管理", "zhou", ADMINISTRATOR))
    Person.objects.filter(pk=person.pk).update(email="Mei@Example.com")
    return person


def page_to_provider(page: str) -> str:
    """Where the page that leads to the provider leads; it holds no script."""
    assert "<script" not in page
    found = re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', page)
    assert found, page
    return html.unescape(found.group(1))


def leave(visitor: Visitor, process: str = "login", next_url: str = "/today") -> Any:
    cookie = visitor.client.cookies["csrftoken"].value
    body = {"provider": "oidc", "callback_url": next_url, "process": process}
    return visitor.client.post(LEAVE, body | {"csrfmiddlewaretoken": cookie})


def dance(visitor: Visitor, **how: str) -> str:
    """Go to the provider and come back; returns where one ends up."""
    page = leave(visitor, **how)
    assert page.status_code == 200, page.content
    back = requests.get(
        page_to_provider(page.content.decode()), allow_redirects=False, timeout=10
    ).headers["Location"]
    parts = urlsplit(back)
    found = visitor.client.get(parts.path, dict(parse_qsl(parts.query)))
    assert found.status_code == 302, found.content
    return str(found["Location"])


def told(verb: str) -> list[dict[str, Any]]:
    return [one.data for one in Event.objects.filter(verb=verb).order_by("id")]


def test_a_verified_address_brings_its_person_in(mei: Person, provider: Provider) -> None:
    visitor = Visitor()
    assert visitor.client.get("/api/v1/sign-in").json()["providers"] == [
        {"id": "oidc", "name": "公司账号"}
    ]
    assert dance(visitor) == "/today"
    assert visitor.client.get("/api/v1/me").json()["username"] == "mei"
    (asked,) = provider.asked
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["nonce"]) > 40
    assert told("sso.linked") == [{"provider": "oidc"}]
    assert told("session.signed_in") == [{"how": "sso", "provider": "oidc"}]
    account = SocialAccount.objects.get()
    assert (account.user, account.uid, account.extra_data) == (mei, MEI["sub"], {})


def test_once_linked_the_address_no_longer_matters(mei: Person, provider: Provider) -> None:
    dance(Visitor())
    provider.person = {"sub": MEI["sub"], "email": "new@example.com", "email_verified": False}
    visitor = Visitor()
    assert dance(visitor) == "/today"
    assert visitor.me() == 200
    assert SocialAccount.objects.get().extra_data == {}
    assert len(told("sso.linked")) == 1


@pytest.mark.parametrize(
    ("person", "code"),
    [
        ({"email_verified": False}, "sso_unverified"),
        ({"email_verified": "false"}, "sso_unverified"),
        ({"email_verified": None}, "sso_unverified"),
        ({"email": "stranger@example.com"}, "sso_unknown"),
        ({"email": ""}, "sso_unknown"),
        ({"email": "%"}, "sso_unknown"),
    ],
)
def test_who_is_not_surely_ours_stays_outside(
    mei: Person, provider: Provider, person: dict[str, Any], code: str
) -> None:
    provider.person |= person
    visitor = Visitor()
    assert dance(visitor) == f"/sign-in?error={code}"
    assert visitor.me() == 401
    assert not SocialAccount.objects.exists()
    assert Person.objects.count() == 2
    (failed,) = told("session.failed")
    assert failed["reason"] == code
    assert "stranger" not in failed["username"]


def test_of_two_with_one_address_nobody_is_meant(mei: Person) -> None:
    twin = hire("另一位", "twin")
    Person.objects.filter(pk=twin.pk).update(email="mei@example.com")
    assert dance(Visitor()) == "/sign-in?error=sso_unknown"
    Person.objects.filter(pk=twin.pk).update(is_active=False)
    visitor = Visitor()
    assert dance(visitor) == "/today"
    assert visitor.client.get("/api/v1/me").json()["username"] == "mei"


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_service": True}])
@pytest.mark.parametrize("linked", [False, True])
def test_a_closed_account_and_a_program_stay_outside(
    mei: Person, change: dict[str, bool], linked: bool
) -> None:
    if linked:
        dance(Visitor())
    Person.objects.filter(pk=mei.pk).update(**change)
    visitor = Visitor()
    assert dance(visitor) in ("/sign-in?error=sso_closed", "/sign-in?error=sso_unknown")
    assert visitor.me() == 401


def test_the_name_matches_where_so_set(mei: Person, provider: Provider, settings: Settings) -> None:
    settings.ZHIKE_OIDC_MATCH = "username"
    assert dance(Visitor()) == "/sign-in?error=sso_unknown"  # the address counts for nothing now
    provider.person = {"sub": "7", "preferred_username": "mei"}
    visitor = Visitor()
    assert dance(visitor) == "/today"
    assert visitor.me() == 200
    provider.person = {"sub": "8", "preferred_username": "MEI"}
    assert dance(Visitor()) == "/sign-in?error=sso_unknown"


def test_without_matching_one_links_oneself(mei: Person, settings: Settings) -> None:
    settings.ZHIKE_OIDC_MATCH = "none"
    assert dance(Visitor()) == "/sign-in?error=sso_unknown"
    visitor = Visitor()
    visitor.sign_in()
    visitor.prove()
    assert dance(visitor, process="connect", next_url="/settings") == "/settings"
    assert told("sso.linked") == [{"provider": "oidc"}]
    other = Visitor()
    assert dance(other) == "/today"
    assert other.me() == 200
    listed = visitor.ask("GET", "/account/providers").json()["data"]
    gone = {"provider": "oidc", "account": listed[0]["uid"]}
    assert visitor.ask("DELETE", "/account/providers", gone).status_code == 200
    assert told("sso.unlinked") == [{"provider": "oidc"}]
    assert dance(Visitor()) == "/sign-in?error=sso_unknown"


def test_linking_asks_for_the_password_again(mei: Person) -> None:
    visitor = Visitor()
    visitor.sign_in()
    end = dance(visitor, process="connect", next_url="/settings")
    assert "error=reauthentication_required" in end
    assert not SocialAccount.objects.exists()


def test_an_account_linked_to_one_goes_to_no_other(mei: Person) -> None:
    dance(Visitor())
    with_password(Person.objects.get(username="zhou"), "lin")
    visitor = Visitor()
    visitor.sign_in("lin")
    visitor.prove()
    assert "error=" in dance(visitor, process="connect", next_url="/settings")
    assert SocialAccount.objects.get().user == mei


@pytest.mark.parametrize("lie", LIES)
def test_a_lying_provider_is_not_believed(mei: Person, provider: Provider, lie: str) -> None:
    provider.lie = lie
    visitor = Visitor()
    code = "sso_cancelled" if lie == "refused" else "sso_failed"
    assert dance(visitor) == f"/sign-in?error={code}"
    assert visitor.me() == 401
    assert not SocialAccount.objects.exists()


def test_the_answer_to_one_browser_is_none_for_another(mei: Person) -> None:
    victim, thief = Visitor(), Visitor()
    leave(victim)
    url = page_to_provider(leave(thief).content.decode())
    back = requests.get(url, allow_redirects=False, timeout=10).headers["Location"]
    parts = urlsplit(back)
    found = victim.client.get(parts.path, dict(parse_qsl(parts.query)))
    assert found["Location"] == "/sign-in?error=sso_failed"
    assert victim.me() == 401


def test_an_answer_works_once(mei: Person) -> None:
    visitor = Visitor()
    url = page_to_provider(leave(visitor).content.decode())
    back = urlsplit(requests.get(url, allow_redirects=False, timeout=10).headers["Location"])
    query = dict(parse_qsl(back.query))
    assert visitor.client.get(back.path, query)["Location"] == "/today"
    again = visitor.client.get(back.path, query)
    assert again["Location"] == "/sign-in?error=sso_failed"


def test_a_second_factor_is_asked_for_here_too(mei: Person) -> None:
    own = Visitor()
    own.sign_in()
    secret = own.enrol()
    assert own.ask("GET", TOTP).status_code == 200
    visitor = Visitor()
    assert dance(visitor) == "/today"
    assert visitor.me() == 401
    code = {"code": code_of(secret)}
    assert visitor.ask("POST", "/auth/2fa/authenticate", code).status_code == 200
    assert visitor.me() == 200
    last = {"how": "sso", "provider": "oidc", "factor": "totp"}
    assert told("session.signed_in")[-1] == last


@pytest.mark.parametrize("place", ["https://evil.example/", "//evil.example", "http://localhost/x"])
def test_nobody_is_led_to_a_strange_place(mei: Person, place: str) -> None:
    found = leave(Visitor(), next_url=place)
    assert found.status_code == 302
    assert found["Location"].startswith("/sign-in?error=")


def test_leaving_needs_the_csrf_proof(mei: Person) -> None:
    visitor = Visitor()
    body = {"provider": "oidc", "callback_url": "/today", "process": "login"}
    assert visitor.client.post(LEAVE, body).status_code == 403


def test_a_provider_that_is_down_is_told(mei: Person, settings: Settings) -> None:
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["server_url"] = "http://127.0.0.1:9"
    assert leave(Visitor())["Location"] == "/sign-in?error=sso_failed"


@pytest.mark.django_db
def test_without_a_provider_there_is_none() -> None:
    assert leave(Visitor())["Location"] == "/sign-in?error=sso_failed"
    client = Client()
    assert client.get("/_allauth/oidc/callback?code=x&state=y").status_code == 404
    assert client.get("/_allauth/dingtalk/callback?code=x").status_code == 404
    for path in ("auth/provider/signup", "auth/provider/token"):
        found = client.post(f"/_allauth/browser/v1/{path}", "{}", content_type="application/json")
        assert found.status_code == 404, path


def test_against_a_live_installation(provider: Provider) -> None:
    """Everything in its own process, over HTTP, with the settings an administrator writes."""
    with installation.running(
        ZHIKE_OIDC_ISSUER=provider.url,
        ZHIKE_OIDC_CLIENT_ID=CLIENT_ID,
        ZHIKE_OIDC_CLIENT_SECRET=CLIENT_SECRET,
        ZHIKE_OIDC_NAME="公司账号",
        ZHIKE_OIDC_MATCH="username",
        ZHIKE_DINGTALK_ID="ding",
        ZHIKE_DINGTALK_SECRET="secret",
    ) as live:
        provider.person = {"sub": "1", "preferred_username": live.username}
        with requests.Session() as browser:
            offered = browser.get(f"{live.url}/api/v1/sign-in", timeout=20).json()
            assert [one["name"] for one in offered["providers"]] == ["公司账号", "钉钉"]
            browser.get(f"{live.url}/_allauth/browser/v1/config", timeout=20)
            body = {"provider": "oidc", "callback_url": "/", "process": "login"}
            proof = {"csrfmiddlewaretoken": browser.cookies["csrftoken"]}
            page = browser.post(live.url + LEAVE, data=body | proof, timeout=20)
            assert page.url.startswith(live.url)  # our policy lets forms go nowhere else
            browser.get(page_to_provider(page.text), timeout=20)
            me = browser.get(f"{live.url}/api/v1/me", timeout=20)
            assert me.json()["username"] == live.username
            listed = browser.get(f"{live.url}/_allauth/browser/v1/auth/sessions", timeout=20)
            assert [one["ip"] for one in listed.json()["data"]] == ["127.0.0.1"]
            body["provider"] = "dingtalk"
            proof = {"csrfmiddlewaretoken": browser.cookies["csrftoken"]}
            page = browser.post(live.url + LEAVE, data=body | proof, timeout=20)
            there = page_to_provider(page.text)
            assert there.startswith("https://login.dingtalk.com/oauth2/auth?")
            assert "%2F_allauth%2Fdingtalk%2Fcallback" in there
