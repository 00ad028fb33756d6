"""The page that carries the web client, filled in for whoever asks for it."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from zhike.access import queries
from zhike.access.sign_in import present
from zhike.site import preloads
from zhike.site.practice import door

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
    boot = _boot(request)
    text = json.dumps(boot, ensure_ascii=False).translate(_ESCAPES)
    filled = SLOT.replace("></", f">{text}</")
    return HttpResponse(f"{page.before}{filled}{_links(page, boot, request.path_info)}{page.after}")


def _boot(request: HttpRequest) -> dict[str, Any]:
    person = present(request)
    if person and request.path_info.startswith(f"{door.PAGES}/"):
        person = door.practising(person)
    me = queries.described(person) if person else None
    return {"setup_needed": me is None and queries.setup_needed(), "me": me}


def _links(page: Page, boot: dict[str, Any], path: str) -> str:
    if boot["me"] is None:
        return page.links.get(preloads.SETUP if boot["setup_needed"] else preloads.SIGN_IN, "")
    return page.links.get(preloads.page_at(path.removeprefix(door.PAGES)) or "", "")


class Page(NamedTuple):
    """index.html before and after the slot, and the links of each page of the client."""

    before: str
    after: str
    links: dict[str, str]


@lru_cache(maxsize=1)
def _page() -> Page | None:
    """Return the built client's page, or None without one."""
    if settings.WEB_CLIENT is None:
        return None
    text = (settings.WEB_CLIENT / "index.html").read_text(encoding="utf-8")
    before, slot, after = text.partition(SLOT)
    return Page(before, after, preloads.links(settings.WEB_CLIENT)) if slot else None
