import { useLingui } from "@lingui/react/macro";
import { Select } from "antd";
import { branches, useDepartments, within } from "@/rooms/access/queries";

interface DepartmentSelectProps {
  value?: number | null;
  onChange?: (id: number | null) => void;
  id?: string;
  /** What no department at all is called here. */
  none: string;
  /** Leaves out this department and those below it. */
  without?: number | undefined;
}

/** A department out of the tree, or none. Works inside a Form.Item. */
export function DepartmentSelect({ value, onChange, id, none, without }: DepartmentSelectProps) {
  const { t } = useLingui();
  const { data } = useDepartments();
  const all = data?.items ?? [];
  const hidden = without === undefined ? new Set<number>() : within(all, without);
  return (
    <Select
      {...(id && { id })}
      value={value ?? 0}
      onChange={(next) => onChange?.(next || null)}
      showSearch={all.length > 8 ? { optionFilterProp: "name" } : false}
      options={[
        { value: 0, label: none, name: none },
        ...branches(all)
          .filter((one) => !hidden.has(one.id))
          .map((one) => ({
            value: one.id,
            name: one.name,
            label: <span style={{ paddingLeft: one.depth * 16 }}>{one.name}</span>,
          })),
      ]}
      labelRender={({ value: chosen }) =>
        all.find((one) => one.id === chosen)?.name ?? (chosen ? t`（已不在）` : none)
      }
    />
  );
}
