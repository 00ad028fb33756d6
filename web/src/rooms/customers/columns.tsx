import { useLingui } from "@lingui/react/macro";
import { useMemo } from "react";
import { useFieldRights } from "@/api/fieldGroups";
import type { CustomerRow } from "@/api/generated/zhike.schemas";
import { useChoices } from "@/api/queries";
import { useRights } from "@/api/rights";
import { phoneText } from "@/lib/phones";
import { Chip, ChoiceChip, choiceLabel } from "@/ui/Chip";
import type { GridColumn } from "@/ui/grid/gridTypes";
import { CalendarDay, Day, DueDay, KeyStar, Money } from "@/ui/values";

/** The columns of the customer list: without those the role hides, and without a pencil where it
 * only reads. */
export function useCustomerColumns(): GridColumn<CustomerRow>[] {
  const all = useAllColumns();
  const rights = useFieldRights();
  const mayLog = useRights().may("log");
  return useMemo(
    () =>
      all
        .filter(({ id }) => rights.shows(id))
        .map((column) => {
          // The next date is planned, not typed into the file: that takes the right to log.
          const mayEdit = column.id === "next_follow_up_on" ? mayLog : rights.edits(column.id);
          if (mayEdit) return column;
          const { edit: _edit, ...fixed } = column;
          return fixed;
        }),
    [all, rights, mayLog],
  );
}

/** In the order a salesperson looks at them. */
function useAllColumns(): GridColumn<CustomerRow>[] {
  const { t } = useLingui();
  const types = useChoices("type");
  const grades = useChoices("grade");
  const tiers = useChoices("tier");
  const sources = useChoices("source");
  const needs = useChoices("need_status");
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
