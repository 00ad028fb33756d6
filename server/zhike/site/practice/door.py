"""The way into the practice workspace: addresses below /practice/api, and what is let in.

A request says where it belongs by its address, not by a state kept between requests: of two tabs
one may practise while the other works, and neither can end up in the other's data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import resolve

from zhike.access.models import Person
from zhike.base import practice
from zhike.base.errors import Conflict, Forbidden, Problem, SignedOut
from zhike.site import answers
from zhike.site.practice import copying, gate, making

PAGES = "/practice"
_API = f"{PAGES}/api/"
_V1 = "api/v1/"
CLOSED = "练习区里不能做这件事。请先离开练习区，再在正式数据里操作。"
NOT_READY = "练习区还没准备好。请先离开，再从头像菜单进入练习区。"

Answer = Callable[[HttpRequest], HttpResponse]


class Address:
    """Middleware, early: takes /practice off an address of the API, and keeps that it was there."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        practises = request.path_info.startswith(_API)
        request.practises = practises  # type: ignore[attr-defined]
        if practises:
            request.path_info = request.path_info.removeprefix(PAGES)
        return self.get_response(request)


class Door:
    """Middleware, the last: who asks was read from the real data; all the rest is practice.

    From here on the thread has no way to the real data until the answer is made. What is not open
    there is refused before.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not getattr(request, "practises", False):
            return self.get_response(request)
        try:
            number = _let_in(request)
        except Problem as error:
            return answers.of_problem(request, error)
        except Http404:
            return answers.not_found(request)
        with practice.entered(number):
            response = self.get_response(request)
        if response.streaming:
            streamed: Any = response
            streamed.streaming_content = _within(number, iter(streamed))
        return response


def _let_in(request: HttpRequest) -> int:
    """Return the workspace to enter. Raises Problem, or Http404 for an unknown address."""
    route = resolve(request.path_info).route
    if not (route.startswith(_V1) and gate.is_open(request.method or "", _described(route))):
        raise Forbidden(CLOSED, code="practice")
    if "Authorization" in request.headers:
        raise Forbidden("访问令牌不能用在练习区。", code="practice")
    person = request.user  # read from the real data here, once and for all
    if not person.is_authenticated:
        raise SignedOut("请先登录。")
    practising(getattr(person, "_wrapped", person))
    number = making.standing()
    if not number:
        raise Conflict(NOT_READY, code="practice_closed")
    with practice.entered(number):
        current = copying.is_current(person.pk)
    if not current:
        copying.copy(number)
    return number


def practising(person: Any) -> Person:
    """Return the person with the rights that are left to them in the practice workspace."""
    found: Person = person
    found.__dict__["rights"] = gate.narrowed(found.rights)
    return found


def _described(route: str) -> str:
    """Return an address as the API describes it: `<int:id>` as `{id}`."""
    parts = route.removeprefix(_V1).split("/")
    return "/".join(
        f"{{{part.strip('<>').rpartition(':')[2]}}}" if part.startswith("<") else part
        for part in parts
    )


def _within(number: int, pieces: Iterator[Any]) -> Iterator[Any]:
    """Yield the pieces of an answer, each of them made in the workspace."""
    while True:
        with practice.entered(number):
            try:
                piece = next(pieces)
            except StopIteration:
                return
        yield piece
