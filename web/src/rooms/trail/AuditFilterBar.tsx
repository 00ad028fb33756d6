import { CloseOutlined, FilterOutlined } from "@ant-design/icons";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Badge, Button, Drawer, Select } from "antd";
import { useState } from "react";
import { getCustomer, search } from "@/api/generated/customers";
import { usePeople } from "@/api/queries";
import { addDays, today } from "@/lib/days";
import { useIsPhone, useSettled } from "@/lib/screen";
import type { AuditFilters } from "@/rooms/trail/audit";
import { useAuditGroups } from "@/rooms/trail/auditQueries";
import { DayInput } from "@/ui/DayInput";
import { EnterWaits } from "@/ui/EnterWaits";
import { SearchWords } from "@/ui/SearchWords";

const TYPING_PAUSE = 300;

interface AuditFilterBarProps {
  filters: AuditFilters;
  onChange: (filters: AuditFilters) => void;
}

/** What one looks for. It stands in the address, so that a finding can be handed on. */
export function AuditFilterBar({ filters, onChange }: AuditFilterBarProps) {
  const { t } = useLingui();
  const isPhone = useIsPhone();
  const [isOpen, setOpen] = useState(false);
  const { q, ...others } = filters;
  const count = Object.keys(others).length;
  const words = (
    <SearchWords
      className="audit-words"
      label={t`找一条记录`}
      placeholder={t`请求编号、网络地址、客户编号`}
      value={q}
      onChange={(next) => onChange(without({ ...filters, q: next }))}
    />
  );
  if (isPhone) {
    return (
      <div className="audit-filters">
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
          <div className="audit-sheet">
            <Fields filters={filters} onChange={onChange} />
            <Button type="primary" block size="large" onClick={() => setOpen(false)}>
              <Trans>看结果</Trans>
            </Button>
          </div>
        </Drawer>
      </div>
    );
  }
  return (
    <div className="audit-filters">
      {words}
      <Fields filters={filters} onChange={onChange} />
      {count > 0 && (
        <Button type="text" icon={<CloseOutlined />} onClick={() => onChange(q ? { q } : {})}>
          <Plural value={count} one="清掉 # 个条件" other="清掉 # 个条件" />
        </Button>
      )}
    </div>
  );
}

function Fields({ filters, onChange }: AuditFilterBarProps) {
  const { t } = useLingui();
  const { data: people } = usePeople();
  const { data: groups } = useAuditGroups();
  const set = (part: { [Key in keyof AuditFilters]: AuditFilters[Key] | undefined }) =>
    onChange(without({ ...filters, ...part }));
  return (
    <>
      <EnterWaits isReady={people !== undefined}>
        <Select
          aria-label={t`谁`}
          placeholder={t`谁`}
          className={filters.person === undefined ? "pick" : "pick is-on"}
          allowClear
          showSearch={{ optionFilterProp: "label" }}
          popupMatchSelectWidth={false}
          value={filters.person ?? null}
          onChange={(person: number | null) => set({ person: person ?? undefined })}
          options={people?.items.map(({ id, label }) => ({ value: id, label })) ?? []}
        />
      </EnterWaits>
      <Select
        aria-label={t`哪一类`}
        placeholder={t`哪一类`}
        className={filters.group === undefined ? "pick" : "pick is-on"}
        allowClear
        popupMatchSelectWidth={false}
        value={filters.group ?? null}
        onChange={(group: string | null) => set({ group: group ?? undefined })}
        options={groups?.items.map(({ name, label }) => ({ value: name, label })) ?? []}
      />
      <CustomerSelect value={filters.customer} onChange={(customer) => set({ customer })} />
      <span className="audit-days">
        <DayInput
          aria-label={t`从哪天`}
          placeholder={t`从哪天`}
          quick="back"
          value={filters.from ?? null}
          onChange={(from) => set({ from: from ?? undefined })}
        />
        <span className="faint">{t`到`}</span>
        <DayInput
          aria-label={t`到哪天`}
          placeholder={t`到哪天`}
          quick="back"
          value={filters.to ?? null}
          onChange={(to) => set({ to: to ?? undefined })}
        />
      </span>
      <span className="audit-quick">
        {[
          { label: t`今天`, back: 0 },
          { label: t`7天`, back: 6 },
          { label: t`30天`, back: 29 },
        ].map(({ label, back }) => (
          <Button
            key={back}
            size="small"
            type="text"
            onClick={() => set({ from: addDays(today(), -back), to: undefined })}
          >
            {label}
          </Button>
        ))}
      </span>
    </>
  );
}

interface CustomerSelectProps {
  value: number | undefined;
  onChange: (customer: number | undefined) => void;
}

/** One customer, found while one types. */
function CustomerSelect({ value, onChange }: CustomerSelectProps) {
  const { t } = useLingui();
  const [text, setText] = useState("");
  const query = useSettled(text.trim(), TYPING_PAUSE);
  const { data: found } = useQuery({
    queryKey: ["search", query],
    queryFn: ({ signal }) => search({ q: query, limit: 12 }, { signal }),
    enabled: query !== "",
    placeholderData: keepPreviousData,
  });
  const { data: chosen } = useQuery({
    queryKey: ["customer", value],
    queryFn: ({ signal }) => getCustomer(value as number, { signal }),
    enabled: value !== undefined,
    retry: false,
  });
  const options = (query ? (found?.items ?? []) : []).map(({ id, name }) => ({
    value: id,
    label: name,
  }));
  // The chosen one keeps its name, also where it is deleted by now.
  if (value !== undefined && !options.some((one) => one.value === value)) {
    options.unshift({ value, label: chosen?.name ?? t`${value} 号客户` });
  }
  return (
    <Select
      aria-label={t`哪位客户`}
      placeholder={t`哪位客户`}
      className={value === undefined ? "pick" : "pick is-on"}
      allowClear
      showSearch={{ filterOption: false, onSearch: setText }}
      popupMatchSelectWidth={260}
      notFoundContent={query ? t`没有找到` : t`输入名字、拼音或编号`}
      value={value ?? null}
      onChange={(id: number | null) => {
        setText("");
        onChange(id ?? undefined);
      }}
      options={options}
    />
  );
}

function without(filters: { [Key in keyof AuditFilters]: AuditFilters[Key] | undefined }) {
  return Object.fromEntries(
    Object.entries(filters).filter(([, value]) => value !== undefined),
  ) as AuditFilters;
}
