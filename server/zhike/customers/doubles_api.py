"""The clean-up list of customers that may be the same, over HTTP."""

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Query, Router, Schema, Status
from pydantic import Field

from zhike.access.sign_in import Request
from zhike.base import clock
from zhike.customers import doubles

router = Router(tags=["customers"])
Id = Annotated[int, Field(ge=1, lt=2**63)]


class OwnerRef(Schema):
    id: int
    name: str


class DoubleSide(Schema):
    id: int
    code: str
    name: str
    kind: str
    type: str
    region: str
    industry: str
    completeness: int
    created_at: datetime
    last_follow_up_on: date | None
    owner: OwnerRef | None


class DoubleOut(Schema):
    id: int
    strength: int = Field(description="0–100，有多像；100 是证件号码相同")
    reasons: list[str]
    why: str
    first: DoubleSide
    second: DoubleSide
    state: str = Field(description="open 待处理，dismissed 不是重复")
    found_at: datetime
    decided_by: OwnerRef | None
    decided_at: datetime | None


class DoublesOut(Schema):
    items: list[DoubleOut]
    next: str | None


class SearchAsked(Schema):
    job_id: int


@router.get("/quality/doubles", response=DoublesOut)
def list_doubles(
    request: Request,
    state: str = "open",
    cursor: str | None = None,
    limit: int = Query(30, ge=1, le=100),
) -> dict[str, Any]:
    """List pairs of customers that may be the same, the strongest first."""
    items, following = doubles.page(request.auth, state=state, cursor=cursor, limit=limit)
    return {"items": items, "next": following}


@router.post("/quality/doubles/search", response={202: SearchAsked})
def search_doubles(request: Request) -> Status:
    """Look through all customers for doubles, in the background."""
    return Status(202, {"job_id": doubles.ask_search(actor=request.auth, now=clock.now())})


@router.post("/quality/doubles/{double_id}/dismissal", response=DoubleOut)
def dismiss(request: Request, double_id: Id) -> dict[str, Any]:
    """Say that the two are not the same."""
    return doubles.dismiss(actor=request.auth, now=clock.now(), double_id=double_id)


@router.delete("/quality/doubles/{double_id}/dismissal", response=DoubleOut)
def reopen(request: Request, double_id: Id) -> dict[str, Any]:
    """Take a dismissal back."""
    return doubles.reopen(actor=request.auth, now=clock.now(), double_id=double_id)
