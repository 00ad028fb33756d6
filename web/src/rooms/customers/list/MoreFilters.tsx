import { CloseOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Popover, Select } from "antd";
import { useState } from "react";
import { useFieldRights } from "@/api/fieldGroups";
import { type Definition, sectionsOf, useFields } from "@/api/fields";
import { IN_VIEW } from "@/rooms/customers/inView";
import {
  conditionCode,
  isMany,
  needsValue,
  type Op,
  opsOf,
  parseCondition,
} from "@/rooms/customers/list/conditions";
import {
  type CustomerFilters,
  type LifeFilter,
  MOST_CONDITIONS,
} from "@/rooms/customers/list/filters";
import { useOpWords, useValueWords } from "@/rooms/customers/list/opWords";
import { type FieldDraft, FieldInput } from "@/ui/fields/FieldInput";
import { Pills } from "@/ui/Pills";
import "@/rooms/customers/list/list.css";

interface MoreFiltersProps {
  filters: CustomerFilters;
  onChange: (part: Partial<CustomerFilters>) => void;
}

/** Conditions on any field: said in words, each a chip that can be taken off. */
export function MoreFilters({ filters, onChange }: MoreFiltersProps) {
  const { t } = useLingui();
  const { life, field: conditions = NONE } = filters;
  const rights = useFieldRights();
  const lives = useLifeWords();
  const { byKey } = useFields("customer");
  const [isOpen, setOpen] = useState(false);
  const put = (field: string[]) =>
    onChange({ field: field.length > 0 ? field : undefined } as Partial<CustomerFilters>);
  const setLife = (next: LifeFilter | undefined) =>
    onChange({ life: next } as Partial<CustomerFilters>);
  return (
    <>
      {life && (
        <span className="condition-chip">
          {lives[life]}
          <button
            type="button"
            aria-label={t`去掉这个条件`}
            title={t`去掉`}
            onClick={() => setLife(undefined)}
          >
            <CloseOutlined />
          </button>
        </span>
      )}
      {conditions.map((said) => {
        const field = byKey.get(parseCondition(said).key);
        return (
          <ConditionChip
            key={said}
            said={said}
            field={field}
            onRemove={() => put(conditions.filter((one) => one !== said))}
          />
        );
      })}
      <Popover
        trigger="click"
        placement="bottomLeft"
        autoAdjustOverflow={IN_VIEW}
        arrow={false}
        open={isOpen}
        onOpenChange={setOpen}
        destroyOnHidden
        content={
          <div className="condition-builder" role="dialog" aria-label={t`更多筛选`}>
            {conditions.length < MOST_CONDITIONS && (
              <Builder
                onAdd={(said) => {
                  setOpen(false);
                  if (!conditions.includes(said)) put([...conditions, said]);
                }}
              />
            )}
            {rights.shows("life") && (
              <Pills
                label={t`客户状态`}
                value={life ?? null}
                mayClear
                options={LIVES.map((one) => ({ value: one, label: lives[one] }))}
                onChange={(next) => {
                  setOpen(false);
                  setLife(next ?? undefined);
                }}
              />
            )}
          </div>
        }
      >
        <Button title={t`按任何一项资料筛选`}>
          <Trans>更多筛选</Trans>
        </Button>
      </Popover>
    </>
  );
}

const NONE: string[] = [];
const LIVES: readonly LifeFilter[] = ["active", "paused", "archived", "all"];

function useLifeWords(): Record<LifeFilter, string> {
  const { t } = useLingui();
  return {
    active: t`在跟进`,
    paused: t`已暂停`,
    archived: t`已归档`,
    all: t`连已归档的`,
  };
}

interface ConditionChipProps {
  said: string;
  field: Definition | undefined;
  onRemove: () => void;
}

function ConditionChip({ said, field, onRemove }: ConditionChipProps) {
  const { t } = useLingui();
  const condition = parseCondition(said);
  return (
    <span className="condition-chip">
      {field ? <Said field={field} said={said} /> : condition.key}
      <button type="button" aria-label={t`去掉这个条件`} title={t`去掉`} onClick={onRemove}>
        <CloseOutlined />
      </button>
    </span>
  );
}

function Said({ field, said }: { field: Definition; said: string }) {
  const condition = parseCondition(said);
  const ops = useOpWords(field.type);
  const value = useValueWords(field, condition);
  return (
    <>
      {field.label} <span className="soft">{ops[condition.op]}</span>
      {needsValue(condition.op) && ` ${value}`}
    </>
  );
}

/** Which field, how, what: 合同金额 不少于 50万. */
function Builder({ onAdd }: { onAdd: (said: string) => void }) {
  const { t } = useLingui();
  const { fields, byKey } = useFields("customer");
  const [key, setKey] = useState<string | null>(null);
  const field = key === null ? undefined : byKey.get(key);
  const options = sectionsOf(fields.filter(isOffered)).map((section) => ({
    label: section.name,
    options: section.fields.map((one) => ({ value: one.key, label: one.label })),
  }));
  return (
    <>
      <Select
        aria-label={t`按哪一项`}
        autoFocus
        showSearch={{ optionFilterProp: "label" }}
        placeholder={t`按哪一项`}
        value={key}
        options={options}
        onChange={setKey}
      />
      {field && <HowAndWhat key={field.key} field={field} onAdd={onAdd} />}
    </>
  );
}

function HowAndWhat({ field, onAdd }: { field: Definition; onAdd: (said: string) => void }) {
  const { t } = useLingui();
  const words = useOpWords(field.type);
  const ops = opsOf(field.type);
  const [op, setOp] = useState<Op>(ops[0] ?? "filled");
  const [draft, setDraft] = useState<FieldDraft>(null);
  const said = conditionCode(field.key, op, draft);
  return (
    <form
      className="condition-how"
      onSubmit={(event) => {
        event.preventDefault();
        if (said) onAdd(said);
      }}
    >
      <Select
        aria-label={t`怎么比`}
        value={op}
        options={ops.map((one) => ({ value: one, label: words[one] }))}
        onChange={(next) => {
          setOp(next);
          setDraft(null);
        }}
      />
      {needsValue(op) && (
        <FieldInput field={asAsked(field, op)} value={draft} onChange={setDraft} />
      )}
      <Button type="primary" htmlType="submit" disabled={!said}>
        <Trans>加上</Trans>
      </Button>
    </form>
  );
}

/** The input asks for a value to compare with: several words at once, one day of a range, any text. */
function asAsked(field: Definition, op: Op): Definition {
  const type =
    field.type === "date_range"
      ? "date"
      : isMany(op)
        ? "choices"
        : field.type === "choices"
          ? "choice"
          : field.type === "industry" || field.type === "long_text" || field.type === "url"
            ? "text"
            : field.type;
  return { ...field, type, need: "optional", rule: {} };
}

function isOffered(field: Definition): boolean {
  const isReadable = field.may === "read" || field.may === "edit";
  return field.filterable && isReadable && !field.archived && opsOf(field.type).length > 0;
}
