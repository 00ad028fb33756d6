import { useLingui } from "@lingui/react/macro";
import { Select } from "antd";
import { useMemo } from "react";
import { works } from "@/api/people";
import { usePeople } from "@/api/queries";
import { TabLeaves } from "@/ui/TabLeaves";

interface PersonSelectProps {
  id?: string | undefined;
  value?: number | null | undefined;
  onChange?: ((person: number | null) => void) | undefined;
  autoFocus?: boolean | undefined;
  disabled?: boolean | undefined;
  "aria-label"?: string | undefined;
}

/** One of the colleagues who are still here; one who has left stays readable where he was chosen. */
export function PersonSelect({ value, onChange, ...rest }: PersonSelectProps) {
  const { t } = useLingui();
  const { data } = usePeople();
  const options = useMemo(
    () =>
      (data?.items ?? [])
        .filter((one) => works(one) || one.id === value)
        .map((one) => ({ value: one.id, label: one.label })),
    [data, value],
  );
  return (
    <TabLeaves>
      <Select
        {...rest}
        allowClear
        showSearch={{ optionFilterProp: "label" }}
        placeholder={t`选一位同事`}
        notFoundContent={t`没有这位同事`}
        options={options}
        value={value ?? null}
        onChange={(person?: number | null) => onChange?.(person ?? null)}
      />
    </TabLeaves>
  );
}
