import { useLingui } from "@lingui/react/macro";
import { App, Button } from "antd";
import { useCallback, useRef } from "react";
import { lookOf } from "@/rooms/trail/notices/kinds";
import type { News } from "@/rooms/trail/notices/listening";
import { isUrgent } from "@/rooms/trail/notices/notices";

/** Those that come together are told together. */
const GATHER = 800;
const SECONDS = 8;
const SHOWN = 3;
const KEY = "notices";

/** Tells of what cannot wait in the corner of the screen: one by its title, several as a few lines. */
export function useToasts(onOpen: () => void): (news: News[]) => void {
  const { t } = useLingui();
  const { notification } = App.useApp();
  const waiting = useRef<News[]>([]);
  const show = () => {
    const news = waiting.current;
    waiting.current = [];
    const [first] = news;
    if (!first || document.visibilityState !== "visible") return;
    const open = () => {
      notification.destroy(KEY);
      onOpen();
    };
    const rest = news.length - SHOWN;
    notification.open({
      key: KEY,
      role: "status",
      duration: SECONDS,
      pauseOnHover: true,
      className: "notice-toast",
      icon: (
        <span className={`notice-icon is-${lookOf(first.kind).tone}`}>
          {lookOf(first.kind).icon}
        </span>
      ),
      title: news.length === 1 ? first.title : t`${news.length} 条新提醒`,
      description: news.length > 1 && (
        <ul>
          {news.slice(0, SHOWN).map(({ id, title }) => (
            <li key={id}>{title}</li>
          ))}
          {rest > 0 && <li className="faint">{t`还有 ${rest} 条`}</li>}
        </ul>
      ),
      actions: (
        <Button size="small" type="primary" onClick={open}>
          {t`看一看`}
        </Button>
      ),
    });
  };
  const latest = useRef(show);
  latest.current = show;
  return useCallback((news: News[]) => {
    const urgent = news.filter(({ kind }) => isUrgent(kind));
    if (urgent.length === 0) return;
    if (waiting.current.length === 0) window.setTimeout(() => latest.current(), GATHER);
    waiting.current = [...waiting.current, ...urgent];
  }, []);
}
