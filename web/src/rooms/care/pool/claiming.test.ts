import { describe, expect, test } from "vitest";
import type { InPool } from "@/api/generated/zhike.schemas";
import {
  byReason,
  notClaimed,
  type PoolPages,
  roomLeft,
  settled,
  withoutClaimed,
} from "@/rooms/care/pool/claiming";

const one = (id: number, name: string): InPool => ({
  ...{ id, name, industry: null, region: null, tier: null, last_follow_up_on: null },
  ...{ came_on: "2026-11-18", why: "久未跟进", former: null, claimable: true, why_not: "" },
});
const limits = { held: 120, capacity: 200, claimed_today: 3, claims_per_day: 10 };
const rows = [one(1, "晨星教育"), one(2, "青禾农业"), one(3, "远山物流")];
const pool: PoolPages = {
  pages: [
    { items: rows.slice(0, 2), next: "x", limits },
    { items: rows.slice(2), next: null, limits },
  ],
  pageParams: [null, "x"],
};
const ids = (pages: PoolPages) => pages.pages.flatMap((page) => page.items.map(({ id }) => id));

describe("claiming from the pool", () => {
  test("they leave the list at once, on whatever page, and count against the limits", () => {
    const during = withoutClaimed(pool, [1, 3]);
    expect(ids(during)).toEqual([2]);
    expect(during.pages[0]?.limits).toMatchObject({ held: 122, claimed_today: 5 });
    expect(ids(pool)).toEqual([1, 2, 3]);
  });

  test("who was refused comes back to the same place and says why", () => {
    const after = settled(pool, { claimed: [2], refused: [{ id: 1, why: "刚被别人领走了" }] });
    expect(ids(after)).toEqual([1, 3]);
    expect(after.pages[0]?.items[0]).toMatchObject({
      claimable: false,
      why_not: "刚被别人领走了",
    });
    expect(after.pages[1]?.items[0]).toMatchObject({ claimable: true });
    expect(after.pages[0]?.limits.claimed_today).toBe(4);
  });

  test("refusals are named, those of one reason together", () => {
    const why = "刚被别人领走了";
    const refused = notClaimed(rows, {
      claimed: [],
      refused: [
        { id: 1, why },
        { id: 3, why },
        { id: 2, why: "已归档" },
      ],
    });
    expect(byReason(refused)).toEqual([
      { why, names: ["晨星教育", "远山物流"] },
      { why: "已归档", names: ["青禾农业"] },
    ]);
  });

  test("what may still be claimed is the smaller of the two limits; 0 is no capacity", () => {
    expect(roomLeft(limits)).toBe(7);
    expect(roomLeft({ ...limits, held: 198 })).toBe(2);
    expect(roomLeft({ ...limits, held: 500, capacity: 0 })).toBe(7);
    expect(roomLeft({ ...limits, held: 230 })).toBe(0);
  });
});
