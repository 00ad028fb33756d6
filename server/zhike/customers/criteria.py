"""Which customers a list shows: the filter of lists, totals, exports and bulk work."""

from datetime import date
from typing import Literal

from ninja import Schema
from pydantic import Field

Owner = Literal["me", "none"] | int

SORTS: dict[str, str] = {
    "created_at": "id",  # ids grow with time, and the primary key is the cheapest index
    "name": "pinyin",
    "code": "code",
    "last_follow_up_on": "last_follow_up_on",
    "next_follow_up_on": "next_follow_up_on",
    "contract_amount": "contract_amount",
}


class Criteria(Schema):
    """Every criterion narrows; one that is absent does not matter. Lists mean “one of”."""

    model_config = {"extra": "ignore"}

    q: str | None = Field(None, max_length=100, description="名称、编号、拼音、首字母或电话后四位")
    kind: str | None = None
    type: list[str] | None = None
    is_key: bool | None = None
    tier: str | None = None
    grade: str | None = None
    source: str | None = None
    owner: Owner | None = None
    tag: int | None = None
    industry: str | None = Field(
        None, description="行业名称的一部分，或 GB/T 4754 代码", max_length=60
    )
    need_status: str | None = None
    cooperation_stage: str | None = None
    next_from: date | None = None
    next_to: date | None = None
    unplanned: bool | None = Field(None, description="没有安排下次跟进的")
    overdue: bool | None = Field(None, description="下次跟进时间已过的")
    last_from: date | None = None
    last_to: date | None = None
    created_from: date | None = None
    created_to: date | None = None
    import_id: int | None = None
