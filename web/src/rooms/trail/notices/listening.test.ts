import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  ASK_EVERY,
  Listening,
  LOOKS_BETWEEN,
  type News,
  type Stream,
  TOO_SOON,
} from "@/rooms/trail/notices/listening";

/** A stream whose server is played by the test. */
class Played implements Stream {
  readyState = 1;
  private readonly heard = new Map<string, ((event: MessageEvent<string>) => void)[]>();

  addEventListener(type: string, heard: (event: MessageEvent<string>) => void) {
    this.heard.set(type, [...(this.heard.get(type) ?? []), heard]);
  }

  close() {
    this.readyState = 2;
  }

  tell(type: string, data: unknown = {}) {
    for (const one of this.heard.get(type) ?? []) {
      one(new MessageEvent(type, { data: typeof data === "string" ? data : JSON.stringify(data) }));
    }
  }

  /** It ends and the browser connects again, or (refused) does not. */
  end(isRefused: boolean) {
    this.readyState = isRefused ? 2 : 0;
    this.tell("error");
  }
}

let streams: Played[];
let counts: number[];
let news: News[];
let asked: number;
let isSeen: boolean;
let listening: Listening;

const last = () => streams.at(-1) as Played;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-11-18T09:00:00+08:00") });
  streams = [];
  counts = [];
  news = [];
  asked = 0;
  isSeen = true;
  listening = new Listening(
    () => {
      streams.push(new Played());
      return last();
    },
    {
      onUnread: (count) => counts.push(count),
      onNews: (one) => news.push(one),
      ask: async () => {
        asked += 1;
      },
      isSeen: () => isSeen,
    },
  );
});

afterEach(() => {
  listening.stop();
  vi.useRealTimers();
});

describe("hearing of new notices", () => {
  test("the stream tells the count and each new one", () => {
    listening.start();
    last().tell("summary", { unread: 4 });
    last().tell("notice", { id: 9, kind: "task_due", title: "跟进华为", unread: 5 });
    last().tell("notice", "not json");
    expect(counts).toEqual([4]);
    expect(news).toEqual([{ id: 9, kind: "task_due", title: "跟进华为", unread: 5 }]);
    expect(asked).toBe(0);
  });

  test("one that lasted its time is left to the browser, which connects again", () => {
    listening.start();
    vi.advanceTimersByTime(55_000);
    last().end(false);
    expect(listening.isLive).toBe(true);
    expect(streams).toHaveLength(1);
    expect(asked).toBe(0);
  });

  test("refused, it asks every half minute and tries the stream again after some", async () => {
    listening.start();
    last().end(true);
    expect(listening.isLive).toBe(false);
    expect(asked).toBe(1);
    await vi.advanceTimersByTimeAsync(ASK_EVERY);
    expect(asked).toBe(2);
    await vi.advanceTimersByTimeAsync(ASK_EVERY * (LOOKS_BETWEEN - 1));
    expect(streams).toHaveLength(2);
    expect(asked).toBe(LOOKS_BETWEEN);
    await vi.advanceTimersByTimeAsync(ASK_EVERY * 3);
    expect(asked).toBe(LOOKS_BETWEEN);
  });

  test("where streams break off at once, it asks instead of connecting again and again", () => {
    listening.start();
    vi.advanceTimersByTime(TOO_SOON - 1);
    last().end(false);
    expect(last().readyState).toBe(2);
    expect(asked).toBe(1);
  });

  test("taken by another window, it is not taken back before this one is used", async () => {
    listening.start();
    last().tell("taken");
    await vi.advanceTimersByTimeAsync(ASK_EVERY * 20);
    expect(streams).toHaveLength(1);
    expect(asked).toBe(21);
    listening.wake();
    expect(streams).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(ASK_EVERY * 3);
    expect(asked).toBe(21);
  });

  test("a window nobody sees leaves the stream to others", async () => {
    isSeen = false;
    listening.start();
    expect(streams).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(ASK_EVERY * 2);
    expect(asked).toBe(3);
  });

  test("a window that went out of sight gives its stream up when that ends", () => {
    listening.start();
    isSeen = false;
    vi.advanceTimersByTime(55_000);
    last().end(false);
    expect(last().readyState).toBe(2);
    expect(asked).toBe(1);
  });

  test("stopped, it is quiet", async () => {
    listening.start();
    last().end(true);
    listening.stop();
    listening.wake();
    await vi.advanceTimersByTimeAsync(ASK_EVERY * 10);
    expect(asked).toBe(1);
    expect(streams).toHaveLength(1);
  });
});
