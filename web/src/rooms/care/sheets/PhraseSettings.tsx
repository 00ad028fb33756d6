import { CommentOutlined, SearchOutlined } from "@ant-design/icons";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, Input, Skeleton } from "antd";
import { useMemo, useState } from "react";
import { useWords } from "@/api/fields";
import type { PhraseOut } from "@/api/generated/zhike.schemas";
import { Ordered } from "@/rooms/care/sheets/Ordered";
import { PhraseForm } from "@/rooms/care/sheets/PhraseForm";
import { grouped, narrowed, objectionsOf } from "@/rooms/care/sheets/phrases";
import { phraseActions, usePhrases } from "@/rooms/care/sheets/queries";
import { SheetLine } from "@/rooms/care/sheets/SheetLine";
import type { Editing, SheetSettingsProps } from "@/rooms/care/sheets/Sheets";
import { useSheets } from "@/rooms/care/sheets/useSheets";
import { WithGaps } from "@/rooms/care/sheets/WithGaps";
import { ChoiceChip, choiceLabel } from "@/ui/Chip";
import { EmptyState } from "@/ui/EmptyState";
import { Trouble } from "@/ui/Trouble";

/** 话术: the words that work, by stage and by what they answer. */
export function PhraseSettings({ mayEdit, isAdding, onAdded, onAdd }: SheetSettingsProps) {
  const { t } = useLingui();
  const { data, error, refetch } = usePhrases();
  const stages = useWords("deal_stage");
  const { remove, order } = useSheets("phrases", phraseActions);
  const [editing, setEditing] = useState<Editing<PhraseOut>>(null);
  const [words, setWords] = useState("");
  const all = data?.items ?? [];
  const groups = useMemo(() => {
    const found = narrowed(data?.items ?? [], { words, stage: null, objection: null });
    return grouped(found, stages);
  }, [data, words, stages]);
  const shown = isAdding ? { sheet: null } : editing;
  // What is found is a part of a group: its order among itself would say little.
  const mayOrder = mayEdit && words.trim() === "";
  if (error && !data) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton active />;
  return (
    <>
      {all.length === 0 ? (
        <EmptyState
          icon={<CommentOutlined />}
          title={t`还没有话术`}
          action={mayEdit && <Button type="primary" onClick={onAdd}>{t`写第一条话术`}</Button>}
        >
          <Trans>把老销售的好说法写下来，比如客户说贵的时候怎么接。</Trans>
        </EmptyState>
      ) : (
        <Input
          className="sheet-search"
          aria-label={t`找话术`}
          prefix={<SearchOutlined />}
          allowClear
          placeholder={t`找话术`}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      )}
      {all.length > 0 && groups.length === 0 && <p className="soft">{t`没有找到这样的话术。`}</p>}
      {groups.map((group) => {
        const name = group.isObjection ? t`客户说“${group.name}”` : group.name;
        return (
          <section key={group.key} className="sheet-group" aria-label={name}>
            <h3>
              {name} <span className="faint number">{group.phrases.length}</span>
            </h3>
            <Ordered
              label={name}
              items={group.phrases}
              nameOf={({ title }) => title}
              onOrder={mayOrder ? (after) => void order(group.phrases, after) : undefined}
            >
              {(one) => (
                <SheetLine
                  name={one.title}
                  aside={<PhraseAside phrase={one} isObjection={group.isObjection} />}
                  {...(mayEdit && {
                    onEdit: () => setEditing({ sheet: one }),
                    onRemove: () => void remove(one, one.title),
                  })}
                >
                  <p className="sheet-text">
                    <WithGaps text={one.body} />
                  </p>
                </SheetLine>
              )}
            </Ordered>
          </section>
        );
      })}
      {shown && (
        <PhraseForm
          phrase={shown.sheet}
          objections={objectionsOf(all)}
          onClose={() => {
            setEditing(null);
            onAdded();
          }}
        />
      )}
    </>
  );
}

/** Its stage where the heading does not say it, whom it suits, and how often it was used. */
function PhraseAside({ phrase, isObjection }: { phrase: PhraseOut; isObjection: boolean }) {
  const stages = useWords("deal_stage");
  const roles = useWords("contact_role");
  const suits = [...phrase.tags, ...phrase.roles.map((role) => choiceLabel(role, roles))];
  return (
    <span className="sheet-aside">
      {isObjection && <ChoiceChip value={phrase.stage} choices={stages} />}
      {suits.length > 0 && <Trans>适合：{suits.join("、")}</Trans>}
      {phrase.used > 0 && <Plural value={phrase.used} one="用过 # 次" other="用过 # 次" />}
    </span>
  );
}
