import type { ReactNode } from "react";
import { usePageTitle } from "@/lib/screen";
import "@/ui/parts.css";

interface PageHeadProps {
  title: string;
  /** Beside the title, quieter: 共 312 位. */
  note?: ReactNode;
  actions?: ReactNode;
}

/** The head of a page; names the browser tab, too. */
export function PageHead({ title, note, actions }: PageHeadProps) {
  usePageTitle(title);
  return (
    <div className="page-head">
      <h1>{title}</h1>
      {note && <span className="page-note">{note}</span>}
      <span className="page-actions">{actions}</span>
    </div>
  );
}
