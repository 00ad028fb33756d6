import { useMemo } from "react";
import { useFields } from "@/api/fields";
import { useMe } from "@/api/queries";
import type { Group } from "@/api/rights";

/** Which group of rights a shipped field belongs to (server: zhike/fields/builtin.py), as long as
 * the administrator has not moved it: the definitions know better, and are asked first. */
const GROUP_OF: Readonly<Record<string, Group>> = {
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
  scale: "basic",
  founded_on: "basic",
  main_business: "basic",
  gender: "contact",
  birthday: "contact",
  occupation: "basic",
  habits: "basic",
  preferred_categories: "basic",
  renewal_intent: "cooperation",
  payment_cycle: "cooperation",
  bought_count: "money",
  bought_amount: "money",
  last_bought_on: "money",
  personnel_changes: "notes",
  completeness: "basic",
  life: "basic",
  look_again_on: "basic",
  region_code: "basic",
  tier_by_hand: "basic",
  tier_reason: "basic",
  life_reason: "basic",
  life_note: "basic",
  life_since: "basic",
  tier_points: "money",
  tier_why: "money",
};

/** What may be done with single fields, by the levels of their groups. */
export class FieldRights {
  constructor(
    private readonly levels: Readonly<Record<string, string>>,
    private readonly groups: Readonly<Record<string, string>> = {},
  ) {}

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
    const group = this.groups[field] ?? GROUP_OF[field];
    return group === undefined ? "read" : (this.levels[group] ?? "hidden");
  }
}

/** What a contact's fields are called beside those of a customer. */
const OF_CONTACT: Readonly<Record<string, string>> = {
  contact_name: "name",
  contact: "name",
  contact_title: "title",
  phone: "mobile",
  mobile: "mobile",
  landline: "landline",
  email: "email",
  wechat: "wechat",
};

/** The group of each field as the definitions have it now, own fields too. */
export function useFieldGroups(): Readonly<Record<string, string>> {
  const { fields } = useFields("customer");
  const { byKey } = useFields("contact");
  return useMemo(() => {
    const groups: Record<string, string> = {};
    for (const { key, group } of fields) groups[key] = group;
    for (const [name, key] of Object.entries(OF_CONTACT)) {
      const group = byKey.get(key)?.group;
      if (group) groups[name] = group;
    }
    return groups;
  }, [fields, byKey]);
}

/** What the person's role may do with fields, wherever no single customer is meant. */
export function useFieldRights(): FieldRights {
  const { fields } = useMe();
  const groups = useFieldGroups();
  return useMemo(() => new FieldRights(fields, groups), [fields, groups]);
}
