"""A customer's tier, its pauses and its story, over HTTP."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from ninja import Router, Schema
from pydantic import Field

from zhike.access.sign_in import Request
from zhike.base import clock
from zhike.customers import growth, life, pages, printing, queries, tiering, tiers
from zhike.customers.models import Customer

router = Router(tags=["customers"])


class TierIn(Schema):
    model_config = {"extra": "forbid"}

    tier: str | None = Field(description="为空则改回按得分计算")
    reason: str = Field("", max_length=1000)


class TierPart(Schema):
    name: str = Field(description="money、length、frequency 或 potential")
    label: str
    points: int
    most: int
    told: str


class TierOut(Schema):
    version: int
    tier: str
    by_hand: bool
    reason: str
    points: int | None = Field(description="看不到金额的为空")
    why: list[TierPart] = Field(description="只含看的人有权查看的几项")


class PauseIn(Schema):
    model_config = {"extra": "forbid"}

    reason: str = Field("", max_length=16)
    note: str = Field("", max_length=5000)
    look_again_on: date | None = None


class ArchiveIn(Schema):
    model_config = {"extra": "forbid"}

    reason: str = Field("", max_length=16)
    note: str = Field("", max_length=5000)


class LifeOut(Schema):
    version: int
    state: str = Field(description="active、paused 或 archived")
    reason: str
    note: str
    since: date | None
    look_again_on: date | None
    next_follow_up_on: date | None
    dropped_on: date | None = Field(None, description="恢复跟进时：归档或暂停前原定的下次跟进")


class StoryNode(Schema):
    on: date
    kind: str
    title: str
    body: str
    is_key: bool


class Chapter(Schema):
    year: int
    nodes: list[StoryNode]


class StoryFacts(Schema):
    name: str
    code: str
    since: date
    days: int
    follow_ups: int
    purchases: int | None
    bought_amount: int | None = Field(description="分；看不到金额的为空")
    key_nodes: int
    is_whole: bool = Field(description="往来太多时只讲最近的")


class Story(Schema):
    chapters: list[Chapter]
    facts: StoryFacts


@router.put("/customers/{customer_id}/tier", response=TierOut)
def set_tier(request: Request, customer_id: int, body: TierIn) -> dict[str, Any]:
    """Put a customer into a tier by hand, or back to what its points say."""
    customer = tiering.set_tier(
        actor=request.auth, now=clock.now(), customer_id=customer_id, **body.dict()
    )
    return {
        "version": customer.version,
        "tier": customer.tier,
        "by_hand": customer.tier_by_hand,
        "reason": customer.tier_reason,
        "points": customer.tier_points if request.auth.reads("money") else None,
        "why": tiers.shown(request.auth, customer.tier_why),
    }


@router.post("/customers/{customer_id}/pause", response=LifeOut)
def pause(request: Request, customer_id: int, body: PauseIn) -> dict[str, Any]:
    """Stop following a customer up until a day on which to look again."""
    return _told(
        life.pause(actor=request.auth, now=clock.now(), customer_id=customer_id, **body.dict())
    )


@router.post("/customers/{customer_id}/archive", response=LifeOut)
def archive(request: Request, customer_id: int, body: ArchiveIn) -> dict[str, Any]:
    """Put a customer away: won and finished, or lost."""
    return _told(
        life.archive(actor=request.auth, now=clock.now(), customer_id=customer_id, **body.dict())
    )


@router.post("/customers/{customer_id}/resumption", response=LifeOut)
def resume(request: Request, customer_id: int) -> dict[str, Any]:
    """Follow a paused or archived customer up again."""
    customer, dropped = life.resume(actor=request.auth, now=clock.now(), customer_id=customer_id)
    return _told(customer) | {"dropped_on": dropped}


def _told(customer: Customer) -> dict[str, Any]:
    return {
        "version": customer.version,
        "next_follow_up_on": customer.next_follow_up_on,
        **pages.life(customer),
    }


@router.get("/customers/{customer_id}/story", response=Story)
def story(request: Request, customer_id: int) -> dict[str, Any]:
    """Tell a customer's story, year by year, from the first contact on."""
    customer = queries.one(request.auth, customer_id)
    return growth.story(request.auth, customer, today=clock.today())


@router.get("/customers/{customer_id}/story.pdf", include_in_schema=True)
def story_on_paper(request: Request, customer_id: int) -> HttpResponse:
    """Print a customer's story; who printed it and when stands on every page."""
    name, content = printing.print_story(
        actor=request.auth, now=clock.now(), customer_id=customer_id
    )
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer
