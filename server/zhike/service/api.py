"""Feedback, over HTTP."""

from datetime import date
from typing import Any

from ninja import Router, Schema, Status

from zhike.access.sign_in import Request
from zhike.base import clock
from zhike.service import actions

router = Router(tags=["service"])


class FeedbackIn(Schema):
    model_config = {"extra": "forbid"}

    on: date | None = None
    score: int | None = None
    dimension: str = ""
    comment: str = ""
    suggestion: str = ""
    status: str = "pending"


class FeedbackMade(Schema):
    id: int


@router.post("/customers/{customer_id}/feedback", response={201: FeedbackMade})
def record_feedback(request: Request, customer_id: int, body: FeedbackIn) -> Any:
    """Record what a customer thinks."""
    made = actions.record_feedback(
        actor=request.auth, now=clock.now(), customer_id=customer_id, **body.dict()
    )
    return Status(201, made)
