import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import { Button, Input } from "antd";
import { useRef, useState } from "react";
import { onOffer, useWords } from "@/api/fields";
import type { ChecklistIn, ChecklistOut } from "@/api/generated/zhike.schemas";
import { Field, Problem } from "@/rooms/care/fields";
import { checklistActions } from "@/rooms/care/sheets/queries";
import { SheetForm } from "@/rooms/care/sheets/SheetForm";
import { Pills } from "@/ui/Pills";
import { SortableList } from "@/ui/sorting/SortableList";

interface ChecklistFormProps {
  checklist: ChecklistOut | null;
  /** The stage a new one is for. */
  stage?: string;
  onClose: () => void;
}

const MOST_STEPS = 50;

/** A step as it is written: `id` names the line, `key` what the server knows it by. */
interface StepLine {
  id: string;
  key: string;
  text: string;
}

/** Writing a check list: for which stage, and its steps. Changed steps keep their ticks. */
export function ChecklistForm({ checklist, stage = "", onClose }: ChecklistFormProps) {
  const { t } = useLingui();
  const stages = onOffer(useWords("deal_stage"), checklist?.stage);
  const [head, setHead] = useState({
    stage: checklist?.stage ?? stage,
    title: checklist?.title ?? "",
  });
  const counter = useRef(0);
  const blank = (): StepLine => {
    counter.current += 1;
    return { id: `new ${counter.current}`, key: "", text: "" };
  };
  const [steps, setSteps] = useState<StepLine[]>(
    () => checklist?.items.map(({ key, text }) => ({ id: key, key, text })) ?? [blank()],
  );
  const write = (id: string, text: string) =>
    setSteps((now) => now.map((step) => (step.id === id ? { ...step, text } : step)));
  /** A new line behind this one; several lines that were pasted become several steps. */
  const addBehind = (id: string | null) =>
    setSteps((now) => {
      const at = id === null ? now.length : now.findIndex((step) => step.id === id) + 1;
      return now.length < MOST_STEPS ? now.toSpliced(at, 0, blank()) : now;
    });
  const paste = (id: string, lines: string[]) =>
    setSteps((now) => {
      const at = now.findIndex((step) => step.id === id);
      const [first = "", ...rest] = lines;
      const held = now[at];
      if (!held) return now;
      const behind = rest.map((text) => ({ ...blank(), text }));
      return now.toSpliced(at, 1, { ...held, text: held.text + first }, ...behind);
    });
  const said: ChecklistIn = {
    ...head,
    items: steps
      .filter(({ text }) => text.trim() !== "")
      .map(({ key, text }) => ({ ...(key && { key }), text: text.trim() })),
  };
  return (
    <SheetForm
      title={checklist ? t`修改清单` : t`新建清单`}
      kind="checklists"
      actions={checklistActions}
      before={checklist}
      said={said}
      fields={["stage", "title", "items"]}
      theirs={(one) => [one.title, ...one.items.map(({ text }) => `· ${text}`)].join("\n")}
      onClose={onClose}
    >
      {(problems) => (
        <>
          <Field label={t`用在哪个阶段`} problem={problems.stage}>
            <Pills
              label={t`用在哪个阶段`}
              value={head.stage || null}
              options={stages.map(({ value, label }) => ({ value, label }))}
              onChange={(chosen) => setHead({ ...head, stage: chosen ?? "" })}
            />
          </Field>
          <Field label={t`清单名称`} problem={problems.title}>
            <Input
              aria-label={t`清单名称`}
              autoFocus={!checklist}
              autoComplete="off"
              maxLength={60}
              value={head.title}
              status={problems.title ? "error" : ""}
              placeholder={t`比如 需求确认要做到`}
              onChange={(event) => setHead({ ...head, title: event.target.value })}
            />
          </Field>
          <section className="list-steps" aria-label={t`步骤`}>
            <h3>{t`步骤`}</h3>
            <p className="faint">
              {t`每一步写成能打勾的一件事。改字、换先后，已经打的勾都还在；删掉的一步，勾也跟着没了。`}
            </p>
            <Problem text={problems.items} />
            <SortableList
              label={t`步骤`}
              items={steps}
              idOf={({ id }) => id}
              nameOf={({ text }) => text || t`没写的一步`}
              onOrder={setSteps}
            >
              {(step, place) => (
                <>
                  <Input.TextArea
                    aria-label={t`第 ${place + 1} 步`}
                    autoSize={{ minRows: 1, maxRows: 4 }}
                    autoFocus={step.key === "" && place > 0}
                    maxLength={120}
                    value={step.text}
                    placeholder={t`比如 见过拍板的人`}
                    onChange={(event) => write(step.id, event.target.value.replaceAll("\n", ""))}
                    onKeyDown={(event) => {
                      const { ctrlKey, metaKey, nativeEvent } = event;
                      if (event.key !== "Enter" || nativeEvent.isComposing || ctrlKey || metaKey)
                        return;
                      event.preventDefault();
                      addBehind(step.id);
                    }}
                    onPaste={(event) => {
                      const lines = linesOf(event.clipboardData.getData("text"));
                      if (lines.length < 2) return;
                      event.preventDefault();
                      paste(step.id, lines);
                    }}
                  />
                  {steps.length > 1 && (
                    <Button
                      type="text"
                      icon={<DeleteOutlined />}
                      aria-label={t`去掉第 ${place + 1} 步`}
                      title={t`去掉这一步`}
                      onClick={() => setSteps(steps.filter(({ id }) => id !== step.id))}
                    />
                  )}
                </>
              )}
            </SortableList>
            {steps.length < MOST_STEPS && (
              <Button
                type="dashed"
                block
                icon={<PlusOutlined />}
                onClick={() => addBehind(null)}
              >{t`加一步`}</Button>
            )}
          </section>
        </>
      )}
    </SheetForm>
  );
}

/** Pasted lines without their numbers and bullets. */
function linesOf(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.replace(/^\s*(?:[-*•·□☐]|\d+[.、)）](?!\d))?\s*/, "").trim())
    .filter(Boolean);
}
