import { useLingui } from "@lingui/react/macro";
import { Modal } from "antd";
import { useState } from "react";
import { keyCaps, type Shortcut, useShortcut, useShortcuts } from "@/lib/keys";

let open: (() => void) | null = null;

export function openKeysHelp(): void {
  open?.();
}

/** The keys that work right now, behind `?`. */
export function KeysHelp() {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  const shortcuts = useShortcuts();
  open = () => setOpen(true);
  useShortcut({ keys: "?", label: t`看快捷键`, group: t`随时`, run: () => setOpen(true) });
  const list: Shortcut[] = [
    { keys: "arrows", label: t`在格子间移动`, group: t`列表` },
    { keys: "enter", label: t`改这一格，或打开客户`, group: t`列表` },
    { keys: "mod+enter", label: t`打开客户`, group: t`列表` },
    { keys: "x", label: t`选中这一行`, group: t`列表` },
    { keys: "shift+x", label: t`选到这一行`, group: t`列表` },
  ];
  const all = [...shortcuts, ...list];
  const groups = [...new Set(all.map((one) => one.group))];
  return (
    <Modal
      title={t`快捷键`}
      open={isOpen}
      onCancel={() => setOpen(false)}
      footer={null}
      width={520}
    >
      {groups.map((group) => (
        <section key={group} className="keys-group">
          <h3>{group}</h3>
          <dl>
            {all
              .filter((one) => one.group === group)
              .map((one) => (
                <div key={one.keys + one.label}>
                  <dt>{one.label}</dt>
                  <dd>
                    {keyCaps(one.keys).map((cap) => (
                      <kbd key={cap}>{cap}</kbd>
                    ))}
                  </dd>
                </div>
              ))}
          </dl>
        </section>
      ))}
    </Modal>
  );
}
