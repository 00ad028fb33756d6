"""One's notices, how one wants them, and the stream of new ones, over HTTP."""

from __future__ import annotations

import json
from datetime import datetime, time
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from zhike.access.models import Person
from zhike.access.sign_in import Request, still_in
from zhike.base import clock
from zhike.base.errors import Invalid
from zhike.trail.models import Channel, NoticeWishes
from zhike.trail.notices import KINDS, reading, streaming, telling, wishes

router = Router(tags=["notices"])
Id = Annotated[int, Field(ge=1, lt=2**63)]
MOST = 200


class NoticeCustomer(Schema):
    id: int
    name: str


class NoticeRecord(Schema):
    type: str
    id: int


class NoticeOut(Schema):
    id: int
    kind: str
    title: str
    body: str
    customer: NoticeCustomer | None = Field(description="看不到这位客户的人这里是空的")
    record: NoticeRecord | None
    due_at: datetime
    created_at: datetime
    read_at: datetime | None
    late_minutes: int


class NoticesOut(Schema):
    items: list[NoticeOut]
    next: str | None


class NoticesSummary(Schema):
    unread: int


class NoticesRead(Schema):
    model_config = {"extra": "forbid"}

    ids: list[Id] | None = Field(None, max_length=MOST)
    all: bool = False


class NoticeKind(Schema):
    name: str
    label: str
    note: str


class NoticeWay(Schema):
    name: str
    label: str
    ready: bool
    note: str


class WishesOut(Schema):
    ways: dict[str, list[str]]
    wants_digest: bool
    quiet_from: str | None
    quiet_to: str | None
    kinds: list[NoticeKind]
    channels: list[NoticeWay]


class WishesPatch(Schema):
    model_config = {"extra": "forbid"}

    ways: dict[str, Annotated[list[str], Field(max_length=20)]] | None = Field(None, max_length=50)
    wants_digest: bool | None = None
    quiet_from: str | None = None
    quiet_to: str | None = None


@router.get("/notices", response=NoticesOut)
def notices(
    request: Request,
    cursor: str = "",
    unread: bool = False,
    limit: Annotated[int, Query(ge=1, le=100)] = 30,
) -> dict[str, Any]:
    """List one's notices, the latest first."""
    items, following = reading.page(request.auth, unread=unread, cursor=cursor, limit=limit)
    return {"items": items, "next": following}


@router.get("/notices/summary", response=NoticesSummary)
def summary(request: Request) -> dict[str, int]:
    """Count the notices not read."""
    return {"unread": reading.unread(request.auth)}


@router.post("/notices/reading", response=NoticesSummary)
def read(request: Request, body: NoticesRead) -> dict[str, int]:
    """Mark notices as read."""
    if (body.ids is None) != body.all:
        raise Invalid("ids", "请选择要标为已读的通知，或选择全部。")
    return {"unread": reading.read(actor=request.auth, now=clock.now(), ids=body.ids)}


@router.get("/notices/wishes", response=WishesOut)
def wished(request: Request) -> dict[str, Any]:
    """Return how one wants to be told."""
    return _described(request.auth, wishes.wishes_visible_to(request.auth))


@router.patch("/notices/wishes", response=WishesOut)
def wish(request: Request, body: WishesPatch) -> dict[str, Any]:
    """Change how one wants to be told."""
    given = body.dict(exclude_unset=True)
    for name in ("ways", "wants_digest"):
        if given.get(name, False) is None:
            del given[name]
    for name in ("quiet_from", "quiet_to"):
        if given.get(name) is not None:
            given[name] = _time(name, given[name])
    return _described(request.auth, wishes.wish(actor=request.auth, now=clock.now(), **given))


@router.get("/notices/stream", response={200: str})
def stream(request: Request) -> HttpResponseBase:
    """Tell of new notices as they come, as server-sent events; ends after less than a minute.

    Where too many listen already, the answer is 503: ask for the summary now and then instead.
    """
    seconds = settings.ZHIKE_STREAM_SECONDS
    actor: Person = request.auth
    if actor.viewing and actor.viewing["person"]:  # there is one for each, and theirs is theirs
        return _full()
    opened = streaming.hub.join(
        actor.pk, most=settings.ZHIKE_STREAMS, seconds=seconds, stands=still_in(request)
    )
    if opened is None:
        return _full()
    try:
        unread = reading.unread(actor)
        first: list[tuple[str, dict[str, Any]]] = [("summary", {"unread": unread})]
        last = request.headers.get("Last-Event-ID", "")
        if last.isascii() and last.isdigit() and len(last) < 19:
            for one in reading.since(actor, int(last)):
                told = {"id": one.pk, "title": one.title, "kind": one.kind, "unread": unread}
                first.append(("notice", told))
    except BaseException:
        streaming.hub.leave(opened)
        raise
    answer = StreamingHttpResponse(
        streaming.Told(opened, first), content_type="text/event-stream; charset=utf-8"
    )
    answer["Cache-Control"] = "no-store"
    answer["X-Accel-Buffering"] = "no"
    return answer


def _full() -> HttpResponse:
    told = {"status": 503, "code": "busy", "title": "实时通知的连接已满，稍后会自动刷新。"}
    body = json.dumps(told, ensure_ascii=False)
    answer = HttpResponse(body, status=503, content_type="application/problem+json")
    answer["Retry-After"] = "30"
    return answer


def _time(name: str, given: str) -> time:
    try:
        return time.fromisoformat(given).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError as error:
        raise Invalid(name, "时间请写成 21:00 的形式。") from error


def _described(actor: Person, one: NoticeWishes) -> dict[str, Any]:
    there, reached = telling.ways_for(actor.email, actor.branch)
    notes = {name: _note(name, there, reached) for name in Channel.Kind.values}
    return {
        "ways": {kind: wishes.ways_of(kind, one) for kind in KINDS},
        "wants_digest": one.wants_digest,
        "quiet_from": f"{one.quiet_from:%H:%M}" if one.quiet_from else None,
        "quiet_to": f"{one.quiet_to:%H:%M}" if one.quiet_to else None,
        "kinds": [{"name": name, **kind._asdict()} for name, kind in KINDS.items()],
        "channels": [
            {"name": name, "label": label, "ready": name in reached, "note": notes[name]}
            for name, label in Channel.Kind.choices
        ],
    }


def _note(name: str, there: set[str], reached: set[str]) -> str:
    if name not in there:
        return "管理员还没有设置"
    if name == Channel.Kind.MAIL:
        return "发到你账号里的邮箱" if name in reached else "你的账号里还没有邮箱，请管理员补上"
    return "发到部门的群里" if name in reached else "你的部门还没有群机器人"
