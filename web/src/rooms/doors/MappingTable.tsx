import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Select } from "antd";
import { useMemo, useState } from "react";
import type { ImportColumn, ImportOut } from "@/api/doors";
import { messageOf } from "@/api/problem";
import { usePrepareImport } from "@/rooms/doors/queries";
import { fieldLabel } from "@/rooms/doors/words";

const LEFT_OUT = "";

/** Which column leads where. Choosing a field that another column has takes it over from there. */
export function MappingTable({ of }: { of: ImportOut }) {
  const { t } = useLingui();
  const prepare = usePrepareImport(of);
  const [problem, setProblem] = useState<string | null>(null);
  const groups = useFieldGroups(of);
  const headers = new Map(
    of.columns.filter((column) => column.field).map((column) => [column.field, column.header]),
  );
  const unmapped = of.columns.filter((column) => column.field === null && column.header).length;
  const choose = async (column: ImportColumn, field: string | null) => {
    const mapping: Record<number, string | null> = { [column.index]: field };
    const before = field && of.columns.find((one) => one.field === field);
    if (before) mapping[before.index] = null;
    setProblem(null);
    try {
      const columns = of.columns.map((one) => ({
        ...one,
        field: one.index in mapping ? (mapping[one.index] ?? null) : one.field,
      }));
      await prepare({ mapping }, { columns });
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  return (
    <div className="mapping">
      <h3 className="look-label">
        <Trans>每一列对应什么</Trans>
        {unmapped > 0 && (
          <span className="mapping-left-out">
            <Plural value={unmapped} one="# 列没有对应，不会导入" other="# 列没有对应，不会导入" />
          </span>
        )}
      </h3>
      {problem && (
        <p className="danger" role="alert">
          {problem}
        </p>
      )}
      <table>
        <thead className="visually-hidden">
          <tr>
            <th>{t`表里的列`}</th>
            <th>{t`对应的字段`}</th>
          </tr>
        </thead>
        <tbody>
          {of.columns
            .filter((column) => column.header || column.sample.length > 0)
            .map((column) => (
              <tr key={column.index} className={column.field === null ? "is-left-out" : ""}>
                <th scope="row">
                  <span className="mapping-header" title={column.header}>
                    {column.header || t`（没有列名）`}
                  </span>
                  <small title={column.sample.join("\n")}>
                    {column.sample.join(t`、`) || t`整列是空的`}
                  </small>
                </th>
                <td>
                  <Select
                    aria-label={t`“${column.header}”对应的字段`}
                    value={column.field ?? LEFT_OUT}
                    disabled={of.state === "reading"}
                    onChange={(field) => void choose(column, field || null)}
                    showSearch={{ optionFilterProp: "label" }}
                    popupMatchSelectWidth={300}
                    options={groups}
                    optionRender={({ label, value }) => (
                      <span className="mapping-option">
                        <span>{label}</span>
                        <TakenBy header={headers.get(String(value))} />
                      </span>
                    )}
                    labelRender={({ value }) =>
                      value === LEFT_OUT ? (
                        <span className="faint">{t`不导入`}</span>
                      ) : (
                        fieldLabel(of, String(value))
                      )
                    }
                  />
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}

/** Which column has a field now: choosing it takes it from there. */
function TakenBy({ header }: { header: string | undefined }) {
  if (!header) return null;
  return (
    <small>
      <Trans>现在是“{header}”</Trans>
    </small>
  );
}

/** The fields by the part of a customer's file they belong to. */
function useFieldGroups(of: ImportOut) {
  const { t } = useLingui();
  return useMemo(() => {
    const titles: [string, string][] = [
      ["customer", t`客户`],
      ["contact", t`联系人`],
      ["follow_up", t`最近一次跟进`],
      ["next", t`下次跟进`],
      ["care", t`维护`],
      ["feedback", t`满意度反馈`],
    ];
    const groups = titles.map(([part, label]) => ({
      label,
      title: part,
      options: of.fields
        .filter((field) => field.name.startsWith(`${part}.`))
        .map((field) => ({
          value: field.name,
          label: field.label,
        })),
    }));
    return [{ value: LEFT_OUT, label: t`不导入这一列` }, ...groups];
  }, [of.fields, t]);
}
