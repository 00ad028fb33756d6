import { ArrowLeftOutlined, CloseOutlined } from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import { Button } from "antd";
import type { PointerEvent, ReactNode } from "react";
import { useShortcut } from "@/lib/keys";
import { useIsPhone } from "@/lib/screen";
import { useStored } from "@/lib/stored";
import "@/ui/parts.css";

interface SidePanelProps {
  label: string;
  onClose: () => void;
  /** Stands in the bar at the top, beside the close button. */
  actions?: ReactNode;
  children: ReactNode;
}

const NARROWEST = 380;
const WIDEST = 960;

/** A record beside the list it came from. Not modal: the list stays in use. Full screen on the phone. */
export function SidePanel({ label, onClose, actions, children }: SidePanelProps) {
  const { t } = useLingui();
  const isPhone = useIsPhone();
  const [width, setWidth] = useStored("panel.width", 560);
  useShortcut({ keys: "escape", label: t`关上旁边的页面`, group: t`通用`, run: onClose });

  const drag = (event: PointerEvent<HTMLElement>) => {
    event.preventDefault();
    const handle = event.currentTarget;
    handle.setPointerCapture(event.pointerId);
    const move = (at: globalThis.PointerEvent) =>
      setWidth(Math.max(NARROWEST, Math.min(WIDEST, window.innerWidth - at.clientX)));
    handle.addEventListener("pointermove", move);
    handle.addEventListener("pointerup", () => handle.removeEventListener("pointermove", move), {
      once: true,
    });
  };
  return (
    <aside className="side-panel" aria-label={label} style={isPhone ? undefined : { width }}>
      {!isPhone && <span className="side-panel-edge" aria-hidden onPointerDown={drag} />}
      <div className="side-panel-bar">
        <Button
          type="text"
          icon={isPhone ? <ArrowLeftOutlined /> : <CloseOutlined />}
          aria-label={isPhone ? t`返回` : t`关上`}
          onClick={onClose}
        />
        <span className="side-panel-actions">{actions}</span>
      </div>
      <div className="side-panel-body">{children}</div>
    </aside>
  );
}
