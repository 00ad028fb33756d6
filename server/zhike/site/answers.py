"""Answers for whatever went wrong: problem+json with a Chinese sentence and a stable code."""

from __future__ import annotations

import json
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse

from zhike.base.errors import Problem

log = structlog.get_logger("zhike")

SENTENCES: dict[int, tuple[str, str]] = {
    400: ("bad_request", "请求的格式不对，请刷新页面后再试。"),
    401: ("signed_out", "请先登录。"),
    403: ("forbidden", "你没有权限进行此操作。"),
    404: ("not_found", "找不到你要的内容。"),
    405: ("method_not_allowed", "这个地址不支持这种操作。"),
    413: ("too_large", "提交的内容太大了。"),
    429: ("too_many", "操作太频繁，请稍后再试。"),
    500: ("server_error", "服务器出错了，请稍后再试；若一直这样，请把编号告诉管理员。"),
}


def problem(body: dict[str, Any]) -> HttpResponse:
    """Return `body`, which holds at least status, code and title, as problem+json."""
    response = HttpResponse(
        json.dumps(body, ensure_ascii=False, default=str),
        status=body["status"],
        content_type="application/problem+json",
    )
    response["Cache-Control"] = "no-store"
    return response


def plain(status: int, title: str = "", **extra: Any) -> HttpResponse:
    """Return the usual problem for an HTTP status."""
    code, sentence = SENTENCES.get(status, SENTENCES[400])
    return problem({"status": status, "code": code, "title": title or sentence, **extra})


def of_problem(_request: HttpRequest, error: Problem) -> HttpResponse:
    """Answer an error raised for the person."""
    return problem(error.as_json())


def not_found(_request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
    """Answer an address that does not exist."""
    return plain(404, "没有这个地址。")


def csrf_failure(_request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a write without a valid CSRF token."""
    return problem({"status": 403, "code": "csrf", "title": "页面已过期，请刷新后再试。"})


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer an error nobody foresaw, with the number under which the log tells more."""
    return plain(500, request_id=getattr(request, "request_id", ""))


def bad_request(_request: HttpRequest, _error: Exception) -> HttpResponse:
    """Answer a request that Django itself refused."""
    return plain(400)
