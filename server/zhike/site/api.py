"""The HTTP API: every room's router under one roof, and how errors are answered."""

from __future__ import annotations

import json
from typing import Any

import msgspec
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser
from ninja.renderers import BaseRenderer

from zhike.access.api import open_router as access_open
from zhike.access.api import router as access
from zhike.access.audit_api import router as audit
from zhike.access.channels_api import router as channels
from zhike.access.notices_api import router as notices
from zhike.access.people_api import router as people
from zhike.access.roles_api import router as roles
from zhike.access.sign_in import signed_in
from zhike.access.tokens_api import open_router as ways_in
from zhike.access.tokens_api import router as tokens
from zhike.base.errors import Problem
from zhike.care.api import router as care
from zhike.care.cadence_api import router as cadence
from zhike.care.key_dates_api import router as key_dates
from zhike.care.playbooks_api import router as playbooks
from zhike.care.pool_api import router as pool
from zhike.care.preparing_api import router as preparing
from zhike.care.sheets_api import router as sheets
from zhike.care.today_api import router as today
from zhike.care.understanding_api import router as understanding
from zhike.customers.api import router as customers
from zhike.customers.attachments_api import router as attachments
from zhike.customers.dealings_api import router as dealings
from zhike.customers.doubles_api import router as doubles
from zhike.customers.life_api import router as life
from zhike.customers.merging_api import router as merging
from zhike.customers.passing_api import router as passing
from zhike.customers.quality_api import router as quality
from zhike.customers.reviewing_api import router as reviewing
from zhike.doors.api import router as doors
from zhike.doors.calendar_api import router as calendar
from zhike.fields.api import router as fields
from zhike.fields.dictionaries_api import router as dictionaries
from zhike.fields.rules_api import router as rules
from zhike.service.api import router as service
from zhike.site import answers
from zhike.site.jobs_api import router as work
from zhike.site.practice_api import router as practice
from zhike.site.wording import sentences


class Compact(BaseRenderer):
    """JSON as UTF-8 by msgspec, an order faster than the standard library's."""

    media_type = "application/json"
    _encode = staticmethod(msgspec.json.Encoder(enc_hook=str).encode)

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> Any:
        """Return the answer's body."""
        return self._encode(data)


class Objects(Parser):
    """JSON objects by msgspec, which takes UTF-8 only, and no half characters that no database
    could store. Whatever it raises, Ninja answers as a bad request.
    """

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """Return the body of a request."""
        return msgspec.json.decode(request.body, type=dict[str, Any])


api = NinjaAPI(
    title="知客",
    version="1",
    description="客户跟进与关系管理。用会话 Cookie，或 Authorization: Bearer 令牌。",
    docs_url=None,
    openapi_url="openapi.json",
    urls_namespace="api",
    auth=signed_in,
    renderer=Compact(),
    parser=Objects(),
)
for _open in (access_open, ways_in):
    api.add_router("", _open, auth=None)
for _router in (
    *(quality, understanding),  # first: /customers/check and /rules/preview are no ids
    care,  # what is asked most comes early: addresses are tried one after another
    *(access, people, roles, tokens, audit, notices, channels),
    *(doubles, merging, dealings, attachments),
    *(cadence, pool, playbooks, today),
    *(sheets, key_dates, preparing),
    *(fields, dictionaries, rules, customers, life, passing, reviewing, service, doors),
    *(calendar, work, practice),
):
    api.add_router("", _router)


@api.exception_handler(Problem)
def _problem(request: HttpRequest, error: Problem) -> HttpResponse:
    return answers.of_problem(request, error)


@api.exception_handler(ValidationError)
def _invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = sentences(error.errors)
    first = errors[0] if errors else {"field": "", "message": "填写的内容有误。"}
    return answers.problem(
        {
            "status": 422,
            "code": "invalid",
            "title": first["message"],
            "field": first["field"],
            "errors": errors,
        }
    )


@api.exception_handler(HttpError)
def _http_error(_request: HttpRequest, error: HttpError) -> HttpResponse:
    return answers.plain(error.status_code)


@api.exception_handler(Http404)
def _missing(_request: HttpRequest, _error: Http404) -> HttpResponse:
    return answers.plain(404)


@api.exception_handler(BadRequest)
@api.exception_handler(MultiPartParserError)
@api.exception_handler(SuspiciousOperation)
def _unreadable(_request: HttpRequest, _error: Exception) -> HttpResponse:
    """A form that breaks off, or one of a thousand fields."""
    return answers.plain(400)


@api.exception_handler(RequestDataTooBig)
def _too_big(_request: HttpRequest, _error: RequestDataTooBig) -> HttpResponse:
    return answers.plain(413)


def description() -> str:
    """Return the OpenAPI description as stable JSON text."""
    schema: dict[str, Any] = dict(api.get_openapi_schema(path_prefix="/api/v1/"))
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True, default=str) + "\n"
