import { CommentOutlined, SearchOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { App, Button, Drawer, Input, Select, Skeleton } from "antd";
import { useMemo, useState } from "react";
import { useWords } from "@/api/fields";
import type { PhraseOut } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { useRights } from "@/api/rights";
import { copyText } from "@/lib/copying";
import { useIsPhone, useIsTouch } from "@/lib/screen";
import { gapsIn } from "@/rooms/care/sheets/gaps";
import { PhraseCard } from "@/rooms/care/sheets/PhraseCard";
import { narrowed, objectionsOf, type PhraseFilter, stagesOf } from "@/rooms/care/sheets/phrases";
import { useNoteUse, usePhrases } from "@/rooms/care/sheets/queries";
import { EmptyState } from "@/ui/EmptyState";
import { Trouble } from "@/ui/Trouble";
import "@/rooms/care/sheets/sheets.css";

interface PhraseDrawerProps {
  open: boolean;
  onClose: () => void;
  customer: number;
  /** What the customer objected to, in the words of the record: what answers it comes first. */
  objection?: string;
  /** Puts words into what is being written; absent where nothing is. */
  onTake?: ((words: string) => void) | undefined;
  /** What putting them there is called. */
  target?: string;
}

/** 话术: words that worked, those that suit this customer first; to copy or to put into the record. */
export function PhraseDrawer(props: PhraseDrawerProps) {
  const { t } = useLingui();
  const isPhone = useIsPhone();
  return (
    <Drawer
      title={t`话术`}
      open={props.open}
      onClose={props.onClose}
      placement={isPhone ? "bottom" : "right"}
      size={isPhone ? "86dvh" : 460}
      rootClassName="beside-line"
      className="phrase-drawer"
      destroyOnHidden
    >
      <Phrases {...props} />
    </Drawer>
  );
}

const EVERYTHING: PhraseFilter = { words: "", stage: null, objection: null };

function Phrases({ open, onClose, customer, objection = "", onTake, ...props }: PhraseDrawerProps) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const isTouch = useIsTouch();
  const mayLog = useRights().may("log");
  const noteUse = useNoteUse(customer);
  const [filter, setFilter] = useState(EVERYTHING);
  const { data, error, refetch } = usePhrases({ customer }, open);
  const said = objection.trim();
  const answers = usePhrases({ customer, objection: said }, open && said !== "").data;
  const all = data?.items ?? [];
  const stages = useWords("deal_stage");
  const found = useMemo(() => narrowed(data?.items ?? [], filter), [data, filter]);
  const isNarrowed = Object.values(filter).some(Boolean);
  const first = new Set(isNarrowed || said === "" ? [] : answers?.items.map(({ id }) => id));
  const put = (part: Partial<PhraseFilter>) => setFilter((now) => ({ ...now, ...part }));
  const count = (phrase: PhraseOut) => {
    // Who may not note anything is not counted. The words are theirs, whether counted or not.
    if (mayLog) noteUse(phrase).catch((refused) => message.warning(messageOf(refused)));
  };
  const copy = async (phrase: PhraseOut) => {
    if (!(await copyText(phrase.body))) {
      message.error(t`浏览器不让复制，请选中文字再复制`);
      return;
    }
    message.success(gapsIn(phrase.body).length > 0 ? t`复制好了，空着的地方记得补上` : t`复制好了`);
    count(phrase);
  };
  const take = (phrase: PhraseOut) => {
    onTake?.(phrase.body);
    count(phrase);
    onClose();
  };
  const list = (phrases: PhraseOut[]) => (
    <ul className="phrases">
      {phrases.map((one) => (
        <PhraseCard
          key={one.id}
          phrase={one}
          onCopy={() => void copy(one)}
          onTake={onTake && (() => take(one))}
          target={props.target ?? t`放进内容`}
        />
      ))}
    </ul>
  );
  if (error && !data) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton active paragraph={{ rows: 8 }} />;
  if (all.length === 0)
    return (
      <EmptyState icon={<CommentOutlined />} title={t`还没有话术`}>
        <Trans>管理员在“设置 → 模板与话术”里写下好用的说法，这里就能用。</Trans>
      </EmptyState>
    );
  return (
    <>
      <div className="phrase-filter">
        <Input
          aria-label={t`找话术`}
          autoFocus={!isTouch}
          prefix={<SearchOutlined />}
          allowClear
          placeholder={t`找话术`}
          value={filter.words}
          onChange={(event) => put({ words: event.target.value })}
        />
        <Select
          aria-label={t`异议`}
          allowClear
          placeholder={t`异议`}
          popupMatchSelectWidth={false}
          value={filter.objection}
          options={objectionsOf(all).map((value) => ({ value, label: value }))}
          onChange={(value: string | undefined) => put({ objection: value ?? null })}
        />
        <Select
          aria-label={t`阶段`}
          allowClear
          placeholder={t`阶段`}
          popupMatchSelectWidth={false}
          value={filter.stage}
          options={stagesOf(all, stages).map(({ value, label }) => ({ value, label }))}
          onChange={(value: string | undefined) => put({ stage: value ?? null })}
        />
      </div>
      {first.size > 0 && (
        <section className="phrase-part" aria-label={t`回应他的顾虑`}>
          <h3>{t`回应他的顾虑`}</h3>
          {list(found.filter(({ id }) => first.has(id)))}
        </section>
      )}
      <section className="phrase-part" aria-label={t`话术列表`}>
        {first.size > 0 && <h3>{t`别的话术`}</h3>}
        {list(found.filter(({ id }) => !first.has(id)))}
        {found.length === 0 && (
          <p className="soft phrase-none">
            <Trans>没有合适的，换个条件看看。</Trans>{" "}
            <Button type="link" size="small" onClick={() => setFilter(EVERYTHING)}>
              {t`看全部`}
            </Button>
          </p>
        )}
      </section>
    </>
  );
}
