"""Purchases, problems, and contacts that are one human being, over HTTP."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ninja import Query, Router, Schema, Status
from pydantic import Field

from zhike.access.sign_in import Request
from zhike.base import clock
from zhike.customers import individuals, linking, problems, purchases
from zhike.customers.shapes import AlsoAt

router = Router(tags=["dealings"])


class Who(Schema):
    id: int
    name: str


class PurchaseOut(Schema):
    id: int
    version: int
    customer_id: int
    bought_on: date
    product: str
    quantity: str | None
    amount: int | None = Field(description="分；看不到金额的为空")
    order_code: str
    note: str
    recorded_by: Who | None
    recorded_at: datetime
    may_edit: bool


class PurchaseSummary(Schema):
    count: int
    amount: int | None = Field(description="分；看不到金额的为空")
    first_on: date | None
    last_on: date | None
    every_days: int | None = Field(description="平均隔几天买一次，不到两次为空")
    frequency: str


class PurchasePage(Schema):
    items: list[PurchaseOut]
    next: str | None
    summary: PurchaseSummary


class PurchaseIn(Schema):
    model_config = {"extra": "forbid"}

    bought_on: date
    product: str
    quantity: Decimal | None = None
    amount: int | None = None
    order_code: str | None = None
    note: str | None = None


class PurchasePatch(Schema):
    model_config = {"extra": "forbid"}

    version: int
    bought_on: date | None = None
    product: str | None = None
    quantity: Decimal | None = None
    amount: int | None = None
    order_code: str | None = None
    note: str | None = None


class PotentialProblem(Schema):
    id: int
    version: int
    customer_id: int
    description: str
    cause: str
    solution: str
    state: str
    recorded_by: Who | None
    recorded_at: datetime
    solved_on: date | None
    may_edit: bool


class ProblemPage(Schema):
    items: list[PotentialProblem]
    next: str | None


class ProblemIn(Schema):
    model_config = {"extra": "forbid"}

    description: str
    cause: str | None = None
    solution: str | None = None
    state: str = "open"


class ProblemPatch(Schema):
    model_config = {"extra": "forbid"}

    version: int
    description: str | None = None
    cause: str | None = None
    solution: str | None = None
    state: str | None = None


class IndividualIn(Schema):
    model_config = {"extra": "forbid"}

    contact_id: int | None


class SuggestionOut(Schema):
    contact_id: int
    name: str
    customer_id: int
    customer_name: str
    reasons: list[str] = Field(description="mobile、landline、email、wechat 中相同的几项")


class IndividualOut(Schema):
    contact_id: int
    also_at: list[AlsoAt]
    suggestions: list[SuggestionOut]


@router.get("/customers/{customer_id}/purchases", response=PurchasePage)
def list_purchases(
    request: Request,
    customer_id: int,
    cursor: str | None = None,
    limit: int = Query(50, ge=1, le=200),
) -> dict[str, Any]:
    """List what a customer bought, the latest first, and how often it buys."""
    items, following = purchases.page(request.auth, customer_id, cursor=cursor, limit=limit)
    told = purchases.summary(request.auth, customer_id)
    return {"items": items, "next": following, "summary": told}


@router.post("/customers/{customer_id}/purchases", response={201: PurchaseOut})
def add_purchase(request: Request, customer_id: int, body: PurchaseIn) -> Status:
    """Note a purchase."""
    made = purchases.add_purchase(
        actor=request.auth, now=clock.now(), customer_id=customer_id, **body.dict()
    )
    return Status(201, purchases.shown(request.auth, made, may_edit=True))


@router.patch("/purchases/{purchase_id}", response=PurchaseOut)
def change_purchase(request: Request, purchase_id: int, body: PurchasePatch) -> dict[str, Any]:
    """Correct a purchase."""
    changed = purchases.change_purchase(
        actor=request.auth,
        now=clock.now(),
        purchase_id=purchase_id,
        **body.dict(exclude_unset=True),
    )
    return purchases.shown(request.auth, changed, may_edit=True)


@router.delete("/purchases/{purchase_id}", response={204: None})
def delete_purchase(request: Request, purchase_id: int) -> Status:
    """Put a purchase into the trash."""
    purchases.delete_purchase(actor=request.auth, now=clock.now(), purchase_id=purchase_id)
    return Status(204, None)


@router.post("/purchases/{purchase_id}/restoration", response=PurchaseOut)
def restore_purchase(request: Request, purchase_id: int) -> dict[str, Any]:
    """Bring a purchase back from the trash."""
    back = purchases.restore_purchase(actor=request.auth, now=clock.now(), purchase_id=purchase_id)
    return purchases.shown(request.auth, back, may_edit=True)


@router.get("/customers/{customer_id}/problems", response=ProblemPage)
def list_problems(
    request: Request,
    customer_id: int,
    cursor: str | None = None,
    limit: int = Query(50, ge=1, le=200),
) -> dict[str, Any]:
    """List what may go wrong with a customer, the newest first."""
    items, following = problems.page(request.auth, customer_id, cursor=cursor, limit=limit)
    return {"items": items, "next": following}


@router.post("/customers/{customer_id}/problems", response={201: PotentialProblem})
def add_problem(request: Request, customer_id: int, body: ProblemIn) -> Status:
    """Note a problem."""
    made = problems.add_problem(
        actor=request.auth, now=clock.now(), customer_id=customer_id, **body.dict()
    )
    return Status(201, problems.shown(made, may_edit=True))


@router.patch("/problems/{problem_id}", response=PotentialProblem)
def change_problem(request: Request, problem_id: int, body: ProblemPatch) -> dict[str, Any]:
    """Change a problem."""
    changed = problems.change_problem(
        actor=request.auth,
        now=clock.now(),
        problem_id=problem_id,
        **body.dict(exclude_unset=True),
    )
    return problems.shown(changed, may_edit=True)


@router.delete("/problems/{problem_id}", response={204: None})
def delete_problem(request: Request, problem_id: int) -> Status:
    """Put a problem into the trash."""
    problems.delete_problem(actor=request.auth, now=clock.now(), problem_id=problem_id)
    return Status(204, None)


@router.post("/problems/{problem_id}/restoration", response=PotentialProblem)
def restore_problem(request: Request, problem_id: int) -> dict[str, Any]:
    """Bring a problem back from the trash."""
    back = problems.restore_problem(actor=request.auth, now=clock.now(), problem_id=problem_id)
    return problems.shown(back, may_edit=True)


@router.get("/contacts/{contact_id}/individual", response=IndividualOut)
def individual(request: Request, contact_id: int) -> dict[str, Any]:
    """Tell at which other customers a person is known, and where it might be."""
    return individuals.described(request.auth, contact_id)


@router.put("/contacts/{contact_id}/individual", response=IndividualOut)
def set_individual(request: Request, contact_id: int, body: IndividualIn) -> dict[str, Any]:
    """Say that two contacts are one human being, or that this one is nobody else."""
    if body.contact_id is None:
        linking.unlink(actor=request.auth, now=clock.now(), contact_id=contact_id)
    else:
        linking.link(
            actor=request.auth, now=clock.now(), contact_id=contact_id, other_id=body.contact_id
        )
    return individuals.described(request.auth, contact_id)
