import { useLingui } from "@lingui/react/macro";
import { Select, type SelectProps } from "antd";
import { useMemo } from "react";
import { works } from "@/api/people";
import { usePeople } from "@/api/queries";
import { EnterWaits } from "@/ui/EnterWaits";
import { TabLeaves } from "@/ui/TabLeaves";

type Passed = "id" | "autoFocus" | "disabled" | "aria-label" | "className" | "placeholder";
type Opened = "defaultOpen" | "onBlur" | "onInputKeyDown";

interface PersonSelectProps extends Pick<SelectProps, Passed | Opened> {
  value?: number | null | undefined;
  onChange?: ((person: number | null) => void) | undefined;
  /** Those who are no choice here. */
  except?: ReadonlySet<number | undefined> | undefined;
}

/** One of the colleagues who are still here; one who has left stays readable where he was chosen. */
export function PersonSelect({ value, onChange, except, ...rest }: PersonSelectProps) {
  const { t } = useLingui();
  const { data } = usePeople();
  const options = useMemo(
    () =>
      (data?.items ?? [])
        .filter((one) => (works(one) && !except?.has(one.id)) || one.id === value)
        .map((one) => ({ value: one.id, label: one.label })),
    [data, value, except],
  );
  return (
    <TabLeaves>
      <EnterWaits isReady={data !== undefined}>
        <Select
          allowClear
          placeholder={t`选一位同事`}
          {...rest}
          showSearch={{ optionFilterProp: "label" }}
          notFoundContent={data ? t`没有这位同事` : t`正在取同事名单…`}
          options={options}
          value={value ?? null}
          onChange={(person?: number | null) => onChange?.(person ?? null)}
        />
      </EnterWaits>
    </TabLeaves>
  );
}
