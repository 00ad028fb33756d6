import { beforeEach, describe, expect, test, vi } from "vitest";
import type { ProblemBody } from "@/api/problem";

async function reload() {
  vi.resetModules();
  const outbox = await import("@/rooms/care/outbox");
  const { ApiProblem } = await import("@/api/problem");
  const refusal = (body: Partial<ProblemBody>) =>
    new ApiProblem({ status: 0, code: "offline", title: "连不上", ...body });
  return { ...outbox, refusal };
}

const note = (content: string, id = 7) => ({
  customer: { id, name: "恒力" },
  body: { way: "phone", content, contacted_at: "2026-11-18T04:00:00.000Z", todos: [] },
});
const never = async () => false;

beforeEach(() => localStorage.clear());

describe("the outbox", () => {
  test("keeps what could not be sent over a reload, and sends it in order", async () => {
    const before = await reload();
    before.keep(1, note("第一条"));
    before.keep(1, note("第二条", 8));
    const after = await reload();
    const sent: string[] = [];
    const send = async ({ body }: { body: { content?: string | null } }) => {
      sent.push(body.content ?? "");
    };
    expect(await after.sendWaiting(1, { send, isThere: never })).toEqual([7, 8]);
    expect(sent).toEqual(["第一条", "第二条"]);
    expect((await reload()).waitingOf(1)).toEqual([]);
  });

  test("without a connection everything stays, and nothing is tried in vain", async () => {
    const { keep, sendWaiting, waitingOf, refusal } = await reload();
    keep(1, note("第一条"));
    keep(1, note("第二条"));
    const send = vi.fn().mockRejectedValue(refusal({}));
    expect(await sendWaiting(1, { send, isThere: never })).toEqual([]);
    expect(send).toHaveBeenCalledTimes(1);
    expect(waitingOf(1).map(({ problem }) => problem)).toEqual([null, null]);
  });

  test("one the server refuses keeps its reason and does not hold up the others", async () => {
    const { keep, sendWaiting, waitingOf, refusal } = await reload();
    keep(1, note("给已删除的客户"));
    keep(1, note("好的", 8));
    const send = vi
      .fn()
      .mockRejectedValueOnce(refusal({ status: 404, code: "not_found", title: "没有这位客户" }))
      .mockResolvedValue(null);
    expect(await sendWaiting(1, { send, isThere: never })).toEqual([8]);
    expect(waitingOf(1)).toMatchObject([{ problem: "没有这位客户" }]);
    await sendWaiting(1, { send, isThere: never });
    expect(send).toHaveBeenCalledTimes(2);
  });

  test("one whose answer got lost is not sent a second time", async () => {
    const { keep, sendWaiting, waitingOf } = await reload();
    keep(1, note("到了"));
    const send = vi.fn();
    expect(await sendWaiting(1, { send, isThere: async () => true })).toEqual([7]);
    expect(send).not.toHaveBeenCalled();
    expect(waitingOf(1)).toEqual([]);
  });

  test("belongs to the person who wrote it", async () => {
    const { keep, waitingOf } = await reload();
    keep(1, note("我的"));
    expect(waitingOf(2)).toEqual([]);
  });
});
