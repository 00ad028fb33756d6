import type { ReactNode } from "react";
import "@/ui/settings.css";

interface SettingsPartProps {
  title: string;
  /** What it is for, in a sentence. */
  note?: ReactNode;
  /** At the right of the title: the button that adds one. */
  action?: ReactNode;
  children: ReactNode;
}

/** One matter on a settings page, under its own title. */
export function SettingsPart({ title, note, action, children }: SettingsPartProps) {
  return (
    <section className="settings-part">
      <header>
        <div>
          <h2>{title}</h2>
          {note && <p className="soft">{note}</p>}
        </div>
        {action}
      </header>
      {children}
    </section>
  );
}
