import { CommentOutlined } from "@ant-design/icons";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button } from "antd";
import { type KeyboardEvent, useState } from "react";
import { useIsTouch } from "@/lib/screen";
import type { FollowUpDraft } from "@/rooms/care/draft";
import {
  type Gap,
  gapFrom,
  gapsIn,
  withoutUntouched,
  withTemplate,
} from "@/rooms/care/sheets/gaps";
import { PhraseDrawer } from "@/rooms/care/sheets/PhraseDrawer";
import { useTemplates } from "@/rooms/care/sheets/queries";
import { TemplatePick } from "@/rooms/care/sheets/TemplatePick";
import "@/rooms/care/sheets/sheets.css";

interface ContentToolsProps {
  customer: number;
  draft: FollowUpDraft;
  change: (part: Partial<FollowUpDraft>) => void;
  /** Where to go on writing, once the text that was put in stands there. */
  onGap: (gap: Gap) => void;
  /** A past follow-up is corrected: its way is what it was. */
  isPast?: boolean;
}

/** What is read from a sentence and not from a form. */
const SAID = ["response", "feedback", "todos"];

/** What helps to write the content: templates, phrases, and how many gaps are still open. */
export function ContentTools(props: ContentToolsProps) {
  const { draft, change, onGap, isPast = false } = props;
  const { t } = useLingui();
  const isTouch = useIsTouch();
  const [isPhrasing, setPhrasing] = useState(false);
  const open = gapsIn(draft.content).length;
  const bodies = useTemplates(open > 0).data?.items.map(({ body }) => body) ?? [];
  const tidied = withoutUntouched(draft.content, bodies);
  const next = gapFrom(draft.content, 0);
  /** Its words stand in a form: they are no sentence in which the customer answers or promises. */
  const put = (words: string, bodies: string[], more: Partial<FollowUpDraft> = {}) => {
    const { text: content, gap } = withTemplate(draft.content, words, bodies);
    change({ ...more, content, byHand: [...new Set([...draft.byHand, ...SAID])] });
    onGap(gap);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !isPhrasing) return;
    if (!event.currentTarget.contains(event.target as Node)) return;
    event.stopPropagation();
    setPhrasing(false);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc puts the phrases away, and nothing else
    <div className="content-tools" onKeyDown={onKeyDown}>
      <TemplatePick
        way={draft.way}
        onPick={({ body, way }, all) => {
          const isWayFree = !isPast && !draft.byHand.includes("way");
          const known = all.map((one) => one.body);
          put(body, known, isWayFree && way ? { way } : {});
        }}
      />
      <Button
        type="text"
        className="composer-more"
        icon={<CommentOutlined />}
        title={t`看看怎么说好`}
        onClick={() => setPhrasing(true)}
      >
        {t`话术`}
      </Button>
      {next && (
        <span className="gaps-open" role="status">
          <Button type="link" size="small" className="flush-link" onClick={() => onGap(next)}>
            {isTouch ? (
              <Plural value={open} one="还有 # 处没填" other="还有 # 处没填" />
            ) : (
              <Plural
                value={open}
                one="还有 # 处没填，按 Tab 去填"
                other="还有 # 处没填，按 Tab 去填"
              />
            )}
          </Button>
          {tidied !== draft.content && (
            <Button
              type="link"
              size="small"
              className="flush-link"
              onClick={() => {
                change({ content: tidied });
                onGap(gapFrom(tidied, 0) ?? { start: tidied.length, end: tidied.length });
              }}
            >
              <Trans>去掉没填的行</Trans>
            </Button>
          )}
        </span>
      )}
      <PhraseDrawer
        open={isPhrasing}
        onClose={() => setPhrasing(false)}
        customer={props.customer}
        objection={draft.objection || draft.content}
        onTake={(words) => put(words, [])}
      />
    </div>
  );
}
