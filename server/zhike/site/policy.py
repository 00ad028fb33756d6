"""The Content-Security-Policy, the same on every answer and therefore built once."""

from __future__ import annotations

from collections.abc import Callable

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponse


class Policy(CSPMiddleware):
    """django-csp without nonces and exemptions, which cost each request two policies."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        super().__init__(get_response)
        self._policy = build_policy()

    def process_request(self, request: HttpRequest) -> None:
        """Offer no nonce."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response.headers[HEADER] = self._policy
        return response
