"""The start pages, and what a new owner should know of a customer, over HTTP."""

from datetime import date as Day
from datetime import datetime
from typing import Any

from ninja import Query, Router, Schema
from pydantic import Field

from zhike.access.sign_in import Request
from zhike.base import clock
from zhike.care import handing_over, team
from zhike.care import today as start
from zhike.care.api import TaskOut
from zhike.care.key_dates_api import KeyDateOut
from zhike.care.playbooks_api import RunOut

router = Router(tags=["care"])


class NewCustomer(Schema):
    id: int
    name: str
    code: str
    is_key: bool
    created_at: datetime


class FallingOfMine(Schema):
    id: int
    name: str
    code: str
    is_key: bool
    falls_on: Day
    days_left: int


class PoolToday(Schema):
    new: int = Field(description="一周内进入公海的客户数")
    falling: list[FallingOfMine] = Field(description="我快被收回公海的客户")


class Counts(Schema):
    overdue: int
    due: int
    coming: int
    done_today: int
    customers: int
    follow_ups_week: int


class Today(Schema):
    date: Day
    weekday: str
    is_workday: bool
    day_label: str | None
    overdue: list[TaskOut]
    due: list[TaskOut]
    coming: list[TaskOut]
    promises: list[TaskOut] = Field(description="跟进时答应过的事，也在上面三组里")
    new_customers: list[NewCustomer]
    pool: PoolToday
    key_dates: list[KeyDateOut]
    late_rate: float | None = Field(description="近 30 天补记迟了的比例，没有记录时为空")
    counts: Counts


class TeamMember(Schema):
    id: int
    name: str
    department: str | None


class TeamRow(Schema):
    person: TeamMember
    overdue: int
    due: int
    unplanned: int = Field(description="跟进中却没有下次计划的客户数")
    late: int = Field(description="近 30 天补记迟了的跟进数")
    late_rate: float | None
    oldest_overdue_on: Day | None


class LateCustomer(Schema):
    id: int
    name: str
    is_key: bool


class LateRecord(Schema):
    id: int
    customer: LateCustomer
    way: str
    content: str
    contacted_on: Day
    recorded_on: Day


class LateRecords(Schema):
    items: list[LateRecord]
    next: str | None


class NamedValue(Schema):
    field: str
    label: str
    value: str


class SummaryCustomer(Schema):
    id: int
    name: str
    code: str


class SummaryPerson(Schema):
    id: int
    name: str


class HandedOver(Schema):
    model_config = {"populate_by_name": True}

    at: datetime
    by: str = Field(alias="from", description="上一位负责人")
    to: str
    note: str


class Talk(Schema):
    id: int
    on: Day | None
    way: str
    author: str
    content: str
    result: str
    objection: str


class SummaryContact(Schema):
    id: int
    name: str
    title: str
    role: str
    preferences: str
    convenient_time: str
    is_primary: bool


class OpenProblem(Schema):
    id: int
    text: str
    solution: str


class SummaryOut(Schema):
    customer: SummaryCustomer
    owner: SummaryPerson | None
    handed_over: HandedOver | None = Field(description="我接手的那一次；不是我负责时为空")
    stage: list[NamedValue]
    open_tasks: list[TaskOut]
    promises: list[TaskOut]
    last_talks: list[Talk]
    contacts: list[SummaryContact]
    risks: list[NamedValue]
    problems: list[OpenProblem]
    key_dates: list[KeyDateOut]
    playbook_runs: list[RunOut]


@router.get("/today", response=Today)
def today(request: Request) -> Any:
    """Return the start page."""
    return start.start_page(request.auth, at=clock.now())


@router.get("/team-today", response=list[TeamRow])
def team_today(request: Request) -> Any:
    """Return how far everybody is whom the caller leads."""
    return team.team_today(request.auth, today=clock.today())


@router.get("/late-follow-ups", response=LateRecords)
def late_follow_ups(
    request: Request,
    person: int | None = Query(None, ge=1, lt=2**63),
    cursor: str | None = None,
    limit: int = Query(50, ge=1, le=200),
) -> Any:
    """List what the caller, or a colleague, wrote down late in the last 30 days."""
    items, following = team.late_records(
        request.auth,
        person_id=person or request.auth.pk,
        today=clock.today(),
        cursor=cursor,
        limit=limit,
    )
    return {"items": items, "next": following}


@router.get("/customers/{customer_id}/handing-over-summary", response=SummaryOut, by_alias=True)
def handing_over_summary(request: Request, customer_id: int) -> Any:
    """Return what a new owner should know of a customer."""
    return handing_over.summary(request.auth, customer_id, clock.today())
