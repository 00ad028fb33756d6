"""Who sends a request: a session with a CSRF proof for writes, or a bearer token.

Everything under /api/v1 that is not open passes `signed_in`, which settles here, once, what the
actor of a request may do: a token narrows the rights of its person, "view as" replaces them, and
whose role asks for a second factor does nothing before there is one.
"""

from __future__ import annotations

import copy
import ipaddress
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware

from zhike.access import factors, limits, queries, sessions, tokens
from zhike.access.models import Person, Role
from zhike.base import clock, origin
from zhike.base.errors import Forbidden, SignedOut, TooMany
from zhike.trail.actions import record

SAFE = ("GET", "HEAD", "OPTIONS")
ME = "/api/v1/me"
VIEW_AS = "/api/v1/view-as"


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


def enter(request: HttpRequest, person: Person) -> None:
    """Sign in whoever has just set the installation up, with a session among their others."""
    login(request, person)
    UserSession.objects.create_from_request(request)
    record("session.signed_in", actor=person, now=clock.now(), data={"how": "setup"})


def signed_in(request: HttpRequest) -> Person:
    """Return who sends the request: by bearer token, or by session with CSRF for writes."""
    header = request.headers.get("Authorization", "")
    if header:
        person = _by_token(request, header)
        _second_factor_first(request, person)
        return person
    person = _by_session(request)
    if request.method not in SAFE:
        check_csrf(request)
    _second_factor_first(request, person)
    seen = _with_view(request, person)
    if seen.viewing and request.method not in SAFE:
        if request.path_info == VIEW_AS and request.method == "DELETE":
            return person
        whom = seen.viewing["person"] or seen.viewing["role_name"]
        raise Forbidden(f"正在以“{whom}”的视角查看，不能修改。请先退出。", code="viewing")
    return seen


def present(request: HttpRequest) -> Person | None:
    """Return who is signed in by session, as whom they view it; None for nobody."""
    try:
        return _with_view(request, _by_session(request))
    except SignedOut:
        return None


def still_in(request: Request) -> Callable[[], bool]:
    """Return what tells, later on, whether who sent a request might send it still.

    For answers that last: asked by any thread, it reads the session or the token anew.
    """
    if request.auth.via == "token":
        plain = request.headers["Authorization"].partition(" ")[2].strip()
        return lambda: queries.token_bearer(plain, clock.now()) is not None
    key, person_id = request.session.session_key, request.auth.pk
    return lambda: sessions.stands(key, person_id)


def passkeys_work(request: HttpRequest) -> bool:
    """Tell whether browsers offer passkeys at this address: by https or at localhost, by name."""
    host = urlsplit(f"//{request.get_host()}").hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        tls = request.is_secure() or settings.ZHIKE_URL.startswith("https://")
        return tls or host == "localhost"
    return False


def _by_session(request: HttpRequest) -> Person:
    person: Any = request.user
    if not person.is_authenticated or not person.is_active or person.is_service:
        raise SignedOut("请先登录。")
    person = getattr(person, "_wrapped", person)  # Django hands it out wrapped
    person.via = "session"
    return person  # type: ignore[no-any-return]


def _by_token(request: HttpRequest, header: str) -> Person:
    scheme, _, plain = header.partition(" ")
    whose = limits.network(origin.present().address)
    if limits.reached(limits.TOKENS_OF_ADDRESS, whose):
        raise TooMany("无效的令牌试得太多，请一分钟后再试。")
    now = clock.now()
    token = queries.token_bearer(plain.strip(), now) if scheme.lower() == "bearer" else None
    if token is None:
        limits.take(limits.TOKENS_OF_ADDRESS, whose)
        raise SignedOut("访问令牌无效或已过期。")
    origin.by("token")
    needed = {"read"} if request.method in SAFE else set(token.scopes) - {"read"}
    if not needed & set(token.scopes):
        wanted = "读取" if request.method in SAFE else "写入"
        raise Forbidden(f"这个令牌没有{wanted}权限，请换一个令牌。", code="token_scope")
    person = token.person
    person.__dict__["rights"] = person.rights.narrowed(token.scopes)
    person.via, person.token_id = "token", token.pk
    tokens.use(token=token, now=now)
    return person


def _second_factor_first(request: HttpRequest, person: Person) -> None:
    if request.path_info == ME and request.method in SAFE:
        return
    if factors.is_missing(person):
        raise Forbidden("你的角色必须开启两步验证，请先设置。", code="second_factor_needed")


def _with_view(request: HttpRequest, person: Person) -> Person:
    """Return the person, or as whom they view the product."""
    wish = request.session.get("view_as")
    if not isinstance(wish, dict) or not person.may("manage_roles"):
        return person
    return _seen_as(person, wish) or person


def _seen_as(person: Person, wish: dict[str, Any]) -> Person | None:
    """Return the actor who sees what a role or a colleague sees; None once these are gone."""
    if "person" in wish:
        colleagues = Person.objects.select_related("role", "department").filter(is_active=True)
        seen = colleagues.filter(pk=wish["person"]).first()
        if seen is None:
            return None
        role, name = seen.role, seen.name
    else:
        found = Role.objects.filter(pk=int(wish.get("role", 0))).first()
        if found is None:
            return None
        seen, role, name = copy.copy(person), found, None
        seen.__dict__.pop("_reached", None)
        seen.__dict__["rights"] = role.rights
    seen.via, seen.real = "session", person
    seen.viewing = {"role": role.key, "role_name": role.name, "person": name}
    return seen
