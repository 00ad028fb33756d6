"""Who sends a request: a session with a CSRF proof for writes, or a bearer token."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware

from zhike.access import actions, queries
from zhike.access.models import Person
from zhike.base import clock
from zhike.base.errors import Forbidden, SignedOut


class Request(HttpRequest):
    """A request that passed `signed_in`: `auth` is the person."""

    auth: Person


class RequestCsrf(CsrfViewMiddleware):
    """The CSRF check of Django as a plain call; Ninja views are exempt from the middleware."""

    def _reject(self, request: HttpRequest, reason: str) -> Any:
        return reason


def _no_view(_request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
    return HttpResponse()


def check_csrf(request: HttpRequest) -> None:
    """Raise Forbidden unless the request proves it comes from our own pages."""
    check = RequestCsrf(_no_view)
    check.process_request(request)
    if check.process_view(request, _no_view, (), {}):
        raise Forbidden("页面已过期，请刷新后再试。", code="csrf")


def signed_in(request: HttpRequest) -> Person:
    """Return who sends the request: by bearer token, or by session with CSRF for writes."""
    header = request.headers.get("Authorization", "")
    if header:
        scheme, _, plain = header.partition(" ")
        token = (
            queries.token_bearer(plain.strip(), clock.now()) if scheme.lower() == "bearer" else None
        )
        if token is None:
            raise SignedOut("访问令牌无效或已过期。")
        actions.use_token(token=token, now=clock.now())
        return token.person
    person = request.user
    if not person.is_authenticated or not person.is_active:
        raise SignedOut("请先登录。")
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        check_csrf(request)
    return person
