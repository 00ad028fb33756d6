import { Trans } from "@lingui/react/macro";
import { Button, Drawer } from "antd";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import { keyCaps } from "@/lib/keys";
import { useIsPhone } from "@/lib/screen";
import { LeaveQuestion } from "@/ui/LeaveGuard";
import "@/ui/parts.css";

interface FormDrawerProps {
  title: string;
  open: boolean;
  onClose: () => void;
  onSubmit: () => void;
  submitLabel: string;
  isBusy?: boolean;
  /** Was something written? Then Esc, the cross and a click beside it ask first. */
  isDirty?: boolean;
  /** At the left of the foot: a second way to finish, or a hint. */
  aside?: ReactNode;
  width?: number;
  children: ReactNode;
}

/** A form that slides in: from the right on the desk, from below on the phone. Ctrl+Enter sends it. */
export function FormDrawer(props: FormDrawerProps) {
  const isPhone = useIsPhone();
  const [isAsking, setAsking] = useState(false);
  const onKeyDown = (event: KeyboardEvent) => {
    if (
      event.key === "Enter" &&
      (event.ctrlKey || event.metaKey) &&
      !event.nativeEvent.isComposing
    ) {
      event.preventDefault();
      if (!props.isBusy) props.onSubmit(); // pressed twice, it is still one record
    }
  };
  return (
    <Drawer
      title={props.title}
      open={props.open}
      onClose={() => (props.isDirty ? setAsking(true) : props.onClose())}
      placement={isPhone ? "bottom" : "right"}
      size={isPhone ? "92dvh" : (props.width ?? 460)}
      destroyOnHidden
      footer={
        <div className="form-foot">
          <span className="form-aside">{props.aside}</span>
          <Button onClick={props.onClose}>
            <Trans>取消</Trans>
          </Button>
          <Button type="primary" loading={props.isBusy ?? false} onClick={props.onSubmit}>
            {props.submitLabel}
            {!isPhone && <span className="key-hint">{keyCaps("mod+enter").join("+")}</span>}
          </Button>
        </div>
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: only listens for the sending shortcut */}
      <div onKeyDown={onKeyDown}>{props.children}</div>
      <LeaveQuestion
        open={isAsking}
        onLeave={() => {
          setAsking(false);
          props.onClose();
        }}
        onStay={() => setAsking(false)}
      />
    </Drawer>
  );
}
