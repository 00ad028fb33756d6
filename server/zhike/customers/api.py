"""Customers, contacts, tags and search, over HTTP."""

from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Query, Router, Status

from zhike.access.sign_in import Request
from zhike.base import clock
from zhike.base.errors import NotFound, Stale
from zhike.customers import actions, finding, history, listing, pages, queries, revealing
from zhike.customers import contacts as contact_actions
from zhike.customers.criteria import KEY_FIRST, Criteria
from zhike.customers.found_shapes import HitsOut, StoryOut, TwinsOut
from zhike.customers.models import Contact, Tag
from zhike.customers.shapes import (
    ContactIn,
    ContactOut,
    ContactPatch,
    CustomerIn,
    CustomerOut,
    CustomerPage,
    CustomerPatch,
    Revealed,
    RevealIn,
    TagIn,
    TagOut,
    TagsOut,
    Totals,
)
from zhike.customers.similar import Asked
from zhike.customers.similar import similar as similar_ones

router = Router(tags=["customers"])
Show = Annotated[
    list[str] | None, Query(max_length=60, description="另要显示的字段的键，可用逗号分隔")
]


@router.get("/customers", response=CustomerPage)
def list_customers(
    request: Request,
    criteria: Query[Criteria],
    sort: str = KEY_FIRST,
    cursor: str | None = None,
    limit: int = Query(50, ge=1, le=200),
    show: Show = None,
) -> HttpResponse:
    """List customers; the answer is written by msgspec, because lists are what people wait for."""
    body = pages.list_page(
        request.auth,
        criteria,
        sort=sort,
        cursor=cursor,
        limit=limit,
        today=clock.today(),
        show=show or (),
    )
    return HttpResponse(body, content_type="application/json")


@router.get("/customers/summary", response=Totals)
def summary(request: Request, criteria: Query[Criteria]) -> dict[str, int | None]:
    """Count the customers of a filter and add up their contracts."""
    return listing.summary(request.auth, criteria, today=clock.today())


@router.get("/customers/similar", response=TwinsOut)
def similar(
    request: Request,
    name: str = Query("", max_length=200),
    phone: str = Query("", max_length=60),
    email: str = Query("", max_length=200),
    wechat: str = Query("", max_length=60),
    identity: str = Query("", max_length=40),
    kind: str = Query("", max_length=10),
    except_id: int | None = Query(None, ge=1, lt=2**63, description="正在修改的客户自己"),
) -> dict[str, Any]:
    """Tell which customers may be the same as the one being entered or changed."""
    asked = Asked(name, phone, email, wechat, identity, kind, except_id)
    found = similar_ones(request.auth, asked)
    return {"items": found}


@router.post("/customers", response={201: CustomerOut})
def create_customer(request: Request, body: CustomerIn) -> Status:
    """Enter a customer."""
    fields = {k: v for k, v in body.dict(exclude_unset=True).items() if v is not None}
    entered = actions.enter(actor=request.auth, now=clock.now(), **fields)
    return Status(201, pages.detail(request.auth, entered.customer, new_with=entered.contacts))


@router.get("/customers/{customer_id}", response=CustomerOut)
def get_customer(request: Request, customer_id: int) -> dict[str, Any]:
    """Return one customer's file."""
    return pages.detail(request.auth, queries.one(request.auth, customer_id))


@router.patch("/customers/{customer_id}", response=CustomerOut)
def change_customer(request: Request, customer_id: int, body: CustomerPatch) -> dict[str, Any]:
    """Change some fields; 409 `stale` when somebody else changed the same ones."""
    fields = body.dict(exclude_unset=True)
    if fields.get("tags", []) is None:
        fields["tags"] = []
    try:
        customer = actions.change_customer(
            actor=request.auth, now=clock.now(), customer_id=customer_id, **fields
        )
    except Stale as stale:
        stale.extra["current"] = _json(
            pages.detail(request.auth, queries.one(request.auth, customer_id))
        )
        raise
    return pages.detail(request.auth, customer)


def _json(detail: dict[str, Any]) -> dict[str, Any]:
    return CustomerOut.model_validate(detail).model_dump(mode="json")


@router.delete("/customers/{customer_id}", response={204: None})
def delete_customer(request: Request, customer_id: int) -> Status:
    """Put a customer into the trash."""
    actions.delete_customer(actor=request.auth, now=clock.now(), customer_id=customer_id)
    return Status(204, None)


