import type { CustomerOut } from "@/api/generated/zhike.schemas";

/** What the middle of a customer's page shows: what happened, or one part of the file. */
const FILE_TABS = ["story", "purchases", "problems", "files", "growth"] as const;
export type FileTab = (typeof FILE_TABS)[number];

/** The open tab as it stands in the address; anything else is the story. */
export function readTab(tab: unknown): FileTab {
  return FILE_TABS.find((one) => one === tab) ?? "story";
}

/** The tabs this reader has of a customer, with how many there are; null: nothing to be counted. */
export function tabsOf({ counts }: Pick<CustomerOut, "counts">): [FileTab, number | null][] {
  const tabs: [FileTab, number | null][] = [["story", null]];
  if (counts.purchases !== null) tabs.push(["purchases", counts.purchases]);
  if (counts.problems !== null) tabs.push(["problems", counts.problems]);
  tabs.push(["files", counts.attachments], ["growth", null]);
  return tabs;
}
