import { useLingui } from "@lingui/react/macro";
import { Input } from "antd";
import type { TextAreaRef } from "antd/es/input/TextArea";
import { useRef, useState } from "react";
import { onOffer, useWords } from "@/api/fields";
import type { TemplateOut } from "@/api/generated/zhike.schemas";
import { Field } from "@/rooms/care/fields";
import { GapButton } from "@/rooms/care/sheets/GapButton";
import { templateActions } from "@/rooms/care/sheets/queries";
import { SheetForm } from "@/rooms/care/sheets/SheetForm";
import { Pills } from "@/ui/Pills";
import { wayIcon } from "@/ui/wayIcons";

interface TemplateFormProps {
  template: TemplateOut | null;
  onClose: () => void;
}

/** Writing a template: the scene, the usual way, and the text with its gaps. */
export function TemplateForm({ template, onClose }: TemplateFormProps) {
  const { t } = useLingui();
  const ways = onOffer(useWords("way"), template?.way);
  const [said, setSaid] = useState({
    scene: template?.scene ?? "",
    way: template?.way ?? "",
    body: template?.body ?? "",
  });
  const put = (part: Partial<typeof said>) => setSaid((now) => ({ ...now, ...part }));
  const text = useRef<TextAreaRef>(null);
  return (
    <SheetForm
      title={template ? t`修改记录模板` : t`新建记录模板`}
      kind="templates"
      actions={templateActions}
      before={template}
      said={said}
      fields={["scene", "way", "body"]}
      theirs={(one) => `${one.scene}\n${one.body}`}
      onClose={onClose}
    >
      {(problems) => (
        <>
          <Field label={t`场景`} problem={problems.scene}>
            <Input
              aria-label={t`场景`}
              autoFocus
              autoComplete="off"
              maxLength={40}
              value={said.scene}
              status={problems.scene ? "error" : ""}
              placeholder={t`比如 展会接待`}
              onChange={(event) => put({ scene: event.target.value })}
            />
          </Field>
          <Field label={t`通常用什么方式`} problem={problems.way}>
            <Pills
              label={t`通常用什么方式`}
              mayClear
              value={said.way || null}
              options={ways.map(({ value, label }) => ({ value, label, icon: wayIcon(value) }))}
              onChange={(way) => put({ way: way ?? "" })}
            />
          </Field>
          <Field label={t`内容`} problem={problems.body}>
            <Input.TextArea
              ref={text}
              aria-label={t`内容`}
              autoSize={{ minRows: 6, maxRows: 16 }}
              maxLength={2000}
              value={said.body}
              status={problems.body ? "error" : ""}
              placeholder={t`一行说一件事，要填的地方留空，比如\n见到：＿＿。\n约定：＿＿前再联系。`}
              onChange={(event) => put({ body: event.target.value })}
            />
            <GapButton
              field={() => text.current?.resizableTextArea?.textArea ?? null}
              onChange={(body) => put({ body })}
            />
          </Field>
        </>
      )}
    </SheetForm>
  );
}
