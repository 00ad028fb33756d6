import { DeleteOutlined } from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import { Button, Input, InputNumber, Select } from "antd";
import { useDictionary } from "@/api/fields";
import { Problem } from "@/rooms/care/fields";
import { LAST_DAY, type StepDraft } from "@/rooms/care/playbooks/steps";
import { wayIcon } from "@/ui/wayIcons";

interface StepEditorProps {
  step: StepDraft;
  problemOf: (name: "after" | "way" | "title" | "content") => string | undefined;
  onChange: (part: Partial<StepDraft>) => void;
  /** The day was typed to the end: the step may move to its place. */
  onSettled: () => void;
  /** Absent for the only one. */
  onRemove: (() => void) | undefined;
}

/** One step: on which day, how, what, and what to mind. */
export function StepEditor({ step, problemOf, onChange, onSettled, onRemove }: StepEditorProps) {
  const { t } = useLingui();
  const ways = useDictionary("way");
  const name = step.title || t`没写的一步`;
  const options = [
    { value: "", label: t`内部准备，不联系客户` },
    ...ways.map(({ value, label }) => ({
      value,
      label: (
        <span>
          {wayIcon(value)} {label}
        </span>
      ),
    })),
  ];
  return (
    <div className="step-editor">
      <div className="step-editor-line">
        <InputNumber
          aria-label={t`“${name}”在第几天`}
          className="step-editor-day"
          prefix={t`第`}
          suffix={t`天`}
          min={0}
          max={LAST_DAY}
          precision={0}
          value={step.after}
          status={problemOf("after") ? "error" : ""}
          onChange={(after) => onChange({ after })}
          onBlur={onSettled}
        />
        <Select
          aria-label={t`“${name}”的方式`}
          className="step-editor-way"
          popupMatchSelectWidth={false}
          options={options}
          value={step.way}
          onChange={(way: string) => onChange({ way })}
        />
        {onRemove && (
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t`去掉“${name}”`}
            title={t`去掉这一步`}
            onClick={onRemove}
          />
        )}
      </div>
      <Input
        aria-label={t`这一步做什么`}
        autoComplete="off"
        maxLength={200}
        value={step.title}
        status={problemOf("title") ? "error" : ""}
        placeholder={t`做什么，比如 首次电话`}
        onChange={(event) => onChange({ title: event.target.value })}
      />
      <Input.TextArea
        aria-label={t`“${name}”的要点`}
        autoSize={{ minRows: 1, maxRows: 8 }}
        maxLength={2000}
        value={step.content}
        placeholder={t`要点：说什么、问什么、带什么`}
        onChange={(event) => onChange({ content: event.target.value })}
      />
      <Problem
        text={problemOf("title") ?? problemOf("after") ?? problemOf("way") ?? problemOf("content")}
      />
    </div>
  );
}
