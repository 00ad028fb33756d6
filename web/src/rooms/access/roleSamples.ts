import type { Action, Kind, Scope } from "@/api/rights";
import type { Colleague, Role, Vocabulary } from "@/rooms/access/roleTypes";

/** The words of rights as the server gives them. */
export const WORDS: Vocabulary = {
  kinds: [
    { name: "customer", label: "客户", note: "客户档案和联系人" },
    { name: "follow_up", label: "跟进记录", note: "只在看得到的客户里起作用；本人写的总能看到" },
    { name: "task", label: "待办", note: "本人的待办总能看到" },
    { name: "care", label: "维护记录", note: "只在看得到的客户里起作用；本人写的总能看到" },
    { name: "feedback", label: "客户反馈", note: "只在看得到的客户里起作用；本人写的总能看到" },
  ],
  reaches: [
    { name: "none", label: "看不到" },
    { name: "own", label: "本人负责的" },
    { name: "team", label: "本部门的" },
    { name: "below", label: "本部门及下级的" },
    { name: "all", label: "全部" },
  ],
  groups: [
    {
      name: "basic",
      label: "基本信息",
      note: "名称、类型、重点、等级、行业、地区、来源、标签、负责人",
      maskable: false,
    },
    { name: "identity", label: "证件号码", note: "统一社会信用代码、身份证号", maskable: true },
    { name: "address", label: "详细地址", note: "企业地址或家庭住址", maskable: true },
    {
      name: "contact",
      label: "联系人",
      note: "姓名、职位、角色、偏好；打码时只显示称呼",
      maskable: true,
    },
    { name: "phone", label: "电话", note: "手机、固话", maskable: true },
    { name: "email", label: "邮箱与微信", note: "邮箱、微信号", maskable: true },
    { name: "needs", label: "需求", note: "需求、需求状态、预算、预计周期", maskable: false },
    { name: "cooperation", label: "合作", note: "合作产品、期限、阶段、项目编号", maskable: false },
    { name: "money", label: "金额", note: "合同金额、成交金额", maskable: false },
    {
      name: "notes",
      label: "风险与备注",
      note: "特殊需求、风险提示、竞争对手、备注",
      maskable: false,
    },
  ],
  levels: [
    { name: "hidden", label: "看不到" },
    { name: "masked", label: "打码" },
    { name: "read", label: "可看" },
    { name: "edit", label: "可改" },
  ],
  actions: [
    { name: "create", label: "新建客户", note: "录入新客户", section: "客户" },
    { name: "log", label: "记录往来", note: "记跟进、待办、维护和反馈", section: "客户" },
    { name: "share", label: "共享客户", note: "请同事协作自己能改的客户", section: "客户" },
    {
      name: "hand_over",
      label: "转交客户",
      note: "把客户交给别人负责，或放回公海",
      section: "客户",
    },
    { name: "delete", label: "删除与恢复", note: "删除客户，从回收站恢复", section: "客户" },
    { name: "manage_tags", label: "管理标签", note: "新建和修改标签", section: "客户" },
    { name: "reveal", label: "查看完整号码", note: "逐个点开，每次都有记录", section: "数据进出" },
    { name: "import", label: "导入", note: "从表格导入客户", section: "数据进出" },
    { name: "export", label: "导出", note: "导出表格，号码打码", section: "数据进出" },
    { name: "export_plain", label: "导出完整号码", note: "导出时不打码", section: "数据进出" },
    {
      name: "manage_people",
      label: "管理同事与部门",
      note: "新建、停用账号，办理离职交接",
      section: "系统",
    },
    {
      name: "manage_roles",
      label: "管理角色与权限",
      note: "修改角色，以角色的视角查看",
      section: "系统",
    },
    { name: "configure", label: "系统设置", note: "安全规则等全局设置", section: "系统" },
    { name: "audit", label: "查看审计日志", note: "查看所有人的操作记录", section: "系统" },
  ],
  reviewable: [{ name: "grade", label: "客户等级" }],
};

const OWN: Scope = { reach: "own", shared: true, pool: true };
const ACTIONS: Action[] = [
  "create",
  "log",
  "share",
  "delete",
  "manage_tags",
  "reveal",
  "import",
  "export",
];

/** A sales role, changed as a test likes. */
export function roleOf(part: Partial<Role> = {}): Role {
  const scopes: Record<Kind, Scope> = {
    customer: OWN,
    follow_up: OWN,
    task: { reach: "own", shared: false, pool: false },
    care: OWN,
    feedback: OWN,
  };
  return {
    id: 1,
    key: "sales",
    name: "销售",
    note: "跟进自己负责的客户",
    position: 1,
    version: 3,
    fixed: false,
    needs_second_factor: false,
    holders: 2,
    scopes,
    fields: {
      basic: "edit",
      identity: "edit",
      address: "edit",
      contact: "edit",
      phone: "edit",
      email: "edit",
      needs: "edit",
      cooperation: "edit",
      money: "edit",
      notes: "edit",
    },
    actions: ACTIONS,
    ...part,
  };
}

export function colleague(part: Partial<Colleague>): Colleague {
  return {
    id: 1,
    name: "王小梅",
    username: "xiaomei",
    email: "",
    role: "sales",
    role_name: "销售",
    department: null,
    is_active: true,
    is_service: false,
    left_on: null,
    second_factor: false,
    ...part,
  };
}
