import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { countUnread, NOTICE_STREAM, noticesPage } from "@/api/notices";
import { useMe } from "@/api/queries";
import { isPractising } from "@/lib/practice";
import { Listening, type News } from "@/rooms/trail/notices/listening";
import { staleAfter } from "@/rooms/trail/notices/notices";
import { noticeKeys } from "@/rooms/trail/notices/queries";

/** Nobody has touched the page for so long: an open window alone must not keep a session alive. */
const UNATTENDED = 60 * 60_000;
const LOOK_ROUND = 60_000;
const TOUCHES = ["pointerdown", "keydown", "focus"] as const;
const MOST_AT_ONCE = 10;

/** Keeps the count of unread notices right and hears of new ones, as long as somebody is about. */
export function useListening(onNews: (news: News[]) => void): void {
  const cache = useQueryClient();
  const me = useMe();
  const told = useRef(onNews);
  told.current = onNews;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another person hears other notices
  useEffect(() => {
    /** The last notice that was told here; null until one look has shown where they stand. */
    let last: number | null = null;
    const pass = (news: News[]) => {
      const fresh = news.filter(({ id }) => last === null || id > last);
      if (fresh.length === 0) return;
      last = Math.max(last ?? 0, ...fresh.map(({ id }) => id));
      void cache.invalidateQueries({ queryKey: noticeKeys.lists });
      for (const head of staleAfter(fresh.map(({ kind }) => kind))) {
        void cache.invalidateQueries({ queryKey: [head] });
      }
      told.current(fresh);
    };
    const count = (unread: number) => {
      const before = cache.getQueryData<number>(noticeKeys.unread);
      cache.setQueryData(noticeKeys.unread, unread);
      if (before !== unread) void cache.invalidateQueries({ queryKey: noticeKeys.lists });
    };
    const ask = async () => {
      try {
        const before = cache.getQueryData<number>(noticeKeys.unread) ?? 0;
        const unread = await countUnread();
        if (unread > before || last === null) {
          const { items } = await noticesPage({ limit: MOST_AT_ONCE, unread: true });
          const isFirst = last === null;
          if (isFirst) last = items[0]?.id ?? 0;
          else pass(items.map(({ id, kind, title }) => ({ id, kind, title, unread })));
        }
        count(unread);
      } catch {
        // No network, or signed out: the next look will tell.
      }
    };
    const listening = new Listening(isPractising ? null : () => new EventSource(NOTICE_STREAM), {
      onUnread: count,
      onNews: (news) => {
        cache.setQueryData(noticeKeys.unread, news.unread);
        pass([news]);
      },
      ask,
      isSeen: () => document.visibilityState === "visible",
    });
    let touchedAt = Date.now();
    const touch = () => {
      touchedAt = Date.now();
      listening.start();
    };
    const use = () => {
      if (document.visibilityState !== "visible") return;
      touch();
      listening.wake();
    };
    const round = window.setInterval(() => {
      if (Date.now() - touchedAt > UNATTENDED) listening.stop();
    }, LOOK_ROUND);
    listening.start();
    for (const name of TOUCHES) window.addEventListener(name, name === "focus" ? use : touch);
    document.addEventListener("visibilitychange", use);
    window.addEventListener("online", use);
    return () => {
      window.clearInterval(round);
      for (const name of TOUCHES) window.removeEventListener(name, name === "focus" ? use : touch);
      document.removeEventListener("visibilitychange", use);
      window.removeEventListener("online", use);
      listening.stop();
    };
  }, [cache, me.id]);
}
