"""Merging customers, over HTTP."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Router, Schema, Status
from pydantic import Field

from zhike.access.sign_in import Request
from zhike.base import clock
from zhike.customers import merges, merging, queries

router = Router(tags=["customers"])
Id = Annotated[int, Field(ge=1, lt=2**63)]


class MergerRef(Schema):
    id: int
    name: str


class MergeSide(Schema):
    id: int
    code: str
    name: str
    owner: MergerRef | None
    created_at: datetime


class MergeValue(Schema):
    customer_id: int
    shown: str = Field(description="加密的已打码")


class MergeField(Schema):
    field: str
    label: str
    section: str
    values: list[MergeValue]
    chosen: int = Field(description="建议用哪位客户的")
    clash: bool = Field(description="至少两位填得不同")
    may_choose: bool


class MergeMove(Schema):
    kind: str
    label: str
    count: int


class MergeNote(Schema):
    level: str = Field(description="refusal：这样不能合并；hint：请留意")
    message: str


class MergePlan(Schema):
    survivor: MergeSide
    absorbed: list[MergeSide]
    fields: list[MergeField]
    moves: list[MergeMove]
    notes: list[MergeNote]


class MergePlanIn(Schema):
    model_config = {"extra": "forbid"}

    survivor_id: Id
    absorbed_ids: list[Id] = Field(min_length=1, max_length=merges.MOST)


class MergeIn(MergePlanIn):
    chosen: dict[str, Id] = Field(default_factory=dict, max_length=400)


class MergeOut(Schema):
    id: int
    survivor: MergeSide
    absorbed: list[MergeSide]
    fields: list[str] = Field(description="保留的客户改了哪些项")
    moves: list[MergeMove]
    merged_by: MergerRef | None
    merged_at: datetime
    undone_by: MergerRef | None
    undone_at: datetime | None
    undo_until: datetime
    can_undo: bool


class MergesOut(Schema):
    items: list[MergeOut]


@router.post("/merges/plan", response=MergePlan)
def plan(request: Request, body: MergePlanIn) -> dict[str, Any]:
    """Tell what a merge would do; nothing is written."""
    return merges.plan(request.auth, body.survivor_id, body.absorbed_ids)


@router.post("/merges", response={201: MergeOut})
def merge(request: Request, body: MergeIn) -> Status:
    """Let one customer take in others, with everything that hangs on them."""
    done = merging.merge(actor=request.auth, now=clock.now(), **body.dict())
    return Status(201, merges.told(request.auth, [done])[0])


@router.get("/customers/{customer_id}/merges", response=MergesOut)
def list_merges(request: Request, customer_id: int) -> dict[str, Any]:
    """List what a customer has taken in, the last first."""
    customer = queries.one(request.auth, customer_id)
    return {"items": merges.told(request.auth, queries.merges_of(request.auth, customer))}


@router.post("/merges/{merge_id}/undo", response=MergeOut)
def undo(request: Request, merge_id: Id) -> dict[str, Any]:
    """Put everything back; 409 `contradicts` names what has changed since."""
    done = merging.undo(actor=request.auth, now=clock.now(), merge_id=merge_id)
    return merges.told(request.auth, [done])[0]
