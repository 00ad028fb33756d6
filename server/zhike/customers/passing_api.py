"""Sharing customers, handing them over, and the trash, over HTTP."""

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Query, Router, Schema, Status
from pydantic import Field

from zhike.access.sign_in import Request
from zhike.base import clock
from zhike.base.errors import Invalid
from zhike.customers import handing_over, listing, queries, sharing, trash
from zhike.customers.criteria import criteria_of
from zhike.customers.models import Collaborator, HandOver

router = Router(tags=["customers"])
Id = Annotated[int, Field(ge=1, lt=2**63)]


class ColleagueRef(Schema):
    id: int
    name: str


class Colleague(ColleagueRef):
    department: str | None


class CollaboratorOut(Schema):
    person: Colleague
    may_edit: bool
    added_by: ColleagueRef | None
    added_at: datetime


class CollaboratorsOut(Schema):
    items: list[CollaboratorOut]


class ShareIn(Schema):
    model_config = {"extra": "forbid"}

    may_edit: bool = False


class HandOverIn(Schema):
    model_config = {"extra": "forbid"}

    customer_ids: list[Id] | None = Field(None, max_length=handing_over.MOST_CHOSEN)
    filters: dict[str, Any] | None = None
    taker_id: Id | None
    note: str = Field("", max_length=500)


class HandOverOut(Schema):
    id: int
    state: str
    total: int
    done: int
    giver: ColleagueRef | None
    taker: ColleagueRef | None
    note: str
    created_at: datetime


class HandOversOut(Schema):
    items: list[HandOverOut]


class TrashItem(Schema):
    kind: Literal["customer", "contact", "follow_up", "purchase", "problem", "attachment"]
    id: int
    name: str
    customer: ColleagueRef | None
    deleted_at: datetime
    deleted_by: ColleagueRef | None
    restorable_until: datetime


class TrashPage(Schema):
    items: list[TrashItem]
    next: str | None


@router.get("/customers/{customer_id}/collaborators", response=CollaboratorsOut)
def collaborators(request: Request, customer_id: int) -> dict[str, Any]:
    """List with whom a customer is shared."""
    customer = queries.one(request.auth, customer_id)
    found = queries.collaborators_visible_to(request.auth, customer)
    return {"items": [_collaborator(one) for one in found]}


@router.put("/customers/{customer_id}/collaborators/{person_id}", response=CollaboratorOut)
def share(request: Request, customer_id: int, person_id: int, body: ShareIn) -> dict[str, Any]:
    """Share a customer with a colleague, or change how."""
    one = sharing.share(
        actor=request.auth,
        now=clock.now(),
        customer_id=customer_id,
        person_id=person_id,
        may_edit=body.may_edit,
    )
    return _collaborator(one)


@router.delete("/customers/{customer_id}/collaborators/{person_id}", response={204: None})
def unshare(request: Request, customer_id: int, person_id: int) -> Status:
    """Share a customer with a colleague no longer."""
    sharing.unshare(
        actor=request.auth, now=clock.now(), customer_id=customer_id, person_id=person_id
    )
    return Status(204, None)


def _collaborator(one: Collaborator) -> dict[str, Any]:
    department = one.person.department
    return {
        "person": {
            "id": one.person.pk,
            "name": one.person.name,
            "department": department.name if department else None,
        },
        "may_edit": one.may_edit,
        "added_by": one.added_by,
        "added_at": one.added_at,
    }


@router.post("/hand-overs", response={201: HandOverOut})
def hand_over(request: Request, body: HandOverIn) -> Status:
    """Hand the chosen customers, or all of a filter, to a colleague or into the pool."""
    if (body.customer_ids is None) == (body.filters is None):
        raise Invalid("customer_ids", "请选择要转交的客户，或给出筛选条件。")
    if body.customer_ids is not None:
        visible = queries.visible_to(request.auth)
        customers = handing_over.chosen(visible, body.customer_ids)
    else:
        customers = listing.filtered(request.auth, criteria_of(body.filters), today=clock.today())
    begun = handing_over.hand_over(
        actor=request.auth,
        now=clock.now(),
        customers=customers,
        taker_id=body.taker_id,
        note=body.note,
        by_filter=body.filters is not None,
    )
    return Status(201, begun)


@router.get("/hand-overs", response=HandOversOut)
def hand_overs(request: Request, giver: Id | None = None) -> dict[str, Any]:
    """List the last hand-overs, of one leaver if asked so."""
    found = handing_over.hand_overs_visible_to(request.auth)
    if giver is not None:
        found = found.filter(giver_id=giver)
    return {"items": list(found[:50])}


@router.get("/hand-overs/{hand_over_id}", response=HandOverOut)
def one_hand_over(request: Request, hand_over_id: int) -> HandOver:
    """Return how far a hand-over is."""
    return handing_over.one_hand_over(request.auth, hand_over_id)


@router.get("/trash", response=TrashPage)
def trash_page(
    request: Request,
    kind: str | None = None,
    cursor: str | None = None,
    limit: int = Query(50, ge=1, le=200),
) -> dict[str, Any]:
    """List what was deleted and can be restored."""
    items, following = trash.page(request.auth, kind=kind, cursor=cursor, limit=limit)
    return {"items": items, "next": following}
