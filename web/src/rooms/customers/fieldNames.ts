import { t } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { moneyText } from "@/lib/money";

/** What people call the fields of a customer. */
export function useFieldNames(): Record<string, string> {
  const { t } = useLingui();
  return {
    name: t`客户名称`,
    kind: t`类别`,
    type: t`类型`,
    is_key: t`重点客户`,
    tier: t`分层`,
    grade: t`等级`,
    industry: t`所属行业`,
    region: t`地区`,
    address: t`地址`,
    identity: t`证件号码`,
    source: t`来源`,
    owner_id: t`负责人`,
    owner: t`负责人`,
    tags: t`标签`,
    products: t`合作产品`,
    contract_amount: t`合同金额`,
    cooperation_since: t`合作开始`,
    cooperation_until: t`合作到期`,
    cooperation_stage: t`合作阶段`,
    need_status: t`需求状态`,
    first_need: t`初步需求`,
    core_need: t`核心需求`,
    budget: t`预算`,
    expected_term: t`预计合作周期`,
    background: t`背景`,
    project_code: t`项目编号`,
    special_needs: t`特殊需求`,
    risk: t`风险提示`,
    competition: t`竞品动态`,
    remark: t`备注`,
    next_follow_up_on: t`下次跟进`,
    last_follow_up_on: t`最近跟进`,
    deal_stage: t`成交阶段`,
    expected_close_on: t`预计成交`,
    deal_amount: t`成交金额`,
  };
}

const MONEY: ReadonlySet<string> = new Set(["contract_amount", "deal_amount"]);

/** A field's value in words, for comparing two of them. */
export function fieldText(field: string, value: unknown): string {
  if (value === null || value === undefined || value === "") return t`（空）`;
  if (typeof value === "boolean") return value ? t`是` : t`否`;
  if (typeof value === "number") return MONEY.has(field) ? moneyText(value) : String(value);
  if (Array.isArray(value)) return value.map((one) => fieldText(field, one)).join("、");
  if (typeof value === "object") return String((value as { name?: string }).name ?? "");
  return String(value);
}
