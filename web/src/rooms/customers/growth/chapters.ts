import type { Story, StoryNode } from "@/api/generated/zhike.schemas";
import { calendarText } from "@/lib/days";

export interface ChapterLine {
  key: string;
  node: StoryNode;
  /** 3月8日; empty where the line before was on the same day. */
  day: string;
}

export interface Chapter {
  year: number;
  lines: ChapterLine[];
}

/** The story in years as it is shown; of `isKeyOnly` years without a key node are left out. */
export function chaptersOf(story: Story, isKeyOnly: boolean): Chapter[] {
  return story.chapters
    .map(({ year, nodes }) => ({
      year,
      lines: lines(isKeyOnly ? nodes.filter((one) => one.is_key) : nodes),
    }))
    .filter((chapter) => chapter.lines.length > 0);
}

function lines(nodes: StoryNode[]): ChapterLine[] {
  return nodes.map((node, at) => ({
    key: `${node.on}-${at}`,
    node,
    day: nodes[at - 1]?.on === node.on ? "" : calendarText(node.on, node.on),
  }));
}
