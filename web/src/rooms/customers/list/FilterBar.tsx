import { CloseOutlined, FilterOutlined, StarFilled, StarOutlined } from "@ant-design/icons";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Badge, Button, Drawer, Segmented, Select } from "antd";
import { type ReactNode, useState } from "react";
import { useFieldRights } from "@/api/fieldGroups";
import { onOffer, useWords } from "@/api/fields";
import { useMe, usePeople, useTags } from "@/api/queries";
import { useRegionNames } from "@/api/regions";
import { useRights } from "@/api/rights";
import type { Choice } from "@/api/types";
import { useIsPhone } from "@/lib/screen";
import { type CustomerFilters, countFilters, type NextDate } from "@/rooms/customers/list/filters";
import { MoreFilters } from "@/rooms/customers/list/MoreFilters";
import { PlanDormant } from "@/rooms/customers/list/PlanDormant";
import { SearchWords } from "@/ui/SearchWords";

interface FilterBarProps {
  filters: CustomerFilters;
  onChange: (part: Partial<CustomerFilters>) => void;
  /** How many the filters find. */
  total: number;
  /** At the right end: what the page can do with the list. */
  actions?: ReactNode;
}

/** The filters above the list. Each stands in the address, so a filtered list can be sent to a colleague. */
export function FilterBar({ filters, onChange, total, actions }: FilterBarProps) {
  const isPhone = useIsPhone();
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  const count = countFilters(filters);
  const words = (
    <SearchWords
      className="quick-search"
      label={t`在列表里找`}
      placeholder={t`在列表里找`}
      value={filters.q}
      onChange={(q) => onChange({ q } as Partial<CustomerFilters>)}
    />
  );
  if (isPhone) {
    return (
      <div className="filter-bar">
        {words}
        <Badge count={count} size="small">
          <Button icon={<FilterOutlined />} aria-label={t`筛选`} onClick={() => setOpen(true)} />
        </Badge>
        <Drawer
          title={t`筛选`}
          open={isOpen}
          onClose={() => setOpen(false)}
          placement="bottom"
          size="auto"
        >
          <div className="filter-sheet">
            <FilterFields filters={filters} onChange={onChange} />
            {filters.dormant && <PlanDormant filters={filters} total={total} />}
            <Button type="primary" block size="large" onClick={() => setOpen(false)}>
              <Trans>看结果</Trans>
            </Button>
          </div>
        </Drawer>
      </div>
    );
  }
  return (
    <div className="filter-bar">
      {words}
      <FilterFields filters={filters} onChange={onChange} />
      {filters.dormant && <PlanDormant filters={filters} total={total} />}
      {count > 0 && (
        <Button type="text" icon={<CloseOutlined />} onClick={() => onChange(NO_FILTERS)}>
          <Plural value={count} one="清掉 # 个条件" other="清掉 # 个条件" />
        </Button>
      )}
      <span className="filter-actions">{actions}</span>
    </div>
  );
}

export const NO_FILTERS = {
  type: undefined,
  is_key: undefined,
  owner: undefined,
  source: undefined,
  tag: undefined,
  next: undefined,
  import_id: undefined,
  field: undefined,
  life: undefined,
  dormant: undefined,
  region: undefined,
} as unknown as Partial<CustomerFilters>;

function FilterFields({ filters, onChange }: Omit<FilterBarProps, "actions" | "total">) {
  const { t } = useLingui();
  const me = useMe();
  const types = useWords("type");
  const sources = useWords("source");
  const { data: people } = usePeople();
  const { data: tags } = useTags();
  const rights = useFieldRights();
  const reach = useRights().scope("customer");
  const regionName = useRegionNames(filters.region === undefined ? [] : [filters.region]);
  const set = (part: Record<string, unknown>) => onChange(part as Partial<CustomerFilters>);
  const colleagues =
    people?.items.filter((person) => person.id !== me.id && !person.is_service) ?? [];
  // Only whose customers may stand in the list at all.
  const owners = [
    { value: "me", label: t`我自己` },
    ...(reach.reach !== "own" || reach.shared
      ? colleagues.map((person) => ({ value: String(person.id), label: person.label }))
      : []),
    ...(reach.reach === "all" || reach.pool ? [{ value: "none", label: t`公海` }] : []),
  ];
  return (
    <>
      <Segmented
        aria-label={t`下次跟进`}
        value={filters.next ?? "all"}
        onChange={(value) => set({ next: value === "all" ? undefined : (value as NextDate) })}
        options={[
          { value: "all", label: t`全部` },
          { value: "today", label: t`今天` },
          { value: "week", label: t`本周` },
          { value: "overdue", label: t`超期` },
          { value: "none", label: t`未安排` },
        ]}
      />
      {rights.shows("is_key") && (
        <Button
          icon={filters.is_key ? <StarFilled className="key-star" /> : <StarOutlined />}
          aria-pressed={filters.is_key ?? false}
          className={filters.is_key ? "is-on" : ""}
          onClick={() => set({ is_key: filters.is_key ? undefined : true })}
        >
          <Trans>重点</Trans>
        </Button>
      )}
      {filters.import_id !== undefined && (
        <Button
          className="is-on"
          icon={<CloseOutlined />}
          iconPlacement="end"
          onClick={() => set({ import_id: undefined })}
        >
          <Trans>同一次导入的</Trans>
        </Button>
      )}
      {rights.shows("type") && (
        <PickOne
          label={t`类型`}
          value={filters.type}
          options={types}
          onChange={(type) => set({ type })}
        />
      )}
      {rights.shows("owner") && owners.length > 1 && (
        <PickOne
          label={t`负责人`}
          value={filters.owner}
          options={owners}
          onChange={(owner) => set({ owner })}
        />
      )}
      {rights.shows("source") && (
        <PickOne
          label={t`来源`}
          value={filters.source}
          options={sources}
          onChange={(source) => set({ source })}
        />
      )}
      {rights.shows("tags") && tags && tags.items.length > 0 && (
        <PickOne
          label={t`标签`}
          value={filters.tag === undefined ? undefined : String(filters.tag)}
          options={tags.items.map((tag) => ({ value: String(tag.id), label: tag.name }))}
          onChange={(tag) => set({ tag: tag === undefined ? undefined : Number(tag) })}
        />
      )}
      <Button
        aria-pressed={filters.dormant ?? false}
        className={filters.dormant ? "is-on" : ""}
        title={t`很久没联系，也没有安排下次跟进的`}
        onClick={() => set({ dormant: filters.dormant ? undefined : true })}
      >
        <Trans>沉睡客户</Trans>
      </Button>
      {filters.region !== undefined && (
        <Button
          className="is-on"
          icon={<CloseOutlined />}
          iconPlacement="end"
          onClick={() => set({ region: undefined })}
        >
          {regionName(filters.region)}
        </Button>
      )}
      <MoreFilters filters={filters} onChange={onChange} />
    </>
  );
}

interface PickOneProps {
  label: string;
  value: string | undefined;
  options: Choice[];
  onChange: (value: string | undefined) => void;
}

function PickOne({ label, value, options, onChange }: PickOneProps) {
  return (
    <Select
      aria-label={label}
      placeholder={label}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      options={onOffer(options, value).map(({ value, label }) => ({ value, label }))}
      allowClear
      showSearch={options.length > 8 ? { optionFilterProp: "label" } : false}
      popupMatchSelectWidth={false}
      className={value === undefined ? "pick" : "pick is-on"}
    />
  );
}
