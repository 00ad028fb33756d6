import { getStreamUrl, notices, read, summary, wish, wished } from "@/api/generated/notices";
import type { NoticeOut, WishesOut, WishesPatch } from "@/api/generated/zhike.schemas";

/** What one is told, under names that say so. */

export type Notice = NoticeOut;
export type NoticeWishes = WishesOut;

export interface NoticesPage {
  items: Notice[];
  next: string | null;
}

/** One's notices, the latest first. */
export const noticesPage = (
  query: { unread?: boolean; cursor?: string; limit?: number },
  signal?: AbortSignal,
): Promise<NoticesPage> => notices(query, signal ? { signal } : {});

/** How many one has not read. */
export const countUnread = async (signal?: AbortSignal): Promise<number> =>
  (await summary(signal ? { signal } : {})).unread;

/** Marks some as read, or all; how many are left unread. */
export const markRead = async (which: number[] | "all"): Promise<number> =>
  (await read(which === "all" ? { all: true } : { ids: which })).unread;

export const noticeWishes = (signal: AbortSignal): Promise<NoticeWishes> => wished({ signal });

export const changeNoticeWishes = (patch: WishesPatch): Promise<NoticeWishes> => wish(patch);

/** Where the browser hears of new ones as they come. */
export const NOTICE_STREAM = getStreamUrl();
