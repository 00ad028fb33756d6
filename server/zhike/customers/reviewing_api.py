"""The review queue, over HTTP."""

from typing import Annotated, Any

from ninja import Query, Router, Schema
from pydantic import Field

from zhike.access.sign_in import Request
from zhike.base import clock
from zhike.customers import queue, reviewing
from zhike.customers.shapes import ReviewOut

router = Router(tags=["customers"])
Id = Annotated[int, Field(ge=1, lt=2**63)]


class ReviewsOut(Schema):
    items: list[ReviewOut]
    next: str | None


class WaitingOut(Schema):
    pending: int = Field(description="等我审核")
    mine: int = Field(description="我提交的，还没有审核")
    used: bool = Field(description="对我来说有审核这回事：有要审的规则，或有看得到的审核")


class DecisionIn(Schema):
    model_config = {"extra": "forbid"}

    note: str = Field("", max_length=2000)
    seen: str | None = Field(None, max_length=40, description="看到时的 seen；之后又改过则 409")


@router.get("/reviews", response=ReviewsOut)
def reviews(
    request: Request,
    state: str | None = None,
    mine: bool = False,
    cursor: str | None = None,
    limit: int = Query(30, ge=1, le=100),
) -> dict[str, Any]:
    """List what waits for review or was decided, the newest first."""
    items, following = queue.page(request.auth, state=state, mine=mine, cursor=cursor, limit=limit)
    return {"items": items, "next": following}


@router.get("/reviews/waiting", response=WaitingOut)
def reviews_waiting(request: Request) -> dict[str, Any]:
    """Count what waits for the reader, and of the reader."""
    return queue.waiting_counts(request.auth)


@router.post("/reviews/{review_id}/approval", response=ReviewOut)
def approve_review(request: Request, review_id: Id, body: DecisionIn) -> dict[str, Any]:
    """Approve: the change is made, the new customer counts."""
    return _decided(request, review_id, body, approved=True)


@router.post("/reviews/{review_id}/rejection", response=ReviewOut)
def reject_review(request: Request, review_id: Id, body: DecisionIn) -> dict[str, Any]:
    """Reject with a reason: nothing is changed, the new customer goes to the trash."""
    return _decided(request, review_id, body, approved=False)


def _decided(
    request: Request, review_id: int, body: DecisionIn, *, approved: bool
) -> dict[str, Any]:
    review = reviewing.decide(
        actor=request.auth,
        now=clock.now(),
        review_id=review_id,
        approved=approved,
        **body.dict(),
    )
    return queue.told(request.auth, [review])[0]
