"""What customers, contacts, tags and reviews look like on the wire."""

from datetime import date, datetime
from typing import Any

from ninja import Schema
from pydantic import Field, field_validator


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


class ListedCustomer(CustomerRow):
    more: dict[str, Any] = Field({}, description="用 show 要来的字段：{键: 值}")


class CustomerPage(Schema):
    items: list[ListedCustomer]
    next: str | None


class Totals(Schema):
    count: int
    contract_amount: int | None = Field(description="分；看不到金额的为空")


class Masked(Schema):
    masked: str
    valid: bool = Field(description="是完整有效的号码")


class AlsoAt(Schema):
    customer_id: int | None
    name: str | None
    contact_id: int | None
    birthday_shown: str
    do_not_contact: bool


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
    convenient_way: str
    is_primary: bool
    gender: str
    birthday: str = Field(description="1990-05-20、--05-20、L1990-04-26")
    birthday_shown: str
    birthday_next_on: date | None = Field(description="下一次生日是哪天，农历也换算好")
    stance: str
    reports_to_id: int | None
    consent: str
    consent_on: date | None
    consent_source: str
    do_not_contact: bool
    do_not_contact_reason: str
    individual: int | None = Field(description="同一个人的联系人，这里相同")
    also_at: list[AlsoAt]
    custom: dict[str, Any] = Field(description="自定义字段，号码已打码")


class Can(Schema):
    edit: bool
    log: bool
    delete: bool
    share: bool
    hand_over: bool
    reveal: bool


class ReviewedCustomer(PersonRef):
    code: str
    deleted: bool = Field(description="在回收站里")


class ReviewedChange(Schema):
    field: str
    label: str
    old: str
    new: str


class ReviewOut(Schema):
    id: int
    kind: str = Field(description="new 新客户，change 修改")
    state: str = Field(description="pending、approved 或 rejected")
    customer: ReviewedCustomer
    changes: list[ReviewedChange]
    left_out: int = Field(description="看的人无权查看而没有列出的项数")
    asked_by: PersonRef
    asked_at: datetime
    decided_by: PersonRef | None
    decided_at: datetime | None
    note: str
    can_decide: bool
    seen: str = Field(description="所见内容的印记，审核时交回")


class MissingField(Schema):
    of: str
    field: str
    label: str


class Completeness(Schema):
    percent: int
    missing: list[MissingField]


class Life(Schema):
    state: str
    reason: str
    note: str
    since: date | None
    look_again_on: date | None


class FileCounts(Schema):
    purchases: int | None = Field(description="无权查看的为空")
    problems: int | None
    attachments: int


class Warned(Schema):
    field: str
    level: str = Field(description="hint 或 warning")
    message: str


class PartOfTier(Schema):
    name: str
    label: str
    points: int
    most: int
    told: str


class CustomerOut(CustomerRow):
    region_code: str
    scale: str
    founded_on: date | None
    main_business: str
    gender: str
    birthday: str = Field(description="1990-05-20、--05-20、L1990-04-26")
    birthday_shown: str
    occupation: str
    habits: str
    preferred_categories: str
    renewal_intent: str
    payment_cycle: str
    personnel_changes: str
    bought_count: int | None
    bought_amount: int | None = Field(description="分")
    last_bought_on: date | None
    custom: dict[str, Any] = Field(description="自定义字段，号码已打码")
    completeness: Completeness
    tier_by_hand: bool
    tier_reason: str
    tier_points: int | None
    tier_why: list[PartOfTier]
    life: Life
    counts: FileCounts
    warnings: list[Warned]
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
    recorded_on: date | None
    first_contact_on: date | None
    contacts: list[ContactOut]
    collaborators: list[CollaboratorRef]
    access: str = Field(description="own、scope、shared_edit、shared_read 或 pool")
    fields: dict[str, str] = Field(description="每组字段：hidden、masked、read 或 edit")
    can: Can
    pending_reviews: list[ReviewOut]


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
    region_code: str | None = Field(None, max_length=12, description="行政区划代码，优先于 region")
    address: str | None = None
    scale: str | None = None
    founded_on: date | None = None
    main_business: str | None = None
    gender: str | None = None
    birthday: str | None = None
    occupation: str | None = None
    habits: str | None = None
    preferred_categories: str | None = None
    renewal_intent: str | None = None
    payment_cycle: str | None = None
    personnel_changes: str | None = None
    custom: dict[str, Any] | None = Field(None, description="自定义字段：{键: 值}，空值为清空")
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
    contact_custom: dict[str, Any] | None = Field(
        None, description="联系人的自定义字段：{键: 值}，没有填的不必给出"
    )
    mobile: str | None = None
    landline: str | None = None
    email: str | None = None
    wechat: str | None = None

    @field_validator("contact_custom")
    @classmethod
    def what_is_said(cls, given: dict[str, Any] | None) -> dict[str, Any] | None:
        """A contact of whom nothing is said is no contact."""
        return {key: one for key, one in (given or {}).items() if one not in (None, "", [])} or None


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
    convenient_way: str | None = None
    is_primary: bool | None = None
    salutation: str | None = None
    gender: str | None = None
    birthday: str | None = None
    stance: str | None = None
    reports_to_id: int | None = Field(None, ge=1, lt=2**63)
    consent: str | None = None
    consent_on: date | None = None
    consent_source: str | None = None
    do_not_contact: bool | None = None
    do_not_contact_reason: str | None = None
    custom: dict[str, Any] | None = Field(None, description="自定义字段：{键: 值}，空值为清空")


class ContactPatch(ContactIn):
    version: int


class RevealIn(Schema):
    model_config = {"extra": "forbid"}

    field: str
    reason: str = Field("", max_length=200)


class Revealed(Schema):
    value: str
