import { useLingui } from "@lingui/react/macro";
import { AutoComplete, Input, Select } from "antd";
import type { TextAreaRef } from "antd/es/input/TextArea";
import { useRef, useState } from "react";
import { onOffer, useWords } from "@/api/fields";
import type { PhraseOut } from "@/api/generated/zhike.schemas";
import { useTags } from "@/api/queries";
import { Field } from "@/rooms/care/fields";
import { GapButton } from "@/rooms/care/sheets/GapButton";
import { phraseActions } from "@/rooms/care/sheets/queries";
import { SheetForm } from "@/rooms/care/sheets/SheetForm";
import { Pills } from "@/ui/Pills";

interface PhraseFormProps {
  phrase: PhraseOut | null;
  /** The objections there are phrases for already. */
  objections: string[];
  onClose: () => void;
}

/** Writing a phrase: the words, when they help, and whom they suit. */
export function PhraseForm({ phrase, objections, onClose }: PhraseFormProps) {
  const { t } = useLingui();
  const stages = onOffer(useWords("deal_stage"), phrase?.stage);
  const roles = onOffer(useWords("contact_role"), ...(phrase?.roles ?? []));
  const tags = useTags().data?.items ?? [];
  const [said, setSaid] = useState({
    title: phrase?.title ?? "",
    body: phrase?.body ?? "",
    stage: phrase?.stage ?? "",
    objection: phrase?.objection ?? "",
    tags: phrase?.tags ?? [],
    roles: phrase?.roles ?? [],
  });
  const put = (part: Partial<typeof said>) => setSaid((now) => ({ ...now, ...part }));
  const text = useRef<TextAreaRef>(null);
  return (
    <SheetForm
      title={phrase ? t`修改话术` : t`新建话术`}
      kind="phrases"
      actions={phraseActions}
      before={phrase}
      said={said}
      fields={["title", "body", "stage", "objection", "tags", "roles"]}
      theirs={(one) => `${one.title}\n${one.body}`}
      onClose={onClose}
    >
      {(problems) => (
        <>
          <Field label={t`标题`} problem={problems.title}>
            <Input
              aria-label={t`标题`}
              autoFocus
              autoComplete="off"
              maxLength={60}
              value={said.title}
              status={problems.title ? "error" : ""}
              placeholder={t`一眼看出说什么，比如 把降价换成加量`}
              onChange={(event) => put({ title: event.target.value })}
            />
          </Field>
          <Field label={t`怎么说`} problem={problems.body}>
            <Input.TextArea
              ref={text}
              aria-label={t`怎么说`}
              autoSize={{ minRows: 4, maxRows: 14 }}
              maxLength={2000}
              value={said.body}
              status={problems.body ? "error" : ""}
              placeholder={t`就像当面说的那样写，要换的地方留 ＿＿`}
              onChange={(event) => put({ body: event.target.value })}
            />
            <GapButton
              field={() => text.current?.resizableTextArea?.textArea ?? null}
              onChange={(body) => put({ body })}
            />
          </Field>
          <Field label={t`用在哪个阶段`} problem={problems.stage}>
            <Pills
              label={t`用在哪个阶段`}
              mayClear
              value={said.stage || null}
              options={stages.map(({ value, label }) => ({ value, label }))}
              onChange={(stage) => put({ stage: stage ?? "" })}
            />
          </Field>
          <Field label={t`回应什么异议`} problem={problems.objection}>
            <AutoComplete
              aria-label={t`回应什么异议`}
              allowClear
              maxLength={60}
              value={said.objection}
              options={objections.map((value) => ({ value }))}
              placeholder={t`不是回应异议就空着；比如 价格高`}
              onChange={(objection: string | undefined) => put({ objection: objection ?? "" })}
            />
          </Field>
          <Field label={t`适合哪些标签的客户`} problem={problems.tags}>
            <Select
              mode="tags"
              aria-label={t`适合哪些标签的客户`}
              value={said.tags}
              options={tags.map(({ name }) => ({ value: name, label: name }))}
              placeholder={t`不选就是谁都适合`}
              tokenSeparators={["，", ",", "、"]}
              onChange={(names: string[]) => put({ tags: names })}
            />
          </Field>
          <Field label={t`适合对谁说`} problem={problems.roles}>
            <Select
              mode="multiple"
              aria-label={t`适合对谁说`}
              value={said.roles}
              options={roles.map(({ value, label }) => ({ value, label }))}
              placeholder={t`不选就是对谁都行`}
              onChange={(chosen: string[]) => put({ roles: chosen })}
            />
          </Field>
        </>
      )}
    </SheetForm>
  );
}
