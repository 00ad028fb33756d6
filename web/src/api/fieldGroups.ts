import { useMemo } from "react";
import { useMe } from "@/api/queries";
import type { Group } from "@/api/rights";

/** Which group of rights a field belongs to (server: zhike/fields/groups.py). */
export const GROUP_OF: Readonly<Record<string, Group>> = {
  name: "basic",
  kind: "basic",
  type: "basic",
  is_key: "basic",
  tier: "basic",
  grade: "basic",
  industry: "basic",
  region: "basic",
  source: "basic",
  tag: "basic",
  tags: "basic",
  owner: "basic",
  owner_id: "basic",
  background: "basic",
  first_contact_on: "basic",
  recorder: "basic",
  recorded_on: "basic",
  identity: "identity",
  address: "address",
  contact: "contact",
  contact_name: "contact",
  contact_title: "contact",
  phone: "phone",
  mobile: "phone",
  landline: "phone",
  email: "email",
  wechat: "email",
  first_need: "needs",
  core_need: "needs",
  need_status: "needs",
  budget: "needs",
  expected_term: "needs",
  products: "cooperation",
  cooperation_since: "cooperation",
  cooperation_until: "cooperation",
  cooperation_stage: "cooperation",
  project_code: "cooperation",
  deal_stage: "cooperation",
  expected_close: "cooperation",
  contract_amount: "money",
  deal_amount: "money",
  special_needs: "notes",
  risk: "notes",
  competition: "notes",
  remark: "notes",
};

/** What may be done with single fields, by the levels of their groups. */
export class FieldRights {
  constructor(private readonly levels: Readonly<Record<string, string>>) {}

  /** Is there anything to be seen of the field? What belongs to no group is for everybody. */
  shows(field: string): boolean {
    return this.of(field) !== "hidden";
  }

  /** May its whole value be read, or revealed where it is sealed? */
  reads(field: string): boolean {
    const level = this.of(field);
    return level === "read" || level === "edit";
  }

  edits(field: string): boolean {
    return this.of(field) === "edit";
  }

  private of(field: string): string {
    const group = GROUP_OF[field];
    return group === undefined ? "read" : (this.levels[group] ?? "hidden");
  }
}

/** What the person's role may do with fields, wherever no single customer is meant. */
export function useFieldRights(): FieldRights {
  const { fields } = useMe();
  return useMemo(() => new FieldRights(fields), [fields]);
}
