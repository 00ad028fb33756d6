"""The fields a column of a sheet may lead to: those known by the published sheets, every other
shipped field, and the customer's own; and the words by which a header means one of them.

What administrators changed is read from the registry whenever it has changed: nothing here is
taken over at start.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from zhike.fields import builtin, registry
from zhike.fields.builtin import Definition


@dataclass(frozen=True)
class Field:
    """Where a column may lead. `others` are headers seen for it beside the label.

    `own` are whole headers that may hold spaces: labels an administrator gave.
    """

    name: str
    label: str
    others: str = ""
    own: tuple[str, ...] = ()

    @property
    def headers(self) -> list[str]:
        return [self.label, *self.own, *self.others.split()]


SHIPPED: tuple[Field, ...] = (
    Field("customer.code", "客户编号", "编号 客户编码 客户代码 客户号 编码 客户id"),
    Field(
        "customer.name",
        "客户名称",
        "客户名称/姓名 客户姓名 公司名称 单位名称 企业名称 客户 名称 公司 客户全称 公司全称 "
        "单位 企业",
    ),
    Field("customer.kind", "客户类别", "b端/c端 企业/个人 客户性质 客户属性"),
    Field("customer.type", "客户类型", "类型 客户状态 客户分类"),
    Field("customer.is_key", "重点客户", "是否重点 是否重点客户 重点"),
    Field("customer.tier", "客户分层", "分层"),
    Field("customer.grade", "客户等级", "等级 客户级别 级别"),
    Field(
        "customer.identity",
        "统一社会信用代码/证件号码",
        "统一社会信用代码 社会信用代码 信用代码 税号 纳税人识别号 证件号码 身份证号 "
        "身份证号码 证件号",
    ),
    Field("customer.industry", "所属行业", "行业 行业类别 客户行业"),
    Field("customer.region", "所在地区", "地区 区域 省市 省市区 城市 省/市/区"),
    Field(
        "customer.address", "企业地址", "客户地址 地址 公司地址 联系地址 详细地址 单位地址 通讯地址"
    ),
    Field("customer.source", "客户来源", "来源 渠道 来源渠道 获客渠道"),
    Field("customer.background", "客户背景简述", "客户背景 背景 企业背景简述 公司简介 客户简介"),
    Field("customer.first_need", "初步需求", "需求 客户需求 需求描述"),
    Field("customer.core_need", "核心需求", "主要需求"),
    Field("customer.need_status", "需求状态", ""),
    Field("customer.budget", "预算范围", "预算"),
    Field("customer.expected_term", "预计合作周期", "合作周期"),
    Field("customer.products", "合作产品/服务", "合作产品 产品 产品/服务 购买产品 服务内容"),
    Field(
        "customer.cooperation_since", "合作开始时间", "合作时间 合作开始日期 开始合作时间 签约时间"
    ),
    Field(
        "customer.cooperation_until", "合作到期时间", "合作结束时间 合同到期 合同到期日 到期时间"
    ),
    Field("customer.cooperation_term", "合作期限", "合同期限"),
    Field("customer.cooperation_stage", "合作阶段", "合作状态"),
    Field(
        "customer.contract_amount_wan", "合同金额(万元)", "合同额(万元) 合作金额(万元) 金额(万元)"
    ),
    Field("customer.contract_amount", "合同金额(元)", "合同金额 合同额 合作金额 金额 金额(元)"),
    Field(
        "customer.project_code",
        "关联项目/订单编号",
        "项目编号 订单编号 关联项目 关联项目/合作历史",
    ),
    Field("customer.special_needs", "特殊需求", "特殊需求/风险提示"),
    Field("customer.risk", "风险提示", "风险"),
    Field("customer.competition", "竞争对手分析", "竞争对手 竞品动态"),
    Field("customer.deal_stage", "成交阶段", "商机阶段 销售阶段"),
    Field("customer.expected_close", "预计成交时间", "预计成交日期 预计签约时间"),
    Field("customer.deal_amount", "成交金额(元)", "成交金额 成交金额(已成交)"),
    Field("customer.deal_amount_wan", "成交金额(万元)", ""),
    Field("customer.first_contact_on", "首次接触时间", "首次联系时间 首次跟进时间"),
    Field("customer.recorder_name", "记录人", "录入人 登记人 创建人"),
    Field(
        "customer.recorded_on", "记录时间", "录入时间 登记时间 登记日期 记录日期 创建时间 创建日期"
    ),
    Field("customer.owner_name", "负责人", "客户负责人 归属人 所属销售 客户经理"),
    Field("customer.remark", "备注", "说明 其他说明 备注信息"),
    Field("contact.name", "联系人", "联系人姓名 联络人 联系人名称 对接人"),
    Field("contact.title", "职位", "职务 岗位 联系人职位 联系人职务"),
    Field(
        "contact.reach",
        "联系方式",
        "电话 联系电话 联系人电话 手机/电话 电话/手机 手机号/邮箱 电话号码 "
        "联系方式(手机号/邮箱) 客户电话",
    ),
    Field("contact.mobile", "手机", "手机号 手机号码 移动电话 联系人手机 手机电话"),
    Field("contact.landline", "固话", "座机 固定电话 办公电话 公司电话"),
    Field("contact.email", "邮箱", "电子邮箱 email e-mail 邮件 邮件地址 电子邮件 邮箱地址 mail"),
    Field("contact.wechat", "微信", "微信号"),
    Field(
        "follow_up.on", "最近跟进时间", "跟进时间 跟进日期 最近跟进日期 日期 最后跟进时间 维护时间"
    ),
    Field("follow_up.way", "跟进方式", "沟通方式 联系方法"),
    Field("follow_up.content", "跟进内容", "沟通内容 沟通内容摘要 沟通核心内容 跟进记录 跟进情况"),
    Field(
        "follow_up.customer_feedback",
        "客户反馈/需求变化",
        "客户反馈与需求 客户反馈与需求变化 需求变化",
    ),
    Field("follow_up.result", "跟进结果", "沟通结果"),
    Field("follow_up.author_name", "跟进人", "跟进人员 业务员 销售 销售人员"),
    Field("next.on", "下次跟进时间", "下次跟进日期 下次联系时间 下次跟进"),
    Field("next.plan", "下次跟进计划", "下一步计划 后续计划 下次计划"),
    Field("care.on", "维护日期", ""),
    Field("care.way", "维护方式", ""),
    Field("care.result", "维护结果", ""),
    Field("feedback.on", "反馈时间", "反馈日期 评价时间"),
    Field("feedback.score", "满意度评分(1-5分)", "满意度评分 满意度 评分 评分(1-5分)"),
    Field("feedback.dimension", "评价维度", "维度"),
    Field("feedback.comment", "客户反馈", "具体评价内容 评价内容 反馈内容 反馈"),
    Field("feedback.suggestion", "改进建议", "建议"),
    Field("feedback.handler_name", "处理人"),
    Field("feedback.status", "处理状态", "处理进度"),
    Field("purchase.bought_on", "购买日期", "购买时间 下单日期 下单时间 购买日"),
    Field("purchase.product", "购买的产品/服务", "购买的产品 购买的服务 商品名称 商品"),
    Field("purchase.quantity", "数量", "购买数量 件数"),
    Field(
        "purchase.amount", "购买金额(元)", "购买金额 消费金额 消费金额(元) 订单金额 订单金额(元)"
    ),
    Field("purchase.amount_wan", "购买金额(万元)", "订单金额(万元)"),
    Field("purchase.order_code", "购买的订单编号", "订单号 单号"),
    Field("purchase.note", "购买备注", "订单备注"),
)

# Further shipped fields, known by their label in the registry, and what else people call them.
_SYNONYMS = {
    "customer.scale": "规模 公司规模 人员规模 单位规模 企业人数",
    "customer.founded_on": "成立日期 注册时间 注册日期 创立时间",
    "customer.main_business": "主营 主营产品 主要业务 经营范围 业务范围",
    "customer.gender": "客户性别",
    "customer.birthday": "客户生日 出生日期 出生年月日",
    "customer.occupation": "客户职业",
    "customer.habits": "购买习惯",
    "customer.preferred_categories": "偏好品类 喜好品类 感兴趣的品类",
    "customer.renewal_intent": "续约意愿 续费意向",
    "customer.payment_cycle": "结算周期 账期 回款周期",
    "customer.personnel_changes": "人员变动 人事变化",
    "contact.salutation": "称呼 尊称 联系人称谓",
    "contact.gender": "联系人性别",
    "contact.birthday": "联系人生日",
    "contact.role": "决策链角色 联系人角色",
    "contact.stance": "联系人态度 支持程度",
    "contact.preferences": "偏好习惯 个人偏好 联系人偏好",
    "contact.convenient_time": "方便时间 方便联系时间",
    "contact.convenient_way": "偏好联系方式 方便联系方式",
    "contact.consent": "是否同意联系 联系许可",
    "contact.consent_on": "同意日期",
    "contact.consent_source": "同意来源",
    "contact.do_not_contact": "勿扰 禁止联系",
    "contact.do_not_contact_reason": "勿扰原因",
}
_NOT_TYPED = frozenset({"contact.is_primary"})  # whom a sheet names is the primary contact
_ALWAYS = frozenset({"customer.code", "customer.name", "contact.name"})  # never archived
_LIST_ONLY = ("标签",)  # headers of the list that lead to no field
_KIND = {"customer": "客户", "contact": "联系人"}
_UNIT = re.compile(r"\((万?元)\)$")
_REQUIRED_MARK = re.compile(r"[*＊]+$|\((?:必填|选填|必填项)\)")
_BRACKETED = re.compile(r"\([^()]*\)$")


@cache
def _normal(header: str) -> str:
    text = unicodedata.normalize("NFKC", header)
    text = re.sub(r"[\s\u200b\ufeff]+", "", text).lower().strip(":：")
    return _REQUIRED_MARK.sub("", text)


def normal(header: str) -> str:
    """The form headers are compared in: no spaces, full-width forms, 必填 marks or case."""
    return _normal(header) if len(header) <= 200 else header


@dataclass(frozen=True)
class Columns:
    """All fields a column may lead to at one version of the registry.

    `fields` can be imported; `told` are filled in by the system and only go out. `own` maps the
    names that stand on no published sheet to their definitions.
    """

    fields: tuple[Field, ...]
    told: tuple[Field, ...]
    own: dict[str, Definition]
    by_header: dict[str, str]
    by_name: dict[str, Field]

    def field_of(self, header: str) -> str | None:
        """The field a header means on a sheet of unknown kind, or None."""
        key = normal(header)
        found = self.by_header.get(key)
        if found is None and "/" not in key:
            found = self.by_header.get(_BRACKETED.sub("", key))
        return found


_held: tuple[registry.Snapshot, Columns] | None = None


def present() -> Columns:
    """The fields as they are now."""
    global _held
    snapshot = registry.current()
    held = _held
    if held is None or held[0] is not snapshot:
        held = _held = (snapshot, _columns(snapshot))
    return held[1]


def _columns(snapshot: registry.Snapshot) -> Columns:
    sheets = [
        _renamed(one, definition) if definition else one
        for one in SHIPPED
        if (definition := _definition_of(snapshot, one.name)) is None or _is_used(definition)
    ]
    known = {one.name for one in SHIPPED} | _NOT_TYPED
    taken = {normal(label) for label in (*_LIST_ONLY, *(one.label for one in sheets))}
    own: dict[str, Definition] = {}
    typed: list[Field] = []
    of_both = (*snapshot.of("customer"), *snapshot.of("contact"))
    rest = [one for one in of_both if one.name not in known]
    for definition in rest:
        if not definition.is_fixed:
            made = _made(definition, taken)
            typed += made
            own |= dict.fromkeys((one.name for one in made), definition)
    headers = _headers(sheets, typed)
    # What the system fills in must not come back as something else.
    taken |= headers.keys()
    told = []
    for definition in rest:
        if definition.is_fixed:
            told.append(_made(definition, taken)[0])
            own[definition.name] = definition
    fields = (*sheets, *typed)
    names = {one.name: one for one in (*fields, *told)}
    return Columns(fields, tuple(told), own, headers, names)


def _headers(sheets: list[Field], typed: list[Field]) -> dict[str, str]:
    """Which field a header means: what an administrator called one comes before all synonyms."""
    headers: dict[str, str] = {}
    shipped = set(SHIPPED)
    for one in (*typed, *(one for one in sheets if one not in shipped)):
        headers.setdefault(normal(one.label), one.name)
    for one in (*sheets, *typed):
        for header in one.headers:
            headers.setdefault(normal(header), one.name)
    return headers


def _definition_of(snapshot: registry.Snapshot, name: str) -> Definition | None:
    return snapshot.definitions.get(name.removesuffix("_wan"))


def _is_used(definition: Definition) -> bool:
    return not definition.archived or definition.name in _ALWAYS


_SHIPPED_LABELS = {one.name: one.label for one in builtin.SHIPPED}


def _renamed(one: Field, definition: Definition) -> Field:
    """A field of the published sheets under the name an administrator gave it, known by both."""
    label = definition.label
    if label == _SHIPPED_LABELS[definition.name]:
        return one
    unit = _UNIT.search(one.label)
    if unit and not _UNIT.search(normal(label)):
        label += unit[0]
    return Field(one.name, label, one.others, (one.label,))


def _made(definition: Definition, taken: set[str]) -> list[Field]:
    """The columns of a field that stands on no published sheet: of an amount one per unit."""
    label = definition.label
    others = _SYNONYMS.get(definition.name, "")
    if definition.type != "money":
        return [Field(definition.name, _free(label, definition, taken), others)]
    written = _UNIT.search(unicodedata.normalize("NFKC", label))
    bare = label[: -len(written[0])] if written else label
    in_yuan = f"{bare}(元)" if written or definition.builtin else label
    first = Field(definition.name, _free(in_yuan, definition, taken), "", (bare, f"{bare}(元)"))
    wan = Field(f"{definition.name}_wan", _free(f"{bare}(万元)", definition, taken))
    return [first, wan]


def _free(label: str, definition: Definition, taken: set[str]) -> str:
    """A header no other field has: contacts and customers both have a birthday."""
    before = "系统记录的" if definition.is_fixed else _KIND[definition.of]
    wanted = (label, f"{before}{label}", f"{label}({definition.key})")
    found = next((one for one in wanted if normal(one) not in taken), f"{label}#{definition.key}")
    taken.add(normal(found))
    return found


def field_of(header: str) -> str | None:
    """The field a header means on a sheet of unknown kind, or None."""
    return present().field_of(header)


def renamed(name: str, header: str) -> str:
    """The header of a column that goes out, as an administrator has called its field."""
    definition = _definition_of(registry.current(), name)
    if definition is None or definition.label == _SHIPPED_LABELS.get(definition.name):
        return header
    found = present().by_name.get(name)
    return found.label if found and found.name not in present().own else definition.label


def is_archived(name: str) -> bool:
    """Whether a column leads to a field an administrator has archived."""
    definition = _definition_of(registry.current(), name)
    return definition is not None and not _is_used(definition)


def outgoing(definition: Definition) -> Field:
    """The column under which a field goes out: an amount in the unit its label tells."""
    known = present().by_name
    wan = known.get(f"{definition.name}_wan")
    if wan is not None and normal(definition.label) == normal(wan.label):
        return wan
    return known[definition.name]
