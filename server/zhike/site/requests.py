"""What every request passes at the front desk: a number, size limits, one line in the log."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from time import perf_counter
from uuid import uuid4

import structlog
from allauth.core.internal.httpkit import clean_client_ip, get_client_ip
from django.conf import settings
from django.core.exceptions import DisallowedHost, ImproperlyConfigured
from django.http import HttpRequest, HttpResponse

from zhike.base import origin
from zhike.customers import file_rules
from zhike.fields import registry
from zhike.site import answers, logs

log = structlog.get_logger("zhike")
QUIET = frozenset({"/livez", "/readyz"})
OWN = ("/api/", "/_allauth/")
ATTACHMENTS = re.compile(r"/api/v1/customers/\d+/attachments")
FORM = 64 * 1024  # what a form adds to the file in it
UNKNOWN = "0.0.0.0"  # told where there is none, e.g. of a socket in the file system


def address_of(request: HttpRequest) -> str:
    """Return the address a request comes from; forged headers change nothing.

    Of X-Forwarded-For only what our own proxies (ZHIKE_PROXY_COUNT) wrote is believed.
    """
    if not settings.ALLAUTH_TRUSTED_PROXY_COUNT:  # then no header counts
        return _cleaned(request.META.get("REMOTE_ADDR", "")) or UNKNOWN
    try:
        found = get_client_ip(request)
    except ImproperlyConfigured:  # fewer addresses than proxies: it did not come through them
        found = clean_client_ip(request.META.get("REMOTE_ADDR", ""))
    return found or UNKNOWN


_cleaned = lru_cache(4096)(clean_client_ip)


class Desk:
    """Middleware: numbers the request, turns away what is too large, logs what came of it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        start = perf_counter()
        number = uuid4().hex
        request.request_id = number  # type: ignore[attr-defined]
        structlog.contextvars.bind_contextvars(request_id=number)
        entered = origin.enter("session", address=address_of(request), request_id=number)
        try:
            if request.path_info.startswith(OWN):
                registry.refresh()  # what a colleague just changed about fields holds at once
            response = self._turned_away(request) or self.get_response(request)
            if response.status_code >= 400:
                response = _in_house_style(request, response)
            response["X-Request-ID"] = number
            if request.path_info.startswith(OWN):  # no cache may keep anybody's customers
                response.headers.setdefault("Cache-Control", "no-store")
            if not response.streaming:
                response.headers.setdefault("Content-Length", str(len(response.content)))
            if request.path_info not in QUIET:
                _log(request, response, perf_counter() - start)
            return response
        finally:
            origin.leave(entered)
            structlog.contextvars.clear_contextvars()

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Log what nobody foresaw; Django then answers with `answers.server_error`."""
        log.error("failed", route=_route(request), **logs.told(error))
        return None

    def _turned_away(self, request: HttpRequest) -> HttpResponse | None:
        try:
            request.get_host()
        except DisallowedHost:
            return answers.plain(400, "不认识这个网址，请管理员设置 ZHIKE_URL 或 ZHIKE_HOSTS。")
        upload = request.content_type == "multipart/form-data"
        limit = settings.JSON_LIMIT
        if upload and request.path_info.startswith("/api/v1/imports"):
            limit = settings.UPLOAD_LIMIT
        elif upload and ATTACHMENTS.fullmatch(request.path_info):
            limit = (file_rules.present().attachment_mb << 20) + FORM
        else:
            upload = False
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not (length.isascii() and length.isdigit()):
            return answers.plain(400)
        if int(length) > limit:
            kind = "文件" if upload else "内容"
            return answers.plain(413, f"{kind}太大了，最多 {limit // 1024 // 1024} MB。")
        return None


def _in_house_style(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Replace an error page made by a library with ours; keep its headers that matter."""
    path = request.path_info
    if not path.startswith(("/api/", "/_allauth/")) or "json" in response.get("Content-Type", ""):
        return response
    ours = answers.plain(response.status_code)
    for name in ("Allow", "Retry-After"):
        if name in response:
            ours[name] = response[name]
    ours.cookies = response.cookies
    return ours


def _route(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.route if match is not None else ""


def _log(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    person = getattr(request, "auth", None) or getattr(request, "_cached_user", None)
    log.info(
        "request",
        method=request.method,
        route=_route(request),
        status=response.status_code,
        ms=round(seconds * 1000, 1),
        person=getattr(person, "pk", None),
    )
