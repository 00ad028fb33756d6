import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "antd";
import type { ReactNode } from "react";
import { useShortcut } from "@/lib/keys";
import "@/ui/settings.css";

interface SaveBarProps {
  /** What the shortcut does, for the list of keys. */
  shortcut: string;
  title: ReactNode;
  /** What will be saved, or why it cannot be yet; in one line. */
  detail: string;
  /** The same at length, for whoever points at it. */
  whole?: string;
  isBusy: boolean;
  maySave: boolean;
  onReset: () => void;
  onSave: () => void;
  /** Above the line: what went wrong. */
  children?: ReactNode;
}

/** Stands at the foot of a settings page while something waits to be saved. */
export function SaveBar(props: SaveBarProps) {
  const { t } = useLingui();
  useShortcut({
    keys: "mod+enter",
    label: props.shortcut,
    group: t`设置`,
    always: true,
    off: !props.maySave,
    run: props.onSave,
  });
  return (
    <section className="save-bar" aria-label={t`还没保存的改动`}>
      {props.children}
      <div className="save-bar-row">
        <span className="save-bar-what" title={props.whole}>
          <strong>{props.title}</strong>
          <small>{props.detail}</small>
        </span>
        <Button onClick={props.onReset} disabled={props.isBusy}>
          <Trans>放弃</Trans>
        </Button>
        <Button
          type="primary"
          onClick={props.onSave}
          loading={props.isBusy}
          disabled={!props.maySave}
        >
          <Trans>保存</Trans>
        </Button>
      </div>
    </section>
  );
}
