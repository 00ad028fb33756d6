"""What every answer allows a browser: the same each time, and therefore built once."""

from __future__ import annotations

from collections.abc import Callable

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse

# Nothing of a device is ours to use but passkeys, and the clipboard to copy a number.
PERMISSIONS = (
    "accelerometer=(), ambient-light-sensor=(), autoplay=(), camera=(), display-capture=(), "
    "geolocation=(), gyroscope=(), hid=(), idle-detection=(), magnetometer=(), microphone=(), "
    "midi=(), payment=(), serial=(), usb=(), xr-spatial-tracking=(), "
    "publickey-credentials-create=(self), publickey-credentials-get=(self), "
    "clipboard-write=(self)"
)


class Policy(CSPMiddleware):
    """django-csp without nonces and exemptions, which cost each request two policies."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        super().__init__(get_response)
        self._policy = build_policy()

    def process_request(self, request: HttpRequest) -> None:
        """Offer no nonce."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response.headers.setdefault(HEADER, self._policy)  # a file of a customer's has less
        response.headers["Permissions-Policy"] = PERMISSIONS
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if settings.SECURE_HSTS_SECONDS:  # also where our proxy does not tell of TLS
            response.headers["Strict-Transport-Security"] = (
                f"max-age={settings.SECURE_HSTS_SECONDS}"
            )
        return response
