import { TeamOutlined, UserAddOutlined } from "@ant-design/icons";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button } from "antd";
import { type ReactNode, useCallback, useMemo, useState } from "react";
import { useFieldRights } from "@/api/fieldGroups";
import { useFields } from "@/api/fields";
import { ApiProblem, messageOf } from "@/api/problem";
import { useMe } from "@/api/queries";
import { useRights } from "@/api/rights";
import { countText } from "@/lib/money";
import { useIsPhone } from "@/lib/screen";
import { BulkBar, type BulkMore } from "@/rooms/customers/list/BulkBar";
import { CustomerCard } from "@/rooms/customers/list/CustomerCard";
import { shownKeys, useCustomerColumns } from "@/rooms/customers/list/columns";
import { extraChange } from "@/rooms/customers/list/extraColumns";
import { FilterBar, NO_FILTERS } from "@/rooms/customers/list/FilterBar";
import { type CustomerFilters, countFilters } from "@/rooms/customers/list/filters";
import {
  type CustomerChange,
  type Shown,
  useChangeCustomer,
  useCustomerPages,
  useCustomerSummary,
  useShowCustomer,
} from "@/rooms/customers/queries";
import type { CustomerRow } from "@/rooms/customers/rows";
import { StaleDialog, type StaleEdit } from "@/rooms/customers/stale/StaleDialog";
import { EmptyState } from "@/ui/EmptyState";
import { ColumnChooser } from "@/ui/grid/ColumnChooser";
import { DataGrid } from "@/ui/grid/DataGrid";
import type { CellValue, GridColumn } from "@/ui/grid/gridTypes";
import { useGridColumns } from "@/ui/grid/useGridColumns";
import { PageHead } from "@/ui/PageHead";
import { Money } from "@/ui/values";
import "@/rooms/customers/list/list.css";

interface CustomerListProps {
  filters: CustomerFilters;
  onFilters: (part: Partial<CustomerFilters>) => void;
  onOpen: (id: number) => void;
  /** Absent for those who may not. */
  onCreate?: (() => void) | undefined;
  /** Moves the next follow-up of a customer to a day. */
  onPlan: (id: number, day: string) => Promise<boolean>;
  /** Leads to the import; absent for those who may not. */
  onImport?: (() => void) | undefined;
  /** What other rooms do with the selected. */
  bulk?: BulkMore;
  /** Buttons of other rooms at the right of the head (导出). */
  actions?: ReactNode;
}

