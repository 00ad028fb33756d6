"""Customers, contacts, tags and search, over HTTP."""

from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from ninja import Query, Router, Schema, Status
from pydantic import Field

from zhike.access.sign_in import Request
from zhike.base import clock
from zhike.base.errors import NotFound, Stale
from zhike.customers import actions, finding, listing, pages, queries, revealing
from zhike.customers import contacts as contact_actions
from zhike.customers.criteria import KEY_FIRST, Criteria
from zhike.customers.models import Contact, Tag

router = Router(tags=["customers"])


class PersonRef(Schema):
    id: int
    name: str


class CollaboratorRef(PersonRef):
    may_edit: bool


class TagOut(Schema):
    id: int
    name: str
    color: str


class TagIn(Schema):
    model_config = {"extra": "forbid"}

    name: str
    color: str = "grey"


class TagsOut(Schema):
    items: list[TagOut]


class ContactRef(Schema):
    id: int
    name: str
    title: str
    phone: str = Field(description="已打码")
    email: str = Field(description="已打码")


class CustomerRow(Schema):
    id: int
    version: int
    code: str
    name: str
    kind: str
    type: str
    is_key: bool
    tier: str
    grade: str
    industry: str
    region: str
    source: str
    owner: PersonRef | None
    tags: list[TagOut]
    contact: ContactRef | None
    cooperation_since: date | None
    contract_amount: int | None = Field(description="分")
    products: str
    last_follow_up_on: date | None
    next_follow_up_on: date | None
    need_status: str
    created_at: datetime
    may_edit: bool


class CustomerPage(Schema):
    items: list[CustomerRow]
    next: str | None


class Totals(Schema):
    count: int
    contract_amount: int | None = Field(description="分；看不到金额的为空")


class Masked(Schema):
    masked: str
    valid: bool = Field(description="是完整有效的号码")


class ContactOut(Schema):
    id: int
    version: int
    name: str
    salutation: str
    title: str
    mobile: Masked | None
    landline: Masked | None
    email: Masked | None
    wechat: Masked | None
    role: str
    preferences: str
    convenient_time: str
    is_primary: bool


class Can(Schema):
    edit: bool
    log: bool
    delete: bool
    share: bool
    hand_over: bool
    reveal: bool


class CustomerOut(CustomerRow):
    identity: str = Field(description="已打码")
    address: str = Field(description="已打码")
    background: str
    first_need: str
    core_need: str
    budget: str
    expected_term: str
    cooperation_until: date | None
    cooperation_stage: str
    project_code: str
    deal_stage: str
    expected_close: str
    deal_amount: int | None
    special_needs: str
    risk: str
    competition: str
    remark: str
    recorder: str
    recorded_on: date
    first_contact_on: date | None
    contacts: list[ContactOut]
    collaborators: list[CollaboratorRef]
    access: str = Field(description="own、scope、shared_edit、shared_read 或 pool")
    fields: dict[str, str] = Field(description="每组字段：hidden、masked、read 或 edit")
    can: Can


class CustomerFields(Schema):
    """What may be entered of a customer; absent fields stay as they are."""

    model_config = {"extra": "forbid"}

    name: str | None = None
    kind: str | None = None
    type: str | None = None
    is_key: bool | None = None
    tier: str | None = None
    grade: str | None = None
    source: str | None = None
    identity: str | None = None
    industry: str | None = None
    region: str | None = None
    address: str | None = None
    background: str | None = None
    first_need: str | None = None
    core_need: str | None = None
    need_status: str | None = None
    budget: str | None = None
    expected_term: str | None = None
    products: str | None = None
    cooperation_since: date | None = None
    cooperation_until: date | None = None
    cooperation_stage: str | None = None
    contract_amount: int | None = None
    project_code: str | None = None
    deal_stage: str | None = None
    expected_close: str | None = None
    deal_amount: int | None = None
    special_needs: str | None = None
    risk: str | None = None
    competition: str | None = None
    remark: str | None = None
    first_contact_on: date | None = None
    owner_id: int | None = None
    tags: list[int] | None = Field(None, max_length=100)


class CustomerIn(CustomerFields):
    contact_name: str | None = None
    contact_title: str | None = None
    mobile: str | None = None
    landline: str | None = None
    email: str | None = None
    wechat: str | None = None


class CustomerPatch(CustomerFields):
    version: int


class ContactIn(Schema):
    model_config = {"extra": "forbid"}

    name: str | None = None
    title: str | None = None
    mobile: str | None = None
    landline: str | None = None
    email: str | None = None
    wechat: str | None = None
    role: str | None = None
    preferences: str | None = None
    convenient_time: str | None = None
    is_primary: bool | None = None


class ContactPatch(ContactIn):
    version: int


class RevealIn(Schema):
    model_config = {"extra": "forbid"}

    field: str
    reason: str = Field("", max_length=200)


class Revealed(Schema):
    value: str


class Twin(Schema):
    id: int | None
    name: str | None
    code: str | None
    owner: str | None
    reason: str
    certain: bool


class TwinsOut(Schema):
    items: list[Twin]


class StoryItem(Schema):
    id: int
    kind: str
    verb: str
    at: datetime
    on: date
    actor: PersonRef | None
    title: str
    body: str
    detail: dict[str, Any]
    record: dict[str, Any] | None


class StoryOut(Schema):
    items: list[StoryItem]
    next: str | None


class Hit(Schema):
    id: int
    code: str
    name: str
    kind: str
    is_key: bool
    owner_name: str | None
    contact_name: str
    phone: str
    match: str


class InCare(Schema):
    owner: str
    department: str | None


class HitsOut(Schema):
    items: list[Hit]
    in_care: list[InCare] = Field(description="看不到的同名客户由谁负责")


@router.get("/customers", response=CustomerPage)
def list_customers(
    request: Request,
    criteria: Query[Criteria],
    sort: str = KEY_FIRST,
    cursor: str | None = None,
    limit: int = Query(50, ge=1, le=200),
) -> HttpResponse:
    """List customers; the answer is written by msgspec, because lists are what people wait for."""
    body = pages.list_page(
        request.auth, criteria, sort=sort, cursor=cursor, limit=limit, today=clock.today()
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
    identity: str = Query("", max_length=40),
) -> dict[str, Any]:
    """Tell which customers may be the same as the one being entered."""
    found = finding.similar(request.auth, name=name, phone=phone, email=email, identity=identity)
    return {"items": found}


@router.post("/customers", response={201: CustomerOut})
def create_customer(request: Request, body: CustomerIn) -> Status:
    """Enter a customer."""
    fields = {k: v for k, v in body.dict(exclude_unset=True).items() if v is not None}
    customer = actions.create_customer(actor=request.auth, now=clock.now(), **fields)
    return Status(201, pages.detail(request.auth, customer))


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
    items, following = queries.timeline(
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
