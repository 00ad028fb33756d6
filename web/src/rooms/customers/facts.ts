import { useLingui } from "@lingui/react/macro";
import { useMemo } from "react";
import { FieldRights } from "@/api/fieldGroups";
import type { CustomerOut } from "@/api/generated/zhike.schemas";
import { useChoices, usePeople } from "@/api/queries";
import type { Choice } from "@/api/types";

export type FactKind = "text" | "long" | "choice" | "day" | "money" | "industry" | "sealed";

/** One field of the file: what it is called and how it is edited. */
export interface Fact {
  field: keyof CustomerOut;
  label: string;
  kind: FactKind;
  choices?: Choice[];
  isRequired?: boolean;
  isFixed?: boolean;
}

export interface FactGroup {
  title: string;
  facts: Fact[];
}

/** The file of a customer in groups, in the order one asks for things. What the reader may not
 * see is not among them; what they may not change is fixed. */
export function useFactGroups(customer: CustomerOut): FactGroup[] {
  const groups = useAllFacts(customer);
  return useMemo(() => {
    const rights = new FieldRights(customer.fields);
    return groups
      .map(({ title, facts }) => ({
        title,
        facts: facts
          .filter((fact) => rights.shows(fact.field))
          .map((fact) =>
            customer.can.edit && rights.edits(fact.field) ? fact : { ...fact, isFixed: true },
          ),
      }))
      .filter((group) => group.facts.some((fact) => !fact.isFixed || isFilled(customer, fact)));
  }, [groups, customer]);
}

function useAllFacts(customer: CustomerOut): FactGroup[] {
  const { t } = useLingui();
  const kinds = useChoices("kind");
  const sources = useChoices("source");
  const needs = useChoices("need_status");
  const stages = useChoices("cooperation_stage");
  const deals = useChoices("deal_stage");
  const isCompany = customer.kind === "company";
  return useMemo(
    () => [
      {
        title: t`基本`,
        facts: [
          { field: "kind", label: t`类别`, kind: "choice", choices: kinds, isRequired: true },
          { field: "industry", label: t`所属行业`, kind: "industry" },
          { field: "region", label: t`地区`, kind: "text" },
          // A company's address is public; a person's home is not.
          { field: "address", label: t`地址`, kind: isCompany ? "text" : "sealed" },
          { field: "source", label: t`来源`, kind: "choice", choices: sources },
          { field: "identity", label: isCompany ? t`信用代码` : t`证件号码`, kind: "sealed" },
          { field: "background", label: t`背景`, kind: "long" },
        ],
      },
      {
        title: t`需求`,
        facts: [
          { field: "need_status", label: t`需求状态`, kind: "choice", choices: needs },
          { field: "core_need", label: t`核心需求`, kind: "long" },
          { field: "first_need", label: t`初步需求`, kind: "long" },
          { field: "budget", label: t`预算`, kind: "text" },
          { field: "expected_term", label: t`预计合作周期`, kind: "text" },
        ],
      },
      {
        title: t`合作`,
        facts: [
          { field: "products", label: t`合作产品`, kind: "text" },
          { field: "cooperation_stage", label: t`合作阶段`, kind: "choice", choices: stages },
          { field: "contract_amount", label: t`合同金额`, kind: "money" },
          { field: "cooperation_since", label: t`合作开始`, kind: "day" },
          { field: "cooperation_until", label: t`合作到期`, kind: "day" },
          { field: "deal_stage", label: t`成交阶段`, kind: "choice", choices: deals },
          { field: "deal_amount", label: t`成交金额`, kind: "money" },
          { field: "expected_close", label: t`预计成交`, kind: "text" },
          { field: "project_code", label: t`项目编号`, kind: "text" },
        ],
      },
      {
        title: t`风险与备注`,
        facts: [
          { field: "special_needs", label: t`特殊需求`, kind: "long" },
          { field: "risk", label: t`风险提示`, kind: "long" },
          { field: "competition", label: t`竞品动态`, kind: "long" },
          { field: "remark", label: t`备注`, kind: "long" },
        ],
      },
      {
        title: t`记录`,
        facts: [
          { field: "first_contact_on", label: t`首次接触`, kind: "day" },
          { field: "recorder", label: t`记录人`, kind: "text", isFixed: true },
          { field: "recorded_on", label: t`记录时间`, kind: "day", isFixed: true },
          { field: "last_follow_up_on", label: t`最近跟进`, kind: "day", isFixed: true },
        ],
      },
    ],
    [t, kinds, sources, needs, stages, deals, isCompany],
  );
}

/** Those who can be given a customer. */
export function useOwnerChoices(): Choice[] {
  const { data } = usePeople();
  return useMemo(
    () =>
      (data?.items ?? [])
        .filter((person) => person.is_active && !person.is_service)
        .map((person) => ({ value: String(person.id), label: person.name })),
    [data],
  );
}

export function isFilled(customer: CustomerOut, fact: Fact): boolean {
  const value = customer[fact.field];
  return value !== null && value !== undefined && value !== "";
}
