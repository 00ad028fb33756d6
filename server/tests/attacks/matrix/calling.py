"""How the callers of the matrix call: a browser signed in, a program with a token, or nobody."""

from __future__ import annotations

import json
from http.cookies import SimpleCookie
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.middleware.csrf import _get_new_csrf_string
from django.test import Client

from zhike.access.models import Person

FORM = "客户名称\n新来的公司\n".encode()


class Caller:
    """Calls with the same cookies every time, whatever the answers set."""

    def __init__(self, client: Client, headers: dict[str, str] | None = None) -> None:
        self.client = client
        self.client.raise_request_exception = False
        self.headers = dict(headers or {})
        if "csrftoken" not in self.client.cookies:
            self.client.cookies["csrftoken"] = _get_new_csrf_string()
        self.keep()

    @classmethod
    def signed_in(cls, person: Person) -> Caller:
        client = Client(enforce_csrf_checks=True)
        client.force_login(person)
        return cls(client)

    @classmethod
    def with_token(cls, plain: str) -> Caller:
        return cls(Client(enforce_csrf_checks=True), {"Authorization": f"Bearer {plain}"})

    @classmethod
    def of_nobody(cls) -> Caller:
        return cls(Client(enforce_csrf_checks=True))

    @classmethod
    def of_client(cls, client: Client) -> Caller:
        return cls(client)

    def keep(self) -> None:
        """Call with the present cookies from now on."""
        self.cookies = {name: one.value for name, one in self.client.cookies.items()}
        self.headers["X-CSRFToken"] = self.client.cookies["csrftoken"].value

    def call(
        self, method: str, path: str, body: Any = None, query: Any = None, *, file: bool = False
    ) -> Any:
        self.client.cookies = SimpleCookie()
        for name, value in self.cookies.items():
            self.client.cookies[name] = value
        extra: dict[str, Any] = {"headers": self.headers}
        if query:
            extra["query_params"] = query
        if file:
            form = {"file": SimpleUploadedFile("新.csv", FORM), **(body or {})}
            return self.client.post(path, form, **extra)
        if body is not None:
            extra |= {"data": json.dumps(body), "content_type": "application/json"}
        return self.client.generic(method, path, **extra)
