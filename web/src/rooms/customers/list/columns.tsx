import { useLingui } from "@lingui/react/macro";
import { useMemo } from "react";
import { useFieldRights } from "@/api/fieldGroups";
import { useFields, useWords } from "@/api/fields";
import { useRights } from "@/api/rights";
import { phoneText } from "@/lib/phones";
import { useExtraColumns } from "@/rooms/customers/list/extraColumns";
import type { CustomerRow } from "@/rooms/customers/rows";
import { Chip, ChoiceChip, choiceLabel } from "@/ui/Chip";
import type { GridColumn } from "@/ui/grid/gridTypes";
import { CalendarDay, Day, DueDay, KeyStar, Money } from "@/ui/values";

/** What the shipped columns are called in the settings; renamed there, a column follows. */
const SHIPPED_LABELS: Readonly<Record<string, string>> = {
  name: "客户名称",
  type: "客户类型",
  next_follow_up_on: "下次跟进时间",
  last_follow_up_on: "最近跟进时间",
  contract_amount: "合同金额",
  need_status: "需求状态",
  products: "合作产品/服务",
  industry: "所属行业",
  region: "所在地区",
  source: "客户来源",
  grade: "客户等级",
  tier: "客户分层",
  cooperation_since: "合作开始时间",
  code: "客户编号",
};
/** Shown within another column, or by a mark. */
const SHIPPED: ReadonlySet<string> = new Set([...Object.keys(SHIPPED_LABELS), "is_key"]);

/** The columns of the customer list: without those the role hides or that were archived, and without
 * a pencil where it only reads. Behind the shipped ones stands every other field. */
export function useCustomerColumns(): GridColumn<CustomerRow>[] {
  const all = useAllColumns();
  const extra = useExtraColumns(SHIPPED);
  const rights = useFieldRights();
  const mayLog = useRights().may("log");
  const { byKey } = useFields("customer");
  return useMemo(
    () => [
      ...all
        .filter(({ id }) => rights.shows(id))
        .filter(({ id }) => byKey.size === 0 || !(id in SHIPPED_LABELS) || byKey.has(id))
        .map((column) => {
          const label = byKey.get(column.id)?.label;
          const title = label && label !== SHIPPED_LABELS[column.id] ? label : column.title;
          // The next date is planned, not typed into the file: that takes the right to log.
          const mayEdit = column.id === "next_follow_up_on" ? mayLog : rights.edits(column.id);
          if (mayEdit) return { ...column, title };
          const { edit: _edit, ...fixed } = column;
          return { ...fixed, title };
        }),
      ...extra,
    ],
    [all, extra, rights, mayLog, byKey],
  );
}

/** Which of the columns in view take their values from `more`: what the list is to be asked for. */
export function shownKeys(columns: GridColumn<CustomerRow>[]): string {
  const keys = columns.map(({ id }) => id).filter((id) => !SHIPPED.has(id) && !BESIDE.has(id));
  return keys.sort().join(",");
}

/** Columns that are no field anybody defines. */
const BESIDE: ReadonlySet<string> = new Set(["contact", "phone", "tags", "owner"]);

/** In the order a salesperson looks at them. */
function useAllColumns(): GridColumn<CustomerRow>[] {
  const { t } = useLingui();
  const types = useWords("type");
  const grades = useWords("grade");
  const tiers = useWords("tier");
  const sources = useWords("source");
  const needs = useWords("need_status");
  return useMemo<GridColumn<CustomerRow>[]>(
    () => [
      {
        id: "name",
        title: t`客户`,
        width: 250,
        primary: true,
        sort: "name",
        render: (row) => (
          <>
            {row.name} <KeyStar isKey={row.is_key} />
          </>
        ),
      },
      {
        id: "type",
        title: t`类型`,
        width: 100,
        render: (row) => <ChoiceChip value={row.type} choices={types} />,
        edit: { kind: "choice", value: (row) => row.type, choices: types },
      },
      {
        id: "next_follow_up_on",
        title: t`下次跟进`,
        width: 118,
        sort: "next_follow_up_on",
        render: (row) => <DueDay day={row.next_follow_up_on} />,
        edit: { kind: "day", value: (row) => row.next_follow_up_on, required: true },
      },
      {
        id: "last_follow_up_on",
        title: t`最近跟进`,
        width: 104,
        sort: "last_follow_up_on",
        sortFirst: "down",
        render: (row) => <Day day={row.last_follow_up_on} />,
      },
      { id: "contact", title: t`联系人`, width: 128, render: (row) => <ContactName row={row} /> },
      {
        id: "phone",
        title: t`电话`,
        width: 134,
        render: (row) => (
          <span className="number">{row.contact?.phone && phoneText(row.contact.phone)}</span>
        ),
      },
      {
        id: "contract_amount",
        title: t`合同金额`,
        width: 112,
        align: "end",
        sort: "contract_amount",
        sortFirst: "down",
        render: (row) => <Money fen={row.contract_amount} />,
        edit: { kind: "money", value: (row) => row.contract_amount },
      },
      {
        id: "need_status",
        title: t`需求`,
        width: 100,
        render: (row) => <ChoiceChip value={row.need_status} choices={needs} />,
        edit: { kind: "choice", value: (row) => row.need_status, choices: needs },
      },
      {
        id: "tags",
        title: t`标签`,
        width: 180,
        render: (row) =>
          row.tags.map((tag) => (
            <Chip key={tag.id} color={tag.color}>
              {tag.name}
            </Chip>
          )),
      },
      { id: "owner", title: t`负责人`, width: 90, render: (row) => row.owner?.name },
      {
        id: "products",
        title: t`合作产品`,
        width: 170,
        render: (row) => row.products,
        edit: { kind: "text", value: (row) => row.products },
      },
      { id: "industry", title: t`行业`, width: 150, hidden: true, render: (row) => row.industry },
      { id: "region", title: t`地区`, width: 130, hidden: true, render: (row) => row.region },
      {
        id: "source",
        title: t`来源`,
        width: 120,
        hidden: true,
        render: (row) => choiceLabel(row.source, sources),
        edit: { kind: "choice", value: (row) => row.source, choices: sources },
      },
      {
        id: "grade",
        title: t`等级`,
        width: 90,
        hidden: true,
        render: (row) => choiceLabel(row.grade, grades),
        edit: { kind: "choice", value: (row) => row.grade, choices: grades },
      },
      {
        id: "tier",
        title: t`分层`,
        width: 90,
        hidden: true,
        render: (row) => choiceLabel(row.tier, tiers),
      },
      {
        id: "cooperation_since",
        title: t`合作开始`,
        width: 120,
        hidden: true,
        render: (row) => <CalendarDay day={row.cooperation_since} />,
        edit: { kind: "day", value: (row) => row.cooperation_since },
      },
      {
        id: "code",
        title: t`编号`,
        width: 140,
        hidden: true,
        sort: "code",
        render: (row) => row.code,
      },
    ],
    [t, types, grades, tiers, sources, needs],
  );
}

function ContactName({ row }: { row: CustomerRow }) {
  if (!row.contact) return null;
  return (
    <>
      {row.contact.name}
      {row.contact.title && <span className="faint"> {row.contact.title}</span>}
    </>
  );
}
