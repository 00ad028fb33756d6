"""The words rights are made of, and the roles this product ships with.

A role grants three things, and nothing that it does not name:

- for each kind of record, which records: a reach (`none` < `own` < `team` < `below` < `all`), and
  apart from it those shared with the person and those in the pool;
- for each group of fields, a level: hidden, masked, read or edit;
- actions, e.g. to export or to hand over.

Which field belongs to which group stands in `zhike.fields.groups`; this room knows no customers.
Source: requirements R57, R58, R60.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import IntEnum
from typing import Any, Literal, NamedTuple

import msgspec

from zhike.base.errors import Invalid


class Level(IntEnum):
    """What a person may do with the fields of a group. Each level includes those before it.

    Sealed values (numbers, identities) are shown masked at every level; from READ on they can be
    revealed one by one by who may `reveal`.
    """

    HIDDEN = 0
    MASKED = 1
    READ = 2
    EDIT = 3


LEVELS: dict[str, tuple[Level, str]] = {
    "hidden": (Level.HIDDEN, "看不到"),
    "masked": (Level.MASKED, "打码"),
    "read": (Level.READ, "可看"),
    "edit": (Level.EDIT, "可改"),
}
LEVEL_NAMES = {level: name for name, (level, _) in LEVELS.items()}

REACHES: dict[str, str] = {
    "none": "看不到",
    "own": "本人负责的",
    "team": "本部门的",
    "below": "本部门及下级的",
    "all": "全部",
}
ReachName = Literal["none", "own", "team", "below", "all"]


class Scope(msgspec.Struct, frozen=True):
    """Which records of a kind: by reach, those shared with the person, those in the pool."""

    reach: ReachName = "none"
    shared: bool = False
    pool: bool = False


class Kind(NamedTuple):
    label: str
    note: str


KINDS: dict[str, Kind] = {
    "customer": Kind("客户", "客户档案和联系人"),
    "follow_up": Kind("跟进记录", "只在看得到的客户里起作用；本人写的总能看到"),
    "task": Kind("待办", "本人的待办总能看到"),
    "care": Kind("维护记录", "只在看得到的客户里起作用；本人写的总能看到"),
    "feedback": Kind("客户反馈", "只在看得到的客户里起作用；本人写的总能看到"),
}


class Group(NamedTuple):
    label: str
    note: str
    maskable: bool


GROUPS: dict[str, Group] = {
    "basic": Group("基本信息", "名称、类型、重点、等级、行业、地区、来源、标签、负责人", False),
    "identity": Group("证件号码", "统一社会信用代码、身份证号", True),
    "address": Group("详细地址", "企业地址或家庭住址", True),
    "contact": Group("联系人", "姓名、职位、角色、偏好；打码时只显示称呼", True),
    "phone": Group("电话", "手机、固话", True),
    "email": Group("邮箱与微信", "邮箱、微信号", True),
    "needs": Group("需求", "需求、需求状态、预算、预计周期", False),
    "cooperation": Group("合作", "合作产品、期限、阶段、项目编号", False),
    "money": Group("金额", "合同金额、成交金额", False),
    "notes": Group("风险与备注", "特殊需求、风险提示、竞争对手、备注", False),
}


# Fields of a customer that can be made to wait for review (R57): never sealed ones, whose old and
# new value nobody should keep twice.
REVIEWABLE: dict[str, str] = {
    "name": "客户名称",
    "kind": "客户类别",
    "type": "客户类型",
    "is_key": "重点客户",
    "tier": "客户分层",
    "grade": "客户等级",
    "industry": "所属行业",
    "region": "所在地区",
    "source": "客户来源",
    "products": "合作产品/服务",
    "cooperation_since": "合作开始时间",
    "cooperation_until": "合作到期时间",
    "cooperation_stage": "合作阶段",
    "contract_amount": "合同金额",
    "deal_amount": "成交金额",
}


class Action(NamedTuple):
    label: str
    note: str
    section: str


ACTIONS: dict[str, Action] = {
    "create": Action("新建客户", "录入新客户", "客户"),
    "log": Action("记录往来", "记跟进、待办、维护和反馈", "客户"),
    "share": Action("共享客户", "请同事协作自己能改的客户", "客户"),
    "hand_over": Action("转交客户", "把客户交给别人负责，把同事的客户放回公海", "客户"),
    "delete": Action("删除与恢复", "删除客户，从回收站恢复", "客户"),
    "review": Action("审核", "审核新客户和重要字段的修改；本人的修改不用审核", "客户"),
    "manage_tags": Action("管理标签", "新建和修改标签", "客户"),
    "reveal": Action("查看完整号码", "逐个点开，每次都有记录", "数据进出"),
    "import": Action("导入", "从表格导入客户", "数据进出"),
    "export": Action("导出", "导出表格，号码打码", "数据进出"),
    "export_plain": Action("导出完整号码", "导出时不打码", "数据进出"),
    "manage_people": Action("管理同事与部门", "新建、停用账号，办理离职交接", "系统"),
    "manage_roles": Action("管理角色与权限", "修改角色，以角色的视角查看", "系统"),
    "configure": Action("系统设置", "安全规则等全局设置", "系统"),
    "audit": Action("查看审计日志", "查看所有人的操作记录", "系统"),
}


TOKEN_SCOPES: dict[str, str] = {
    "read": "读取",
    "write": "新建和修改",
    "reveal": "查看完整号码",
    "import": "导入",
    "export": "导出",
    "manage": "管理同事、角色、设置，查看审计日志",
}
_TOKEN_ACTIONS: dict[str, frozenset[str]] = {
    "write": frozenset({"create", "log", "share", "hand_over", "delete", "review", "manage_tags"}),
    "reveal": frozenset({"reveal"}),
    "import": frozenset({"import"}),
    "export": frozenset({"export", "export_plain"}),
    "manage": frozenset({"manage_people", "manage_roles", "configure", "audit"}),
}


class Rights(msgspec.Struct, frozen=True):
    """What a role grants, ready to be asked."""

    scopes: dict[str, Scope] = {}
    fields: dict[str, Level] = {}
    actions: frozenset[str] = frozenset()

    def scope(self, kind: str) -> Scope:
        return self.scopes.get(kind, NOTHING)

    def level(self, group: str) -> Level:
        return self.fields.get(group, Level.HIDDEN)

    def narrowed(self, scopes: Collection[str]) -> Rights:
        """Return what is left to the bearer of a token with these scopes."""
        kept = frozenset().union(*(_TOKEN_ACTIONS.get(one, frozenset()) for one in scopes))
        fields = self.fields
        if "write" not in scopes:
            fields = {group: min(level, Level.READ) for group, level in fields.items()}
        scoped = self.scopes if "read" in scopes else {}
        return Rights(scoped, fields, self.actions & kept)

    def capped(self, most: Level) -> Rights:
        """Return these with no maskable group of fields above a level."""
        fields = {
            group: min(level, most) if GROUPS[group].maskable else level
            for group, level in self.fields.items()
        }
        return Rights(self.scopes, fields, self.actions)

    def within(self, other: Rights) -> bool:
        """Tell whether these grant nothing that `other` does not."""
        return (
            self.actions <= other.actions
            and all(self.level(group) <= other.level(group) for group in GROUPS)
            and all(_inside(self.scope(kind), other.scope(kind)) for kind in KINDS)
        )

    def stored(self) -> dict[str, Any]:
        """Return the form a role keeps and the API shows."""
        return {
            "scopes": {kind: msgspec.to_builtins(self.scope(kind)) for kind in KINDS},
            "fields": {group: LEVEL_NAMES[self.level(group)] for group in GROUPS},
            "actions": [name for name in ACTIONS if name in self.actions],
        }


def _inside(one: Scope, other: Scope) -> bool:
    if other.reach == "all":
        return True
    order = list(REACHES)
    near = order.index(one.reach) <= order.index(other.reach)
    return near and one.shared <= other.shared and one.pool <= other.pool


NOTHING = Scope()
EVERYTHING = Rights(
    scopes=dict.fromkeys(KINDS, Scope("all", shared=True, pool=True)),
    fields=dict.fromkeys(GROUPS, Level.EDIT),
    actions=frozenset(ACTIONS),
)


def rights_of(stored: Mapping[str, Any]) -> Rights:
    """Return rights from their stored form; what it does not know grants nothing.

    Basic information is always readable: a customer without a name is none.
    """
    levels = {
        group: LEVELS[level][0]
        for group, level in stored.get("fields", {}).items()
        if group in GROUPS
    }
    levels["basic"] = max(levels.get("basic", Level.READ), Level.READ)
    return Rights(
        scopes={
            kind: msgspec.convert(scope, Scope)
            for kind, scope in stored.get("scopes", {}).items()
            if kind in KINDS
        },
        fields=levels,
        actions=frozenset(stored.get("actions", ())) & frozenset(ACTIONS),
    )


def checked(given: Mapping[str, Any]) -> Rights:
    """Return rights an administrator typed; raise Invalid naming what is wrong with them."""
    errors = [
        (f"{part}.{name}", f"{label}里没有“{name[:30]}”，请刷新后再改。")
        for part, known, label in (("scopes", KINDS, "数据范围"), ("fields", GROUPS, "字段权限"))
        for name in given.get(part, {})
        if name not in known
    ]
    for group, level in given.get("fields", {}).items():
        wrong = _wrong_level(group, level)
        if wrong:
            errors.append((f"fields.{group}", wrong))
    for name in given.get("actions", ()):
        if name not in ACTIONS:
            errors.append(("actions", f"没有“{name[:30]}”这项操作，请刷新后再改。"))
    try:
        for scope in given.get("scopes", {}).values():
            msgspec.convert(scope, Scope, strict=True)
    except msgspec.ValidationError:
        errors.append(("scopes", "数据范围只能选本人、本部门、本部门及下级、全部或看不到。"))
    if errors:
        raise Invalid(errors)
    return rights_of(given)


def _wrong_level(group: str, level: str) -> str:
    if level not in LEVELS:
        return "只能选看不到、打码、可看或可改。"
    if level == "hidden" and group == "basic":
        return "基本信息至少要可看，不然客户连名称都没有。"
    if level == "masked" and group in GROUPS and not GROUPS[group].maskable:
        return f"“{GROUPS[group].label}”没有打码的样子，请换一档。"
    return ""


class Shipped(NamedTuple):
    """A role every installation begins with."""

    key: str
    name: str
    note: str
    rights: Rights


def _rights(scopes: str, fields: str, actions: str) -> Rights:
    """Rights in short: `customer:own+shared …`, `phone:read …`, action names."""
    reaches: dict[str, Scope] = {}
    for word in scopes.split():
        kind, _, reach = word.partition(":")
        first, *more = reach.split("+")
        reaches[kind] = msgspec.convert(
            {"reach": first, "shared": "shared" in more, "pool": "pool" in more}, Scope
        )
    levels = dict(word.split(":") for word in fields.split())
    return Rights(
        reaches,
        {group: LEVELS[levels.get(group, levels["*"])][0] for group in GROUPS},
        frozenset(actions.split()),
    )


ADMINISTRATOR = "administrator"
SALES = "sales"
SALES_LEAD = "sales_lead"
SHIPPED: tuple[Shipped, ...] = (
    Shipped(
        SALES,
        "销售",
        "跟进自己负责的客户；能看公海和别人共享来的客户",
        _rights(
            "customer:own+shared+pool follow_up:own+shared+pool task:own care:own+shared+pool "
            "feedback:own+shared+pool",
            "*:edit",
            "create log share delete manage_tags reveal import export",
        ),
    ),
    Shipped(
        SALES_LEAD,
        "销售主管",
        "带一个部门：查看并维护本部门及下级的客户，可以转交",
        _rights(
            "customer:below+shared+pool follow_up:below+shared+pool task:below "
            "care:below+shared+pool feedback:below+shared+pool",
            "*:edit",
            "create log share hand_over delete review manage_tags reveal import export",
        ),
    ),
    Shipped(
        "service",
        "客服",
        "处理客户的问题：看客户、联系人和反馈，不看金额和证件，不改档案",
        _rights(
            "customer:all follow_up:own task:own care:all feedback:all",
            "*:read identity:hidden money:hidden",
            "log reveal",
        ),
    ),
    Shipped(
        "service_lead",
        "客服主管",
        "看全部客户和跟进记录，不能改客户的基本信息",
        _rights(
            "customer:all follow_up:all task:below care:all feedback:all",
            "*:read identity:masked",
            "log reveal export",
        ),
    ),
    Shipped(
        "marketing",
        "市场",
        "看客户分布和维护情况，号码打码，不看金额和证件",
        _rights(
            "customer:all follow_up:none task:own care:all feedback:all",
            "*:read identity:hidden address:masked contact:masked phone:masked email:masked "
            "money:hidden notes:hidden",
            "log manage_tags export",
        ),
    ),
    Shipped(ADMINISTRATOR, "管理员", "全部权限，不能修改", EVERYTHING),
    Shipped(
        "auditor",
        "审计",
        "只读：看全部记录和审计日志，号码打码，什么都不能改",
        _rights(
            "customer:all follow_up:all task:all care:all feedback:all",
            "*:read identity:masked address:masked contact:masked phone:masked email:masked",
            "audit",
        ),
    ),
)
