"""Which customers a list shows: the filter of lists, totals, exports and bulk work."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from zhike.base.errors import Invalid

# One plain type rather than a union: so an error names the field, not a branch of the type.
Owner = Annotated[str, Field(pattern=r"^(me|none|[1-9]\d{0,17})$")]
Word = Annotated[str, Field(max_length=60, pattern=r"^[^\x00]*$")]  # PostgreSQL stores no NUL
Id = Annotated[int, Field(ge=0, lt=2**63)]
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2200, 12, 31))]

KEY_FIRST = "key_first"  # 重点客户 before the others, the newest first within both (R05)
CONDITIONS = 10  # the most fields a list is narrowed by at once
Condition = Annotated[str, Field(max_length=2_500, pattern=r"^[^\x00]*$")]
Region = Annotated[str, Field(pattern=r"^\d{6}$")]
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

    model_config = {"extra": "ignore", "coerce_numbers_to_str": True}

    q: str | None = Field(None, max_length=100, description="名称、编号、拼音、首字母或电话后四位")
    kind: Word | None = None
    type: list[Word] | None = Field(None, max_length=20)
    is_key: bool | None = None
    tier: Word | None = None
    grade: Word | None = None
    source: Word | None = None
    owner: Owner | None = Field(None, description="me、none 或同事的编号")
    tag: Id | None = None
    industry: Word | None = Field(None, description="行业名称的一部分，或 GB/T 4754 代码")
    need_status: Word | None = None
    cooperation_stage: Word | None = None
    next_from: Day | None = None
    next_to: Day | None = None
    unplanned: bool | None = Field(None, description="没有安排下次跟进的")
    overdue: bool | None = Field(None, description="下次跟进时间已过的")
    last_from: Day | None = None
    last_to: Day | None = None
    created_from: Day | None = None
    created_to: Day | None = None
    import_id: Id | None = None
    life: Literal["active", "paused", "archived", "all"] | None = Field(
        None, description="不给出时不含已归档的"
    )
    dormant: bool | None = Field(None, description="久未往来、也没有安排下次跟进的")
    region: Region | None = Field(None, description="行政区划代码，含下级")
    field: list[Condition] | None = Field(
        None,
        max_length=CONDITIONS,
        description="键:操作:值，操作有 eq ne in ge le has empty filled；in 的值用逗号分隔",
    )

    @property
    def narrows(self) -> bool:
        """Tell whether any criterion is given."""
        return any(value is not None for value in self.__dict__.values())


def criteria_of(filters: Mapping[str, Any] | None) -> Criteria:
    """Return the criteria that bulk work is given; raise Invalid for what they cannot be.

    A list passes over what it does not know. Here that would reach everybody, so it is refused.
    """
    given = filters or {}
    unknown = next((name for name in given if name not in Criteria.model_fields), None)
    if unknown is not None:
        raise Invalid("filters", f"没有“{unknown[:30]}”这个筛选条件，请重新筛选。")
    try:
        return Criteria(**given)
    except ValueError as error:
        raise Invalid("filters", "筛选条件有误，请重新筛选。") from error
