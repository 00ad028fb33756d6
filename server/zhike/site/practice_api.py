"""The practice workspace over HTTP: how it stands, the way in, laying it anew.

What is done there goes by the addresses of the API below /practice (`zhike.site.practice.door`).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from ninja import Field, Router, Schema

from zhike.access.sign_in import Request
from zhike.base import clock
from zhike.site.practice import actions, queries

router = Router(tags=["practice"])


class PracticeOut(Schema):
    state: Literal["none", "making", "ready", "failed"]
    resetting: bool = Field(description="已有一个可以用，正在准备新的来替换它")
    done: int = Field(description="准备到第几位客户")
    total: int
    trouble: str = Field(description="上次没准备成的原因")
    made_at: datetime | None
    customers: int = Field(description="准备时一共虚构了多少位客户")
    mine: int = Field(description="其中由我负责的")
    is_nightly: bool = Field(description="每晚重置")


class PracticeChange(Schema):
    is_nightly: bool


@router.get("/practice", response=PracticeOut)
def practice(request: Request) -> Any:
    """Tell how the practice workspace stands."""
    return queries.present(request.auth)


@router.post("/practice/entering", response=PracticeOut)
def enter(request: Request) -> Any:
    """Make it ready for who asks; ask again while it is being made."""
    return actions.enter(actor=request.auth, now=clock.now())


@router.post("/practice/resetting", response=PracticeOut)
def reset(request: Request) -> Any:
    """Lay it anew; whatever was changed there is gone."""
    return actions.reset(actor=request.auth, now=clock.now())


@router.patch("/practice", response=PracticeOut)
def change(request: Request, payload: PracticeChange) -> Any:
    """Have it laid anew every night, or not."""
    return actions.change(actor=request.auth, now=clock.now(), is_nightly=payload.is_nightly)
