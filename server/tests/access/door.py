"""A browser at the door: it signs in by password, code or passkey, as the web client does."""

from __future__ import annotations

import json
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from zhike.access import actions
from zhike.access.models import Person
from zhike.access.rights import ADMINISTRATOR
from zhike.base import clock

ROOT = "/_allauth/browser/v1"
PASSWORD = "xihu-longjing-09"
TOTP = "/account/authenticators/totp"
CODES = "/account/authenticators/recovery-codes"
KEYS = "/account/authenticators/webauthn"


class Visitor:
    """A browser with cookies of its own, at `host`."""

    def __init__(self, host: str = "testserver", **extra: Any) -> None:
        self.client = Client(enforce_csrf_checks=True, headers={"host": host}, **extra)
        self.client.get("/api/v1/setup")
        self.ask("GET", "/config")  # brings the CSRF cookie

    def send(self, method: str, path: str, body: Any = None) -> Any:
        cookie = self.client.cookies.get("csrftoken")
        extra: dict[str, Any] = {"headers": {"X-CSRFToken": cookie.value if cookie else ""}}
        if body is not None:
            extra |= {"data": json.dumps(body), "content_type": "application/json"}
        return self.client.generic(method, path, **extra)

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """Speak to allauth."""
        return self.send(method, ROOT + path, body)

    def sign_in(self, username: str = "mei", password: str = PASSWORD) -> Any:
        return self.ask("POST", "/auth/login", {"username": username, "password": password})

    def prove(self, password: str = PASSWORD) -> None:
        assert self.ask("POST", "/auth/reauthenticate", {"password": password}).status_code == 200

    def enrol(self) -> str:
        """Set up TOTP and return its secret."""
        self.prove()
        secret: str = self.ask("GET", TOTP).json()["meta"]["secret"]
        found = self.ask("POST", TOTP, {"code": code_of(secret)})
        assert found.status_code == 200, found.content
        return secret

    def me(self) -> int:
        return int(self.client.get("/api/v1/me").status_code)


def code_of(secret: str, step: int = 0) -> str:
    """The code an authenticator app shows now, or `step` times 30 seconds later."""
    counter = int(clock.now().timestamp()) // 30 + step
    return format_hotp_value(hotp_value(secret, counter))


def errors_of(response: Any) -> list[str]:
    return [one["code"] for one in json.loads(response.content).get("errors", [])]


def with_password(chief: Person, username: str = "mei", role: str = "sales") -> Person:
    """A colleague who can sign in with PASSWORD."""
    return actions.add_person(
        actor=chief,
        now=clock.now(),
        name="王小梅",
        username=username,
        role=role,
        password=PASSWORD,
    )


__all__ = ["ADMINISTRATOR", "CODES", "KEYS", "PASSWORD", "TOTP", "Visitor"]
