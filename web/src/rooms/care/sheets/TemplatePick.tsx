import { SnippetsOutlined } from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import { Button, Dropdown, type MenuProps } from "antd";
import { useRef, useState } from "react";
import type { TemplateOut } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { keyCaps, useShortcut } from "@/lib/keys";
import { useIsTouch } from "@/lib/screen";
import { useTemplates } from "@/rooms/care/sheets/queries";
import { wayIcon } from "@/ui/wayIcons";
import "@/rooms/care/sheets/sheets.css";

interface TemplatePickProps {
  /** The way of the record: templates for it come first. */
  way: string;
  onPick: (template: TemplateOut, all: TemplateOut[]) => void;
}

/** 模板: what the record of a scene looks like, a click or Ctrl+/ away. */
export function TemplatePick({ way, onPick }: TemplatePickProps) {
  const { t } = useLingui();
  const isTouch = useIsTouch();
  const [isOpen, setOpen] = useState(false);
  const { data, error, refetch } = useTemplates(isOpen);
  const button = useRef<HTMLButtonElement>(null);
  useShortcut({
    keys: "mod+/",
    label: t`套用记录模板`,
    group: t`客户`,
    always: true,
    run: () => setOpen(true),
  });
  const all = data?.items ?? [];
  const suiting = all.filter((one) => one.way === way);
  const ordered = [...suiting, ...all.filter((one) => one.way !== way)];
  const items: MenuProps["items"] & object = ordered.map((one) => ({
    key: one.id,
    icon: one.way ? wayIcon(one.way) : <SnippetsOutlined />,
    label: one.scene,
    title: one.body,
    onClick: () => onPick(one, all),
  }));
  if (error && !data) {
    items.push({ key: "again", label: messageOf(error), onClick: () => void refetch() });
  } else if (all.length === 0) {
    const label = data ? t`还没有模板，管理员可以在设置里写` : t`正在取模板…`;
    items.push({ key: "none", label, disabled: true });
  }
  const hint = isTouch ? t`套用记录模板` : t`套用记录模板（${keyCaps("mod+/").join("+")}）`;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc closes the list, and nothing around it
    <span
      className="sheet-pick"
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !isOpen) return;
        event.stopPropagation();
        setOpen(false);
        button.current?.focus();
      }}
    >
      <Dropdown
        open={isOpen}
        onOpenChange={setOpen}
        trigger={["click"]}
        autoFocus
        rootClassName="beside-line template-menu"
        menu={{ items }}
      >
        <Button
          ref={button}
          type="text"
          className="composer-more"
          icon={<SnippetsOutlined />}
          title={hint}
          aria-label={t`套用记录模板`}
        >
          {t`模板`}
        </Button>
      </Dropdown>
    </span>
  );
}
