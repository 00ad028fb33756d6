"""The audit log over HTTP."""

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Query, Router, Schema, Status
from pydantic import Field

from zhike.access import audit
from zhike.access.sign_in import Request
from zhike.base import clock
from zhike.trail.audit import Wish

router = Router(tags=["audit"])
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(9999, 1, 1)
Id = Annotated[int, Field(ge=1, lt=2**63)]


class Filters(Schema):
    person: Id | None = None
    verb_group: str = Field("", max_length=20)
    customer: Id | None = None
    # Further off, a day in Shanghai has no beginning in UTC.
    from_: date | None = Field(None, alias="from", ge=FIRST_DAY, le=LAST_DAY)
    to: date | None = Field(None, ge=FIRST_DAY, le=LAST_DAY)
    q: str = Field("", max_length=100, pattern=r"^[^\x00]*$")
    cursor: str | None = Field(None, max_length=200)
    limit: int = Field(50, ge=1, le=200)


class Ref(Schema):
    id: int
    name: str


class RecordRef(Schema):
    type: str
    id: int


class Change(Schema):
    field: str
    label: str
    old: Any
    new: Any


class Item(Schema):
    id: int
    at: datetime
    verb: str
    label: str
    group: str
    actor: Ref | None
    via: str
    address: str
    request_id: str
    customer: Ref | None
    record: RecordRef | None
    summary: str
    changes: list[Change]


class Page(Schema):
    items: list[Item]
    next: str | None


class Group(Schema):
    name: str
    label: str


class Groups(Schema):
    items: list[Group]


class State(Schema):
    events: int
    sealed_until: datetime | None
    anchored_at: datetime | None
    well: bool | None
    checked_at: datetime | None
    problem: str
    running: bool


@router.get("/audit", response=Page)
def events(request: Request, filters: Query[Filters]) -> dict[str, Any]:
    """What everybody did, the newest first; `q` is a request's number, an address or a code."""
    wish = Wish(
        person=filters.person,
        group=filters.verb_group,
        customer=filters.customer,
        since=filters.from_,
        until=filters.to,
        q=filters.q,
    )
    items, following = audit.page(request.auth, wish, cursor=filters.cursor, limit=filters.limit)
    return {"items": items, "next": following}


@router.get("/audit/groups", response=Groups)
def groups(request: Request) -> dict[str, Any]:
    """The groups of operations."""
    return {"items": audit.groups(request.auth)}


@router.get("/audit/state", response=State)
def state(request: Request) -> dict[str, Any]:
    """Whether the trail is whole, as the last verification found it."""
    return audit.state(request.auth)


@router.post("/audit/verification", response={202: State})
def verify(request: Request) -> Status:
    """Have the whole chain verified."""
    return Status(202, audit.ask_verification(actor=request.auth, now=clock.now()))
