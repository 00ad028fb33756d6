"""The page that carries the web client, filled in for whoever asks for it."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from zhike.access import queries

SLOT = '<script type="application/json" id="boot"></script>'
UNBUILT = "网页还没有构建：请在项目文件夹里运行 make run。"
_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


@require_safe
@never_cache
@ensure_csrf_cookie
def index(request: HttpRequest) -> HttpResponse:
    """Serve the client with what it needs to know at once: set-up state and who is signed in."""
    page = _page() if not settings.DEBUG else _page.__wrapped__()
    if page is None:
        return HttpResponse(UNBUILT, status=503, content_type="text/plain; charset=utf-8")
    before, after = page
    text = json.dumps(_boot(request), ensure_ascii=False).translate(_ESCAPES)
    filled = SLOT.replace("></", f">{text}</")
    return HttpResponse(f"{before}{filled}{after}")


def _boot(request: HttpRequest) -> dict[str, Any]:
    person = request.user
    me = queries.described(person) if person.is_authenticated and person.is_active else None
    return {"setup_needed": me is None and queries.setup_needed(), "me": me}


@lru_cache(maxsize=1)
def _page() -> tuple[str, str] | None:
    """Return index.html before and after the slot, or None without a built client."""
    if settings.WEB_CLIENT is None:
        return None
    text = (settings.WEB_CLIENT / "index.html").read_text(encoding="utf-8")
    before, slot, after = text.partition(SLOT)
    return (before, after) if slot else None