/** The list people live in. What it shows is decided by the filters alone, and they by the address. */
export function CustomerList(props: CustomerListProps) {
  const { filters, onFilters } = props;
  const { t } = useLingui();
  const isPhone = useIsPhone();
  const me = useMe();
  const columns = useGridColumns(`customers.${me.id}`, useCustomerColumns());
  const asked = shownKeys(columns.visible);
  const list = useCustomerPages(filters, asked);
  const { byKey } = useFields("customer");
  const { data: summary } = useCustomerSummary(filters);
  const change = useChangeCustomer();
  const show = useShowCustomer();
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const [isAll, setAll] = useState(false);
  const rights = useRights();
  const fields = useFieldRights();
  const mayBulk =
    rights.may("delete") || rights.may("hand_over") || rights.may("log") || fields.edits("is_key");
  const select = (next: ReadonlySet<number>) => {
    setSelected(next);
    setAll(false);
  };
  const [stale, setStale] = useState<StaleEdit | null>(null);
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);

  const edit = async (row: CustomerRow, field: string, value: CellValue) => {
    if (field === "next_follow_up_on") return plan(row, String(value));
    const extra = asked.split(",").includes(field) ? byKey.get(field) : undefined;
    if (extra) {
      const { change: mine, shown } = extraChange(row, extra, value);
      return store(row, mine, shown);
    }
    // Text and choices are emptied by "", days and money by null: as the server keeps them.
    const isText = ["text", "choice"].includes(editorKind(columns.visible, field));
    return store(row, { [field]: isText ? (value ?? "") : value });
  };
  const store = async (row: CustomerRow, mine: CustomerChange, shown?: Shown) => {
    try {
      await change(row, mine, shown);
    } catch (error) {
      if (!(error instanceof ApiProblem && error.isStale)) throw error;
      setStale({ mine, before: row, problem: error });
    }
  };
  const plan = async (row: CustomerRow, day: string) => {
    show(row.id, { next_follow_up_on: day });
    try {
      if (!(await props.onPlan(row.id, day))) show(row.id, row);
    } catch (error) {
      show(row.id, row);
      throw error;
    }
  };
  const { fetchNextPage } = list;
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const isFiltered = countFilters(filters) > 0 || Boolean(filters.q);
  return (
    <div className="list-page">
      <PageHead
        title={t`客户`}
        note={summary && <Plural value={summary.count} one="共 # 位" other="共 # 位" />}
        actions={
          isPhone
            ? props.onCreate && (
                <Button
                  type="text"
                  icon={<UserAddOutlined />}
                  onClick={props.onCreate}
                >{t`新建`}</Button>
              )
            : props.actions
        }
      />
      {selected.size > 0 && !isPhone ? (
        <BulkBar
          rows={rows.filter((row) => selected.has(row.id))}
          total={summary?.count ?? 0}
          isAll={isAll}
          onAll={() => setAll(true)}
          filters={filters}
          onDone={() => select(new Set())}
          more={props.bulk}
        />
      ) : (
        <FilterBar
          filters={filters}
          onChange={onFilters}
          total={summary?.count ?? 0}
          actions={<ColumnChooser columns={columns} />}
        />
      )}
      <div className="list-body">
        <DataGrid
          label={t`客户`}
          columns={columns}
          rows={rows}
          isLoading={list.isPending}
          error={list.error && messageOf(list.error)}
          onRetry={() => void list.refetch()}
          hasMore={list.hasNextPage}
          isLoadingMore={list.isFetchingNextPage}
          onNearEnd={more}
          sort={filters.sort}
          onSort={(sort) => onFilters({ sort } as Partial<CustomerFilters>)}
          hrefOf={(row) => `/customers/${row.id}`}
          onOpen={(row) => props.onOpen(row.id)}
          openId={filters.open}
          onEdit={edit}
          canEdit={mayEdit}
          {...(mayBulk && { selected, onSelect: select })}
          foot={{
            name: summary && <Trans>合计 {countText(summary.count)} 位</Trans>,
            contract_amount: summary && <Money fen={summary.contract_amount} />,
          }}
          card={(row) => <CustomerCard customer={row} />}
          empty={
            isFiltered ? (
              <NothingFound
                onClear={() =>
                  onFilters({ ...NO_FILTERS, q: undefined } as Partial<CustomerFilters>)
                }
              />
            ) : (
              <NobodyYet onCreate={props.onCreate} onImport={props.onImport} />
            )
          }
        />
      </div>
      {stale && <StaleDialog edit={stale} onClose={() => setStale(null)} />}
    </div>
  );
}

function mayEdit(row: CustomerRow): boolean {
  return row.may_edit;
}

function editorKind(columns: GridColumn<CustomerRow>[], field: string): string {
  return columns.find((column) => column.id === field)?.edit?.kind ?? "";
}

function NothingFound({ onClear }: { onClear: () => void }) {
  const { t } = useLingui();
  return (
    <EmptyState
      icon={<TeamOutlined />}
      title={t`没有符合条件的客户`}
      action={<Button onClick={onClear}>{t`看全部客户`}</Button>}
    >
      <Trans>放宽一两个条件试试。</Trans>
    </EmptyState>
  );
}

function NobodyYet({ onCreate, onImport }: Pick<CustomerListProps, "onCreate" | "onImport">) {
  const { t } = useLingui();
  return (
    <EmptyState
      icon={<TeamOutlined />}
      title={t`客户都住在这里`}
      action={
        <>
          {onCreate && <Button type="primary" onClick={onCreate}>{t`记下第一位客户`}</Button>}
          {onImport && <Button onClick={onImport}>{t`导入 Excel`}</Button>}
        </>
      }
    >
      {onCreate ? (
        <Trans>
          一行一位客户：联系人、上次聊了什么、下次什么时候找他。只要名字和电话就能开始。
        </Trans>
      ) : (
        <Trans>同事录入或共享给你的客户，会一行一位列在这里。</Trans>
      )}
    </EmptyState>
  );
}
