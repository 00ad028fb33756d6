import type { ReactNode } from "react";
import "@/ui/parts.css";

interface EmptyStateProps {
  icon: ReactNode;
  /** What belongs here, in one line. */
  title: string;
  /** How it gets here. */
  children?: ReactNode;
  /** One button to begin; a second, quieter one at most. */
  action?: ReactNode;
}

/** An empty page teaches: what belongs here, and one button to begin. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="empty">
      <span className="empty-icon" aria-hidden>
        {icon}
      </span>
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {action && <div className="empty-action">{action}</div>}
    </div>
  );
}
