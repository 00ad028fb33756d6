import { useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { Logo } from "@/ui/Logo";
import { useLook } from "@/ui/look";
import "@/rooms/access/door.css";

/** The page before the door opens: signing in and the first start. */
export function DoorPage({
  title,
  wide,
  foot,
  children,
}: {
  title: string;
  wide?: boolean;
  /** Below the card: a quiet way out. */
  foot?: ReactNode;
  children: ReactNode;
}) {
  const { t } = useLingui();
  const look = useLook();
  return (
    <div className="door">
      <main className={wide ? "door-card is-wide" : "door-card"}>
        <div className="door-brand">
          <Logo size={44} />
          <span>
            <strong>知客</strong>
            <small>{t`把每位客户放在心上`}</small>
          </span>
        </div>
        <h1>{title}</h1>
        {children}
      </main>
      {foot}
      <button
        type="button"
        className="door-language"
        lang={look.language === "zh" ? "en" : "zh"}
        onClick={() => look.change({ language: look.language === "zh" ? "en" : "zh" })}
      >
        {look.language === "zh" ? "English" : "中文"}
      </button>
    </div>
  );
}