@router.post("/customers/{customer_id}/restoration", response=CustomerOut)
def restore_customer(request: Request, customer_id: int) -> dict[str, Any]:
    """Bring a customer back from the trash."""
    customer = actions.restore_customer(
        actor=request.auth, now=clock.now(), customer_id=customer_id
    )
    return pages.detail(request.auth, customer)


@router.get("/customers/{customer_id}/timeline", response=StoryOut)
def timeline(
    request: Request,
    customer_id: int,
    kind: str | None = None,
    cursor: str | None = None,
    limit: int = Query(30, ge=1, le=100),
) -> dict[str, Any]:
    """Return what happened with a customer, newest first."""
    items, following = history.timeline(
        request.auth, customer_id, kind=kind, cursor=cursor, limit=limit
    )
    return {"items": items, "next": following}


@router.post("/customers/{customer_id}/reveals", response=Revealed)
def reveal_of_customer(request: Request, customer_id: int, body: RevealIn) -> dict[str, str]:
    """Show a customer's identity number or address in full; it is recorded."""
    value = revealing.reveal(
        actor=request.auth, now=clock.now(), customer_id=customer_id, **body.dict()
    )
    return {"value": value}


@router.post("/customers/{customer_id}/contacts", response={201: ContactOut})
def add_contact(request: Request, customer_id: int, body: ContactIn) -> Status:
    """Add a contact."""
    contact = contact_actions.add_contact(
        actor=request.auth,
        now=clock.now(),
        customer_id=customer_id,
        **body.dict(exclude_unset=True, exclude_none=True),
    )
    return Status(201, pages.contact(request.auth, contact))


@router.patch("/contacts/{contact_id}", response=ContactOut)
def change_contact(request: Request, contact_id: int, body: ContactPatch) -> dict[str, Any]:
    """Change some fields of a contact."""
    contact: Contact = contact_actions.change_contact(
        actor=request.auth,
        now=clock.now(),
        contact_id=contact_id,
        **body.dict(exclude_unset=True),
    )
    return pages.contact(request.auth, contact)


@router.delete("/contacts/{contact_id}", response={204: None})
def remove_contact(request: Request, contact_id: int) -> Status:
    """Remove a contact."""
    contact_actions.remove_contact(actor=request.auth, now=clock.now(), contact_id=contact_id)
    return Status(204, None)


@router.post("/contacts/{contact_id}/restoration", response=ContactOut)
def restore_contact(request: Request, contact_id: int) -> dict[str, Any]:
    """Bring a removed contact back."""
    contact = contact_actions.restore_contact(
        actor=request.auth, now=clock.now(), contact_id=contact_id
    )
    return pages.contact(request.auth, contact)


@router.post("/contacts/{contact_id}/reveals", response=Revealed)
def reveal_of_contact(request: Request, contact_id: int, body: RevealIn) -> dict[str, str]:
    """Show a contact's number in full; it is recorded."""
    value = revealing.reveal(
        actor=request.auth, now=clock.now(), contact_id=contact_id, **body.dict()
    )
    return {"value": value}


@router.get("/tags", response=TagsOut)
def tags(request: Request) -> dict[str, Any]:
    """List the tags."""
    return {"items": list(queries.tags_visible_to(request.auth))}


@router.post("/tags", response={201: TagOut})
def add_tag(request: Request, body: TagIn) -> Status:
    """Add a tag."""
    return Status(
        201, actions.save_tag(actor=request.auth, now=clock.now(), tag=Tag(), **body.dict())
    )


@router.patch("/tags/{tag_id}", response=TagOut)
def change_tag(request: Request, tag_id: int, body: TagIn) -> Tag:
    """Rename or recolour a tag."""
    tag = queries.tags_visible_to(request.auth).filter(pk=tag_id).first()
    if tag is None:
        raise NotFound("没有找到这个标签。")
    return actions.save_tag(actor=request.auth, now=clock.now(), tag=tag, **body.dict())


@router.get("/search", response=HitsOut)
def search(
    request: Request,
    q: str = Query("", max_length=100),
    limit: int = Query(10, ge=1, le=50),
) -> dict[str, Any]:
    """Find customers by name, code, pinyin, initials, contact or phone."""
    return {
        "items": finding.find(request.auth, q, limit=limit),
        "in_care": finding.in_care(request.auth, q),
    }
