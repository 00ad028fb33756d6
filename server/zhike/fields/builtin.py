"""The fields the product is shipped with: what they are called, where they stand, who sees them.

Written once; forms, lists, filters, import, export, rights and completeness read it through
`registry`, which adds what an administrator changed (R16). A new column of a record belongs here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

COMPANY, PERSON = ("company",), ("person",)

# Sealed in the database, whatever an administrator says.
SEALED_TYPES = frozenset({"identity", "address", "mobile", "landline", "email", "wechat", "phone"})


@dataclass(frozen=True, slots=True)
class Definition:
    """What is to be known of one field.

    `type` is one of `models.Field.Type`, or of a shipped field also identity, address, industry,
    region, birthday, mobile, landline, wechat. `kinds` empty: for companies and persons alike.
    `weight` counts towards completeness; `pk` is the row's id where there is one. `is_fixed`
    marks what the system fills in itself; it is shown and filtered, never typed.
    """

    of: str
    key: str
    label: str
    section: str
    type: str
    group: str
    need: str = "optional"
    weight: int = 0
    dictionary: str = ""
    kinds: tuple[str, ...] = ()
    help: str = ""
    is_fixed: bool = False
    builtin: bool = True
    position: int = 0
    default: Any = None
    rule: dict[str, Any] = field(default_factory=dict)
    preset: str = ""
    archived: bool = False
    pk: int | None = None
    version: int = 0

    @property
    def name(self) -> str:
        """The name rights and columns know it by: customer.industry, customer.x12."""
        return f"{self.of}.{self.key}"

    @property
    def is_sealed(self) -> bool:
        """Whether its values are encrypted."""
        return self.type in SEALED_TYPES

    @property
    def is_own_choice(self) -> bool:
        """Whether it has a dictionary nobody else has."""
        return not self.builtin and self.type in ("choice", "choices")

    @property
    def is_locked(self) -> bool:
        """Whether no record can do without it: it is neither hidden, nor optional, nor secret."""
        return self.builtin and (self.need == "required" or self.name in _KEPT)

    @property
    def sortable(self) -> bool:
        """Whether lists of customers can be sorted by it."""
        if self.of != "customer" or self.archived:
            return False
        return self.key in _SORTABLE if self.builtin else self.type in _SORTABLE_TYPES

    @property
    def filterable(self) -> bool:
        """Whether lists of customers can be narrowed by it; sealed ones by the whole value."""
        if self.of != "customer" or self.archived:
            return False
        return not (self.builtin and self.is_sealed)

    def suits(self, kind: str) -> bool:
        """Tell whether a customer of this kind has the field."""
        return not self.kinds or kind in self.kinds


_KEPT = frozenset(
    {"customer.code", "contact.is_primary", "contact.do_not_contact", "follow_up.contacted_at"}
)
_SORTABLE_TYPES = frozenset({"number", "money", "date", "text", "choice"})
_SORTABLE = frozenset({"name", "code", "last_follow_up_on", "next_follow_up_on", "contract_amount"})


def _fields(of: str, section: str, *rows: dict[str, Any]) -> tuple[Definition, ...]:
    return tuple(Definition(of=of, section=section, **row) for row in rows)


def _f(key: str, label: str, type_: str, group: str = "basic", **more: Any) -> dict[str, Any]:
    return {"key": key, "label": label, "type": type_, "group": group, **more}


def _c(key: str, label: str, group: str = "basic", **more: Any) -> dict[str, Any]:
    return _f(key, label, "choice", group, dictionary=more.pop("dictionary", key), **more)


_REC: dict[str, Any] = {"need": "recommended"}

_CUSTOMER = (
    *_fields(
        "customer",
        "基本信息",
        _f("name", "客户名称", "text", need="required", weight=10, help="公司写营业执照上的全称"),
        _f("code", "客户编号", "text", is_fixed=True),
        _c("kind", "客户类别", need="required"),
        _c("type", "客户类型", need="required", weight=4),
        _f("is_key", "重点客户", "yes_no"),
        _c("tier", "客户分层", is_fixed=True, help="系统按金额、合作时长、购买次数和潜力每天计算"),
        _c("grade", "客户等级", weight=3),
        _f("identity", "统一社会信用代码/证件号码", "identity", "identity", weight=6),
        _f("industry", "所属行业", "industry", **_REC, weight=8),
        _f("region", "所在地区", "region", **_REC, weight=6),
        _f("address", "地址", "address", "address", weight=4),
        _c("source", "客户来源", **_REC, weight=6),
        _f("background", "客户背景简述", "long_text", weight=3),
    ),
    *_fields(
        "customer",
        "企业情况",
        _c("scale", "企业规模", kinds=COMPANY, weight=4),
        _f("founded_on", "成立时间", "date", kinds=COMPANY),
        _f("main_business", "主营业务", "text", kinds=COMPANY, **_REC, weight=5),
    ),
    *_fields(
        "customer",
        "个人情况",
        _c("gender", "性别", "contact", kinds=PERSON, weight=3),
        _f("birthday", "生日", "birthday", "contact", kinds=PERSON, weight=4),
        _f("occupation", "职业", "text", kinds=PERSON, weight=3),
        _f("habits", "消费习惯", "long_text", kinds=PERSON, weight=2),
        _f("preferred_categories", "偏好品类", "text", kinds=PERSON, weight=3),
    ),
    *_fields(
        "customer",
        "需求",
        _c("need_status", "需求状态", "needs", **_REC, weight=5),
        _f("core_need", "核心需求", "long_text", "needs", **_REC, weight=6),
        _f("first_need", "初步需求", "long_text", "needs"),
        _f("budget", "预算范围", "text", "needs", weight=3),
        _f("expected_term", "预计合作周期", "text", "needs"),
    ),
    *_fields(
        "customer",
        "合作",
        _f("products", "合作产品/服务", "text", "cooperation", weight=4),
        _c("cooperation_stage", "合作阶段", "cooperation", weight=2),
        _f("cooperation_since", "合作开始时间", "date", "cooperation", weight=3),
        _f("cooperation_until", "合作到期时间", "date", "cooperation"),
        _f("contract_amount", "合同金额", "money", "money", weight=3),
        _c("renewal_intent", "续约意向", "cooperation"),
        _c("payment_cycle", "付款周期", "cooperation"),
        _f("project_code", "关联项目/订单编号", "text", "cooperation"),
        _c("deal_stage", "成交阶段", "cooperation"),
        _f("expected_close", "预计成交时间", "text", "cooperation"),
        _f("deal_amount", "成交金额", "money", "money"),
        _f("bought_count", "购买次数", "number", "money", is_fixed=True),
        _f("bought_amount", "累计购买金额", "money", "money", is_fixed=True),
        _f("last_bought_on", "最近购买时间", "date", "money", is_fixed=True),
    ),
    *_fields(
        "customer",
        "风险与备注",
        _f("special_needs", "特殊需求", "long_text", "notes"),
        _f("risk", "风险提示", "long_text", "notes"),
        _f("competition", "竞品动态", "long_text", "notes"),
        _f("personnel_changes", "人事变动", "long_text", "notes"),
        _f("remark", "备注", "long_text", "notes"),
    ),
    *_fields(
        "customer",
        "记录",
        _f("first_contact_on", "首次接触时间", "date"),
        _f("recorder_name", "记录人", "text", is_fixed=True),
        _f("recorded_on", "记录时间", "date", is_fixed=True),
        _f("last_follow_up_on", "最近跟进时间", "date", is_fixed=True),
        _f("next_follow_up_on", "下次跟进时间", "date", is_fixed=True),
        _f("completeness", "资料完整度", "number", is_fixed=True),
        _c("life", "客户状态", is_fixed=True),
        _f("look_again_on", "再看日期", "date", is_fixed=True),
    ),
)

_CONTACT = (
    *_fields(
        "contact",
        "联系人",
        _f("name", "姓名", "text", "contact", need="required", weight=6),
        _f("salutation", "称谓", "text", "contact", help="不填就按姓名和职位来，如“李女士”"),
        _c("gender", "性别", "contact"),
        _f("title", "职位", "text", "contact", **_REC, weight=4),
        _f("mobile", "手机", "mobile", "phone", **_REC, weight=12),
        _f("landline", "固话", "landline", "phone"),
        _f("email", "邮箱", "email", "email", weight=3),
        _f("wechat", "微信", "wechat", "email"),
        _f("birthday", "生日", "birthday", "contact"),
        _f("is_primary", "首要联系人", "yes_no", "contact"),
    ),
    *_fields(
        "contact",
        "相处",
        _c("role", "决策角色", "contact", dictionary="contact_role"),
        _c("stance", "态度", "contact"),
        _f("preferences", "偏好与习惯", "long_text", "contact"),
        _f("convenient_time", "方便联系的时间", "text", "contact"),
        _c("convenient_way", "方便的联系方式", "contact", dictionary="way"),
        _c("consent", "联系意愿", "contact"),
        _f("consent_on", "表示意愿的日期", "date", "contact"),
        _f("consent_source", "意愿的来源", "text", "contact"),
        _f("do_not_contact", "请勿联系", "yes_no", "contact"),
        _f("do_not_contact_reason", "请勿联系的原因", "text", "contact"),
    ),
)

_FOLLOW_UP = _fields(
    "follow_up",
    "跟进",
    _f("contacted_at", "跟进时间", "date"),
    _c("way", "跟进方式", need="required"),
    _f("content", "跟进内容", "long_text", need="required"),
    _f("customer_feedback", "客户反馈与需求变化", "long_text"),
    _f("solution", "我方方案", "long_text"),
    _c("response", "客户响应"),
    _f("objection", "异议", "long_text"),
    _f("result", "跟进结果", "long_text"),
)

SHIPPED: tuple[Definition, ...] = (*_CUSTOMER, *_CONTACT, *_FOLLOW_UP)
KINDS: dict[str, str] = {"customer": "客户", "contact": "联系人", "follow_up": "跟进记录"}

# Columns that are no field anybody defines, but are shown, filtered or told of.
_BESIDE = (
    *("id", "version", "owner", "owner_id", "tags", "pinyin", "recorder", "created_at"),
    *("import_id", "industry_code", "region_code", "tier_by_hand", "tier_reason"),
    *("life_reason", "life_note", "life_since"),
)
_BESIDE_CONTACT = ("reports_to", "reports_to_id", "individual")

GROUP_OF: dict[str, str] = {
    **{one.name: one.group for one in SHIPPED if one.of != "follow_up"},
    **{f"customer.{name}": "basic" for name in _BESIDE},
    **{f"contact.{name}": "contact" for name in _BESIDE_CONTACT},
    "customer.tier_points": "money",
    "customer.tier_why": "money",
}
# Columns that are told, shown and hidden with the field they belong to.
FOLLOWS: dict[str, str] = {
    "customer.industry_code": "customer.industry",
    "customer.region_code": "customer.region",
    "customer.tier_by_hand": "customer.tier",
    "customer.tier_reason": "customer.tier",
    "customer.life_reason": "customer.life",
    "customer.life_note": "customer.life",
    "customer.life_since": "customer.life",
}
