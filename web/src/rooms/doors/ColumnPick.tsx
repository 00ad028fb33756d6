import { DownOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Checkbox, Input } from "antd";
import { useState } from "react";
import type { ExportView } from "@/api/doors";

interface ColumnPickProps {
  view: ExportView;
  /** The headers that go out, in the order of the sheet. */
  chosen: string[];
  onChange: (chosen: string[]) => void;
}

const MANY = 20;

/** Which columns go out: those usual for the sheet, until somebody says otherwise. */
export function ColumnPick({ view, chosen, onChange }: ColumnPickProps) {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  const [wanted, setWanted] = useState("");
  const on = new Set(chosen);
  const typed = wanted.trim().toLowerCase();
  const found = view.offered.filter((header) => header.toLowerCase().includes(typed));
  const put = (headers: ReadonlySet<string>) =>
    onChange(view.offered.filter((header) => headers.has(header)));
  const toggle = (header: string, isOn: boolean) => {
    const next = new Set(on);
    if (isOn) next.add(header);
    else next.delete(header);
    put(next);
  };
  const isUsual = sameColumns(chosen, view.columns);
  return (
    <div className="column-pick">
      <Button
        type="text"
        size="small"
        icon={<DownOutlined rotate={isOpen ? 180 : 0} />}
        iconPlacement="end"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <span className="number">{t`选栏目：${chosen.length} / ${view.offered.length}`}</span>
      </Button>
      {isOpen && (
        <fieldset className="column-pick-list" aria-label={t`导出哪些栏目`}>
          <div className="column-pick-tools">
            {view.offered.length > MANY && (
              <Input
                size="small"
                allowClear
                aria-label={t`找栏目`}
                placeholder={t`找栏目`}
                value={wanted}
                onChange={(event) => setWanted(event.target.value)}
              />
            )}
            <Button
              type="link"
              size="small"
              disabled={chosen.length === view.offered.length}
              onClick={() => onChange(view.offered)}
            >
              <Trans>全选</Trans>
            </Button>
            <Button
              type="link"
              size="small"
              disabled={isUsual}
              onClick={() => onChange(view.columns)}
            >
              <Trans>恢复默认</Trans>
            </Button>
          </div>
          <ul>
            {found.map((header) => (
              <li key={header}>
                <Checkbox
                  checked={on.has(header)}
                  onChange={(event) => toggle(header, event.target.checked)}
                >
                  {header}
                </Checkbox>
              </li>
            ))}
            {found.length === 0 && <li className="soft">{t`没有找到`}</li>}
          </ul>
        </fieldset>
      )}
    </div>
  );
}

/** The same columns, whatever their order: then they need not be named. */
export function sameColumns(one: readonly string[], other: readonly string[]): boolean {
  const inside = new Set(other);
  return one.length === other.length && one.every((header) => inside.has(header));
}
