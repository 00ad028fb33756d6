"""What searches and time lines look like on the wire."""

from datetime import date, datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from zhike.customers.shapes import PersonRef


class Twin(Schema):
    id: int | None
    name: str | None
    code: str | None
    owner: str | None
    reason: str = Field(description="最强的一条")
    reasons: list[str] = Field(
        description="identity、name、wechat、phone、email、like_name 中的若干条"
    )
    certain: bool = Field(description="只有证件号码相同才算确定")
    strength: int = Field(description="0–100，有多像")
    why: str


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
