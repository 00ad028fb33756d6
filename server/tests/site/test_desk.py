"""The front desk by its public door: errors in Chinese, limits, headers, health, the page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from zhike.access import actions
from zhike.access.models import Person
from zhike.base import clock
from zhike.site import preloads
from zhike.site.requests import address_of

pytestmark = pytest.mark.django_db
PASSWORD = "jiangnan-chunyu-88"


@pytest.fixture
def administrator() -> Person:
    actions.set_up(
        organisation="江南贸易",
        name="王老板",
        username="laoban",
        password=PASSWORD,
        now=clock.now(),
    )
    return Person.objects.get(username="laoban")


def sign_in(client: Client, username: str, password: str) -> Any:
    return client.post(
        "/_allauth/browser/v1/auth/login",
        json.dumps({"username": username, "password": password}),
        content_type="application/json",
    )


def test_health(client: Client) -> None:
    assert client.get("/livez").content == b"ok"
    assert client.get("/readyz").status_code == 200


def test_unknown_api_address_is_a_problem_and_not_the_page(client: Client) -> None:
    for path in ("/api/v1/nothing", "/api/", "/api/v2/customers", "/assets/gone.js"):
        answer = client.get(path)
        assert answer.status_code == 404, path
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["code"] == "not_found"


def test_signed_out(client: Client) -> None:
    answer = client.get("/api/v1/me")
    assert answer.status_code == 401
    assert answer.json() == {"status": 401, "code": "signed_out", "title": "请先登录。"}


def test_headers(client: Client) -> None:
    answer = client.get("/api/v1/setup")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "script-src" not in policy  # so scripts fall under default-src: no inline ones
    assert "unsafe-eval" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]
    assert "publickey-credentials-get=(self)" in answer["Permissions-Policy"]
    assert "Strict-Transport-Security" not in answer  # there is no TLS here
    assert len(answer["X-Request-ID"]) == 32


@pytest.mark.parametrize("path", ["/", "/api/v1/me", "/_allauth/browser/v1/config", "/gone", "/x"])
def test_every_answer_carries_them(client: Client, settings: Settings, path: str) -> None:
    settings.SECURE_HSTS_SECONDS = 3600
    answer = client.get(path)
    policy = answer["Content-Security-Policy"]
    for rule in (
        "default-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
    ):
        assert rule in policy
    scripts = [part for part in policy.split(";") if "unsafe-inline" in part]
    assert [part.split()[0] for part in scripts] == ["style-src"]
    assert answer["Strict-Transport-Security"] == "max-age=3600"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "geolocation=()" in answer["Permissions-Policy"]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (0, "", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.7, 203.0.113.9", "203.0.113.9"),  # what the client wrote is not believed
        (2, "198.51.100.7, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1"),  # it came past the proxies
        (1, "nonsense", "0.0.0.0"),
        (1, "", "192.0.2.1"),
    ],
)
def test_only_our_own_proxies_say_where_a_request_comes_from(
    settings: Settings, proxies: int, forwarded: str, address: str
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    extra = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    request = RequestFactory(REMOTE_ADDR="192.0.2.1").get("/", **extra)
    assert address_of(request) == address


def test_strange_host_is_turned_away(client: Client) -> None:
    answer = client.get("/api/v1/setup", HTTP_HOST="evil.example")
    assert answer.status_code == 400
    assert "ZHIKE_HOSTS" in answer.json()["title"]


def test_sign_in_speaks_chinese_and_locks_out(client: Client, administrator: Person) -> None:
    first = sign_in(client, "laoban", "wrong").json()
    assert first["errors"][0]["message"] == "登录名或密码不对，请重新输入。"
    for _attempt in range(4):
        sign_in(client, "laoban", "wrong")
    locked = sign_in(client, "laoban", PASSWORD)
    assert locked.status_code == 400
    assert locked.json()["errors"][0]["code"] == "too_many_login_attempts"
    assert "五分钟" in locked.json()["errors"][0]["message"]


def test_sign_in_and_out(client: Client, administrator: Person) -> None:
    assert sign_in(client, "laoban", PASSWORD).status_code == 200
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert client.get("/api/v1/me").json()["username"] == "laoban"
    assert client.delete("/_allauth/browser/v1/auth/session").status_code == 401
    assert client.get("/api/v1/me").status_code == 401


def test_closed_account_cannot_sign_in(client: Client, administrator: Person) -> None:
    Person.objects.update(is_active=False)
    assert sign_in(client, "laoban", PASSWORD).status_code != 200
    assert client.get("/api/v1/me").status_code == 401


def test_nobody_signs_up_and_nothing_is_mailed(client: Client) -> None:
    for path in ("auth/signup", "auth/password/request", "account/email", "auth/code/request"):
        answer = client.post(f"/_allauth/browser/v1/{path}", "{}", content_type="application/json")
        assert answer.status_code == 404, path


def test_write_without_csrf_token_is_refused(administrator: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(administrator)
    answer = client.post("/api/v1/tags", '{"name": "高意向"}', content_type="application/json")
    assert answer.status_code == 403
    assert answer.json()["code"] == "csrf"
    assert sign_in(client, "laoban", PASSWORD).json()["code"] == "csrf"


def test_invalid_input_names_the_field_in_chinese(client: Client, administrator: Person) -> None:
    client.force_login(administrator)
    answer = client.post("/api/v1/departments", "{}", content_type="application/json")
    body = answer.json()
    assert (answer.status_code, body["code"], body["field"]) == (422, "invalid", "name")
    assert body["errors"] == [{"field": "name", "message": "name：必填，请补上。"}]
    broken = client.post("/api/v1/departments", "{", content_type="application/json")
    assert broken.status_code == 400
    assert broken.json()["code"] == "bad_request"


def test_wrong_method(client: Client) -> None:
    answer = client.put("/api/v1/setup")
    assert answer.status_code == 405
    assert answer.json()["code"] == "method_not_allowed"
    assert "GET" in answer["Allow"]


def test_too_large_a_body_is_turned_away_unread(client: Client) -> None:
    body = b'{"name": "' + b"x" * (2 * 1024 * 1024) + b'"}'
    answer = client.post("/api/v1/departments", body, content_type="application/json")
    assert answer.status_code == 413
    assert "最多 2 MB" in answer.json()["title"]


def test_unforeseen_error_tells_only_a_number(
    client: Client, administrator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_person: Person) -> None:
        raise RuntimeError("13800138000")

    monkeypatch.setattr("zhike.access.queries.described", broken)
    client.force_login(administrator)
    client.raise_request_exception = False
    answer = client.get("/api/v1/me")
    assert answer.status_code == 500
    assert answer.json()["code"] == "server_error"
    assert answer.json()["request_id"] == answer["X-Request-ID"]
    assert "13800138000" not in answer.content.decode()


def test_page_carries_boot_data_that_cannot_break_out(
    client: Client, administrator: Person, tmp_path: Path, settings: Settings
) -> None:
    slot = '<script type="application/json" id="boot"></script>'
    (tmp_path / "index.html").write_text(f"<html>{slot}<b></b></html>", encoding="utf-8")
    settings.WEB_CLIENT, settings.DEBUG = tmp_path, True
    Person.objects.update(name="</script><script>alert(1)</script>")
    client.force_login(administrator)
    answer = client.get("/customers/17?q=x")
    text = answer.content.decode()
    assert text.count("<script") == 1
    boot = json.loads(text.split('id="boot">')[1].split("</script>")[0])
    assert boot["me"]["name"] == "</script><script>alert(1)</script>"
    assert boot["setup_needed"] is False
    assert "csrftoken" in answer.cookies
    assert "no-store" in answer["Cache-Control"]


def test_page_preloads_what_its_address_shows(
    client: Client, administrator: Person, tmp_path: Path, settings: Settings
) -> None:
    slot = '<script type="application/json" id="boot"></script>'
    (tmp_path / "index.html").write_text(slot, encoding="utf-8")
    manifest = {
        "index.html": {"file": "assets/index.js", "imports": ["_shared.js"]},
        "_shared.js": {"file": "assets/shared.js"},
        "_grid.js": {"file": "assets/grid.js", "css": ["assets/grid.css"]},
        "src/app/pages/CustomersPage.tsx": {
            "file": "assets/customers.js",
            "imports": ["_shared.js", "_grid.js"],
        },
        "src/app/pages/SignInPage.tsx": {"file": "assets/sign-in.js"},
    }
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    settings.WEB_CLIENT, settings.DEBUG = tmp_path, True
    assert "sign-in.js" in client.get("/customers").content.decode()
    client.force_login(administrator)
    text = client.get("/customers?q=x").content.decode()
    for file in ("customers.js", "grid.js", "grid.css"):
        assert f"/assets/{file}" in text
    assert "shared.js" not in text  # the entry brings it
    assert "customers.js" not in client.get("/").content.decode()


def test_preloaded_pages_are_the_clients() -> None:
    folder = preloads.__file__.split("/server/")[0] + "/web/src/app/pages"
    pages = {page for _pattern, page in preloads.PAGES} | {preloads.SETUP, preloads.SIGN_IN}
    assert pages <= {path.stem for path in Path(folder).glob("*.tsx")}


def test_description_is_complete_and_local(client: Client) -> None:
    answer = client.get("/api/v1/openapi.json")
    assert answer.status_code == 200
    assert "/api/v1/me" in answer.json()["paths"]
    assert client.get("/api/v1/docs").status_code == 404
