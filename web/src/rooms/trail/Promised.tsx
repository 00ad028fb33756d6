import { useLingui } from "@lingui/react/macro";
import type { StoryItem } from "@/api/generated/zhike.schemas";
import { planText } from "@/lib/days";

/** What was promised in a talk: the next contact, or something to do until then. */
interface Promised {
  kind: "follow_up" | "todo";
  title: string;
  on: string;
  time: string | null;
  who: string | null;
  is_closed: boolean;
}

/** 下次 and 待办 of a follow-up, each with its day and, where it is not the author, its person;
 * null where nothing was promised. What is closed is struck through. */
export function usePromised({ detail }: StoryItem) {
  const { t } = useLingui();
  const promised = (detail.promised ?? []) as Promised[];
  if (promised.length === 0) return null;
  const groups: [string, Promised[]][] = [
    [t`下次`, promised.filter((one) => one.kind === "follow_up")],
    [t`待办`, promised.filter((one) => one.kind === "todo")],
  ];
  return groups.map(
    ([label, items]) =>
      items.length > 0 && (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            {items.map((one) => (
              <PromisedLine
                key={`${one.on} ${one.time} ${one.title} ${one.who}`}
                of={one}
                author={detail.author}
              />
            ))}
          </dd>
        </div>
      ),
  );
}

function PromisedLine({ of, author }: { of: Promised; author: unknown }) {
  const day = [planText(of.on), of.time].filter(Boolean).join(" ");
  const who = of.who === author ? "" : of.who;
  const text = of.kind === "follow_up" ? [`${day} ${of.title}`.trim(), who] : [of.title, day, who];
  const told = text.filter(Boolean).join(" · ");
  return <p className="story-promised">{of.is_closed ? <s>{told}</s> : told}</p>;
}
