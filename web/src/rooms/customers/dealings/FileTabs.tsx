import { useLingui } from "@lingui/react/macro";
import { type KeyboardEvent, useRef } from "react";
import type { CustomerOut } from "@/api/generated/zhike.schemas";
import { type FileTab, tabsOf } from "@/rooms/customers/dealings/fileTabs";
import "@/rooms/customers/dealings/dealings.css";

interface FileTabsProps {
  customer: CustomerOut;
  tab: FileTab;
  onTab: (tab: FileTab) => void;
}

/** The quiet row above the story: what else the file holds, and how much of it. */
export function FileTabs({ customer, tab, onTab }: FileTabsProps) {
  const { t } = useLingui();
  const row = useRef<HTMLDivElement>(null);
  const labels: Record<FileTab, string> = {
    story: t`动态`,
    purchases: t`购买`,
    problems: t`问题`,
    files: t`附件`,
    growth: t`成长故事`,
  };
  const tabs = tabsOf(customer);
  const step = (event: KeyboardEvent) => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const at = tabs.findIndex(([name]) => name === tab);
    const next = tabs[(at + by + tabs.length) % tabs.length];
    if (!next) return;
    onTab(next[0]);
    row.current?.querySelector<HTMLElement>(`[data-tab="${next[0]}"]`)?.focus();
  };
  return (
    <div
      ref={row}
      className="file-tabs"
      role="tablist"
      aria-label={t`档案的各部分`}
      onKeyDown={step}
    >
      {tabs.map(([name, count]) => (
        <button
          key={name}
          type="button"
          role="tab"
          data-tab={name}
          aria-selected={tab === name}
          tabIndex={tab === name ? 0 : -1}
          onClick={() => onTab(name)}
        >
          {labels[name]}
          {count !== null && count > 0 && <span className="file-tab-count">{count}</span>}
        </button>
      ))}
    </div>
  );
}
