"""Channels by which notices leave the house, over HTTP, for who sets them up."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from ninja import Query, Router, Schema, Status
from pydantic import Field

from zhike.access import limits, queries
from zhike.access.api import DepartmentRef
from zhike.access.models import Department, Person
from zhike.access.sign_in import Request
from zhike.base import clock
from zhike.base.errors import Invalid, TooMany
from zhike.trail.channels import delivering, keeping, sealing
from zhike.trail.models import Channel, Delivery
from zhike.trail.notices import KINDS

router = Router(tags=["channels"])
Id = Annotated[int, Field(ge=1, lt=2**63)]
TRIALS = limits.Limit("channel trials", 10, 60)


class MailServer(Schema):
    model_config = {"extra": "forbid"}

    host: str
    port: int
    security: str = Field(description="tls、starttls 或 none")
    user: str = ""
    sender: str


class ChannelOut(Schema):
    id: int
    version: int
    kind: str
    kind_label: str
    name: str
    address: str = Field(description="打码后的机器人地址")
    has_secret: bool
    settings: MailServer | None
    department: DepartmentRef | None
    is_on: bool
    worked_at: datetime | None
    failed_at: datetime | None
    trouble: str


class ChannelsOut(Schema):
    items: list[ChannelOut]


class ChannelIn(Schema):
    model_config = {"extra": "forbid"}

    kind: str
    name: str
    address: str = ""
    secret: str = ""
    settings: MailServer | None = None
    department_id: Id | None = None
    is_on: bool = True


class ChannelPatch(Schema):
    model_config = {"extra": "forbid"}

    version: int
    name: str | None = None
    address: str | None = None
    secret: str | None = None
    settings: MailServer | None = None
    department_id: Id | None = None
    is_on: bool | None = None


class TrialOut(Schema):
    ok: bool
    trouble: str


class DeliveredTo(Schema):
    id: int
    name: str


class DeliveryOut(Schema):
    id: int
    kind: str
    kind_label: str
    person: DeliveredTo
    state: str
    state_label: str
    attempts: int
    not_before: datetime
    rests: bool = Field(description="等免打扰时间结束")
    sent_at: datetime | None
    trouble: str
    told_at: datetime


class DeliveriesOut(Schema):
    items: list[DeliveryOut]
    next: str | None


@router.get("/channels", response=ChannelsOut)
def channels(request: Request) -> dict[str, Any]:
    """List the channels."""
    return {"items": _out(request.auth, list(keeping.channels_visible_to(request.auth)))}


@router.post("/channels", response={201: ChannelOut})
def add_channel(request: Request, body: ChannelIn) -> Status:
    """Set up a channel."""
    keeping.require(request.auth)
    given = _given(request.auth, body.dict(exclude_unset=True))
    made = keeping.add_channel(actor=request.auth, now=clock.now(), **given)
    return Status(201, _out(request.auth, [made])[0])


@router.patch("/channels/{channel_id}", response=ChannelOut)
def change_channel(request: Request, channel_id: int, body: ChannelPatch) -> dict[str, Any]:
    """Change a channel; address and secret stay where they are not given."""
    given = body.dict(exclude_unset=True)
    for name in ("name", "address", "secret", "settings", "is_on"):
        if name in given and given[name] is None:
            del given[name]
    keeping.require(request.auth)
    given = _given(request.auth, given)
    changed = keeping.change_channel(
        actor=request.auth, now=clock.now(), channel_id=channel_id, **given
    )
    return _out(request.auth, [changed])[0]


@router.delete("/channels/{channel_id}", response={204: None})
def remove_channel(request: Request, channel_id: int) -> Status:
    """Remove a channel."""
    keeping.remove_channel(actor=request.auth, now=clock.now(), channel_id=channel_id)
    return Status(204, None)


@router.post("/channels/{channel_id}/trial", response=TrialOut)
def try_channel(request: Request, channel_id: int) -> dict[str, Any]:
    """Send a notice through a channel at once."""
    keeping.one_channel(request.auth, channel_id)
    if limits.take(TRIALS, request.auth.pk) is None:
        raise TooMany("试发太频繁，请一分钟后再试。")
    found = keeping.try_channel(actor=request.auth, now=clock.now(), channel_id=channel_id)
    return {"ok": found.how == "sent", "trouble": found.trouble}


@router.get("/channels/{channel_id}/deliveries", response=DeliveriesOut)
def deliveries(
    request: Request,
    channel_id: int,
    state: str = "",
    cursor: str = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> dict[str, Any]:
    """List what went or is to go through a channel, without what it says."""
    rows, following = keeping.deliveries_visible_to(
        request.auth, channel_id, state=state, cursor=cursor, limit=limit
    )
    return {"items": _deliveries(rows), "next": following}


@router.post("/deliveries/{delivery_id}/retry", response=DeliveryOut)
def retry_delivery(request: Request, delivery_id: int) -> dict[str, Any]:
    """Send again what failed."""
    one = keeping.retry_delivery(actor=request.auth, now=clock.now(), delivery_id=delivery_id)
    return _deliveries([one])[0]


def _given(actor: Person, given: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of an action: the department by its path."""
    if "department_id" in given:
        number = given.pop("department_id")
        department = _department(actor, number) if number is not None else None
        given["department_path"] = department.path if department else ""
    if given.get("settings", {}) is None:
        del given["settings"]
    return given


def _department(actor: Person, number: int) -> Department:
    found = queries.departments_visible_to(actor).filter(pk=number).first()
    if found is None:
        raise Invalid("department_id", "没有找到这个部门，请重新选择。")
    return found


def _out(actor: Person, found: list[Channel]) -> list[dict[str, Any]]:
    numbers = {one.pk: one.department_path.strip("/").rpartition("/")[2] for one in found}
    ids = {int(number) for number in numbers.values() if number}
    departments = queries.departments_visible_to(actor).in_bulk(ids) if ids else {}
    described = []
    for one in found:
        number = int(numbers[one.pk] or 0)
        gone = {"id": number, "name": "（已删除的部门）", "parent_id": None}
        department = departments.get(number, gone) if number else None
        described.append(_described(one, department))
    return described


def _described(one: Channel, department: Any) -> dict[str, Any]:
    return {
        "id": one.pk,
        "version": one.version,
        "kind": one.kind,
        "kind_label": Channel.Kind(one.kind).label,
        "name": one.name,
        "address": sealing.masked_address(one),
        "has_secret": bool(one.secret),
        "settings": one.settings or None,
        "department": department,
        "is_on": one.is_on,
        "worked_at": one.worked_at,
        "failed_at": one.failed_at,
        "trouble": one.trouble,
    }


def _deliveries(rows: list[Delivery]) -> list[dict[str, Any]]:
    names, now = keeping.names_of(rows), clock.now()
    return [
        {
            "id": one.pk,
            "kind": one.notice.kind,
            "kind_label": KINDS[one.notice.kind].label if one.notice.kind in KINDS else "其他",
            "person": {
                "id": one.notice.person_id,
                "name": names.get(one.notice.person_id, "（已离职）"),
            },
            "state": one.state,
            "state_label": Delivery.State(one.state).label,
            "attempts": one.attempts,
            "not_before": one.not_before,
            "rests": delivering.rests(one, now),
            "sent_at": one.sent_at,
            "trouble": one.trouble,
            "told_at": one.notice.created_at,
        }
        for one in rows
    ]
