"""The public pool over HTTP: its rules, who is in it, claiming and giving back."""

from datetime import date as Day
from typing import Annotated, Any

from ninja import Query, Router, Schema, Status
from pydantic import Field

from zhike.access.sign_in import Request
from zhike.base import clock
from zhike.care.pool import claiming, queries, rules

router = Router(tags=["pool"])
Id = Annotated[int, Field(ge=1, lt=2**63)]


class PoolRulesOut(Schema):
    is_on: bool
    days: int
    new_days: int
    notice_days: int
    capacity: int = Field(description="0 为不限")
    claims_per_day: int
    rest_days: int
    keeps_key: bool
    version: int


class PoolRulesPatch(Schema):
    model_config = {"extra": "forbid"}

    is_on: bool | None = None
    days: int | None = None
    new_days: int | None = None
    notice_days: int | None = None
    capacity: int | None = None
    claims_per_day: int | None = None
    rest_days: int | None = None
    keeps_key: bool | None = None
    version: int | None = Field(None, description="读到的 version；这之后有人改过就不改，返回 409")


class ColleagueOfPool(Schema):
    id: int
    name: str


class InPool(Schema):
    id: int
    name: str
    industry: str | None
    region: str | None
    tier: str | None
    last_follow_up_on: Day | None
    came_on: Day
    why: str
    former: ColleagueOfPool | None
    claimable: bool
    why_not: str


class ClaimLimits(Schema):
    held: int
    capacity: int = Field(description="0 为不限")
    claimed_today: int
    claims_per_day: int


class PoolPage(Schema):
    items: list[InPool]
    next: str | None
    limits: ClaimLimits


class ClaimIn(Schema):
    model_config = {"extra": "forbid"}

    customer_ids: list[Id] = Field(max_length=claiming.MOST)


class Refused(Schema):
    id: int
    why: str


class ClaimOut(Schema):
    claimed: list[int]
    refused: list[Refused]


class GiveBackIn(Schema):
    model_config = {"extra": "forbid"}

    reason: str = Field("", max_length=2000)


class Falling(Schema):
    id: int
    name: str
    owner: ColleagueOfPool
    falls_on: Day
    days_left: int
    last_follow_up_on: Day | None


class FallingOut(Schema):
    items: list[Falling]


@router.get("/pool-rules", response=PoolRulesOut)
def get_pool_rules(request: Request) -> Any:
    """Return the rules of the pool."""
    return rules.told(rules.present())


@router.patch("/pool-rules", response=PoolRulesOut)
def change_pool_rules(request: Request, body: PoolRulesPatch) -> Any:
    """Change some of the rules of the pool."""
    fields = body.dict(exclude_unset=True, exclude_none=True)
    return rules.told(rules.change(actor=request.auth, now=clock.now(), **fields))


@router.get("/pool", response=PoolPage)
def pool(
    request: Request,
    q: str = "",
    sort: str = "-came_on",
    cursor: str | None = None,
    limit: int = Query(50, ge=1, le=200),
) -> Any:
    """List the pool, who came last first, with what the caller may still claim."""
    return queries.pool(
        request.auth, q=q, sort=sort, cursor=cursor, limit=limit, today=clock.today()
    )


@router.get("/pool/falling", response=FallingOut)
def falling(request: Request, mine: bool = False) -> Any:
    """List who falls into the pool soon."""
    return {"items": queries.falling(request.auth, mine=mine, at=clock.now())}


@router.post("/pool/claims", response=ClaimOut)
def claim(request: Request, body: ClaimIn) -> Any:
    """Claim customers of the pool, as far as the limits go."""
    done = claiming.claim(actor=request.auth, now=clock.now(), customer_ids=body.customer_ids)
    refused = [{"id": pk, "why": why} for pk, why in done.refused]
    return {"claimed": done.claimed, "refused": refused}


@router.post("/customers/{customer_id}/pool", response={204: None})
def give_back(request: Request, customer_id: int, body: GiveBackIn) -> Any:
    """Put a customer back into the pool."""
    claiming.give_back(
        actor=request.auth, now=clock.now(), customer_id=customer_id, reason=body.reason
    )
    return Status(204, None)
