"""The front desk against odd addresses, hosts, headers and queries; what every answer carries."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.people import Api, assert_problem, boss, frozen, organisation

__all__ = ["boss", "frozen", "organisation"]
pytestmark = pytest.mark.django_db
PATHS = [
    "/../../etc/passwd",
    "/assets/../../../pyproject.toml",
    "/assets/..%2f..%2f..%2fpyproject.toml",
    "/assets/%2e%2e/%2e%2e/server/zhike/site/settings.py",
    "/assets//etc/passwd",
    "/assets/..\\..\\pyproject.toml",
    "/assets/x%00.js",
    "/static/../keys.json",
    "/.git/config",
    "/index.html",
    "/manifest.json",
    "//evil.example/%2e%2e",
    "/\\evil.example",
    "/sign-in?next=//evil.example",
    "/%0d%0aSet-Cookie:%20a=b",
]


@pytest.mark.parametrize("path", PATHS)
def test_no_address_leads_outside(client: Client, path: str) -> None:
    client.raise_request_exception = False
    response = client.get(path)
    assert response.status_code in (200, 400, 404, 503), response.status_code
    body = b"".join(response) if response.streaming else response.content
    for secret in (b"root:", b"SECRET_KEY", b"[project]", b"[core]", b'"keys"'):
        assert secret not in body
    assert "Location" not in response
    assert "a" not in response.cookies
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/", "/api/v1/me", "/api/v1/nothing", "/livez", "/customers/1"])
def test_every_answer_is_guarded(client: Client, path: str) -> None:
    response = client.get(path)
    policy = response["Content-Security-Policy"]
    for needed in ("default-src 'self'", "object-src 'none'", "frame-ancestors 'none'", "base-uri"):
        assert needed in policy
    scripts = [part for part in policy.split(";") if "script-src" in part or "default-src" in part]
    assert not any("unsafe" in part or "*" in part for part in scripts)
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert "Server" not in response


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_HOST": "evil.example"},
        {"HTTP_HOST": "127.0.0.1:8000@evil.example"},
        {"HTTP_HOST": "a" * 3000},
        {"HTTP_HOST": ""},
        {"HTTP_HOST": "localhost\r\nX: y"},
    ],
)
def test_hosts_are_not_believed(client: Client, headers: dict[str, str]) -> None:
    response = client.get("/api/v1/me", **headers)  # type: ignore[arg-type]
    assert response.status_code in (400, 401)
    assert_problem(response)
    assert "evil" not in response.content.decode()
    assert "evil" not in client.get("/", HTTP_X_FORWARDED_HOST="evil.example").content.decode()


def test_huge_queries_are_answered(boss: Api) -> None:
    boss.client.raise_request_exception = False
    for query in (
        "q=" + "长" * 100_000,
        "&".join("type=existing" for _ in range(5000)),
        "&".join(f"a{number}=1" for number in range(5000)),
        "cursor=" + "A" * 100_000,
        "sort=" + "x" * 100_000,
        "%ff%fe=%ff",
        "q=%ff",
        "type=" + ",".join(["x"] * 5000),
        "limit=" + "9" * 5000,
    ):
        response = boss.client.get(f"/api/v1/customers?{query}")
        assert response.status_code < 500, query[:40]
        if response.status_code >= 400:
            assert_problem(response)


def test_lengths_that_lie(client: Client) -> None:
    for length in ("-1", "abc", "１２", "1e3", "9" * 400):
        extra: dict[str, Any] = {"CONTENT_LENGTH": length}
        response = client.generic(
            "POST", "/api/v1/customers", b"{}", content_type="application/json", **extra
        )
        assert 400 <= response.status_code < 500
        assert_problem(response)


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(
    boss: Api, client: Client, settings: Any
) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick
    boss.person.set_password("guilin-shanshui-7")
    boss.person.save()
    body = {"username": "zhou", "password": "guilin-shanshui-7"}
    address = "/_allauth/browser/v1/auth/login"
    signed_in = client.post(address, body, content_type="application/json")
    assert signed_in.status_code == 200
    session = signed_in.cookies["sessionid"]
    assert session["httponly"]
    assert session["samesite"] == "Lax"
    page = client.get("/")
    if page.status_code == 200:
        assert page.cookies["csrftoken"]["samesite"] == "Lax"
        assert "no-store" in page["Cache-Control"]
