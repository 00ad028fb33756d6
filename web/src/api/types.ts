/** The shapes of the HTTP contract, until the generated ones take their place. */

export interface Page<Item> {
  items: Item[];
  next: string | null;
}

export interface PersonRef {
  id: number;
  name: string;
}

export interface Rights {
  manage_people: boolean;
  import: boolean;
  export: boolean;
  export_plain: boolean;
  reveal: boolean;
  see_all: boolean;
}

export interface Me {
  id: number;
  name: string;
  username: string;
  role: "administrator" | "sales";
  department: { id: number; name: string } | null;
  organisation: string;
  rights: Rights;
}

export interface Boot {
  setup_needed: boolean;
  me: Me | null;
}

export interface Choice {
  value: string;
  label: string;
  color?: string | null;
}

/** Choice lists by the name of the field they belong to. */
export type Choices = Record<string, Choice[]>;

export interface Tag {
  id: number;
  name: string;
  color: string;
}

/** A protected value as it may be shown: 138****8000. `valid` false: kept as text, not a real number. */
export interface Masked {
  masked: string;
  valid: boolean;
}

export interface CustomerItem {
  id: number;
  version: number;
  code: string;
  name: string;
  kind: string;
  type: string | null;
  is_key: boolean;
  tier: string | null;
  grade: string | null;
  industry: string | null;
  region: string | null;
  source: string | null;
  owner: PersonRef | null;
  tags: Tag[];
  contact: {
    id: number;
    name: string;
    title: string | null;
    phone: string | null;
    email: string | null;
  } | null;
  cooperation_since: string | null;
  contract_amount: number | null;
  products: string | null;
  last_follow_up_on: string | null;
  next_follow_up_on: string | null;
  need_status: string | null;
  created_at: string;
}

export interface Contact {
  id: number;
  version: number;
  name: string;
  salutation: string | null;
  title: string | null;
  mobile: Masked | null;
  landline: Masked | null;
  email: Masked | null;
  wechat: Masked | null;
  role: string | null;
  preferences: string | null;
  convenient_time: string | null;
  is_primary: boolean;
}

export interface Task {
  id: number;
  version: number;
  kind: "follow_up" | "todo";
  title: string;
  due_on: string;
  due_time: string | null;
  done_at: string | null;
  customer: {
    id: number;
    name: string;
    is_key: boolean;
    contact_name: string | null;
    phone: string | null;
  } | null;
  assignee: PersonRef;
}

export interface CustomerDetail extends CustomerItem {
  identity: string | null;
  address: string | null;
  background: string | null;
  first_need: string | null;
  core_need: string | null;
  budget: string | null;
  expected_term: string | null;
  cooperation_until: string | null;
  cooperation_stage: string | null;
  project_code: string | null;
  special_needs: string | null;
  risk: string | null;
  competition: string | null;
  deal_stage: string | null;
  expected_close_on: string | null;
  deal_amount: number | null;
  remark: string | null;
  recorder: PersonRef | null;
  recorded_on: string | null;
  first_contact_on: string | null;
  contacts: Contact[];
  tasks: Task[];
  can: { edit: boolean; delete: boolean; reveal: boolean };
}

/** Fields of a customer as they are sent: any of them, null empties one. */
export type CustomerChange = Record<string, string | number | boolean | number[] | null>;

export interface Similar {
  id: number | null;
  name: string;
  owner: PersonRef | string | null;
  reason: "phone" | "name" | "identity" | "email";
  certain: boolean;
}

export interface Found {
  id: number;
  code: string;
  name: string;
  kind: string;
  is_key: boolean;
  contact_name: string | null;
  phone: string | null;
  owner_name: string | null;
  match: "name" | "pinyin" | "initials" | "code" | "phone" | "contact";
}

export interface CustomerSummary {
  count: number;
  contract_amount: number;
}
