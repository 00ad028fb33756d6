"""The calendar feed over HTTP: its address for who is signed in, the feed for calendars."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from ninja import Router, Schema, Status

from zhike.access.models import Person
from zhike.access.sign_in import Request
from zhike.base import clock
from zhike.base.errors import Forbidden, NotFound
from zhike.doors import calendar

router = Router(tags=["doors"])


class FeedOut(Schema):
    made: bool
    last_read_on: date | None


class FeedAddress(Schema):
    url: str


@router.get("/calendar-feed", response=FeedOut)
def state(request: Request) -> Any:
    """Tell whether one's tasks can be read by a calendar, and when one last did."""
    feed = calendar.feed_visible_to(request.auth)
    return {"made": feed is not None, "last_read_on": feed.last_read_on if feed else None}


@router.post("/calendar-feed", response={201: FeedAddress})
def open_feed(request: Request) -> Any:
    """Make a private address, shown this once; an older one is dead."""
    place = f"/calendar/{calendar.open_feed(actor=_in_person(request), now=clock.now())}.ics"
    public = settings.ZHIKE_URL
    return Status(201, {"url": public + place if public else request.build_absolute_uri(place)})


@router.delete("/calendar-feed", response={204: None})
def close_feed(request: Request) -> Any:
    """Close the address."""
    actor = _in_person(request)
    calendar.close_feed(actor=actor, now=clock.now(), person_id=actor.pk)
    return Status(204, None)


def _in_person(request: Request) -> Person:
    """An address outlives a token: whoever made it by one would keep what was taken back."""
    if request.auth.via != "session":
        raise Forbidden("日历地址只能在登录后的页面上管理。", code="session_only")
    return request.auth


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Answer a calendar that asks at a private address."""
    try:
        content = calendar.read_feed(secret, now=clock.now())
    except NotFound as error:
        answer = HttpResponse(error.title, status=404, content_type="text/plain; charset=utf-8")
    else:
        answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer
