import { useLingui } from "@lingui/react/macro";
import { AutoComplete, Form, type FormInstance, Input, Segmented, Select } from "antd";
import { type Definition, isSealed, type Need } from "@/api/fields";
import { ChoicesEditor } from "@/rooms/fields/ChoicesEditor";
import { DictionaryEntries } from "@/rooms/fields/DictionaryEntries";
import { checksOf, type Draft, isChosen, takesDefault } from "@/rooms/fields/fieldForm";
import { NEED_NOTES, NEEDS } from "@/rooms/fields/fieldWords";
import { ValueChecks } from "@/rooms/fields/ValueChecks";
import { WeightSlider } from "@/rooms/fields/WeightSlider";
import { FieldInput } from "@/ui/fields/FieldInput";

interface FieldFormProps {
  form: FormInstance<Draft>;
  field: Definition;
  draft: Draft;
  isNew: boolean;
  /** All fields that may count towards completeness. */
  all: Definition[];
  groups: { name: string; label: string }[];
  sections: string[];
  onDraft: (draft: Draft) => void;
  onSave: () => void;
}

const NEED_ORDER: Need[] = ["required", "recommended", "optional"];

/** Everything that can be said of a field, the usual things first. */
export function FieldForm(props: FieldFormProps) {
  const { t, i18n } = useLingui();
  const { form, field, draft, isNew } = props;
  const edited = { ...field, ...draft };
  const isBound = field.is_locked && field.need === "required";
  const isGroupFixed = field.builtin && (isSealed(field) || field.is_fixed || field.is_locked);
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={draft}
      onValuesChange={(_, all) => props.onDraft({ ...draft, ...(all as Draft) })}
      onFinish={props.onSave}
    >
      <Form.Item
        name="label"
        label={t`名称`}
        rules={[{ required: true, whitespace: true, message: t`请填名称` }]}
      >
        <Input autoFocus={isNew} autoComplete="off" maxLength={30} />
      </Form.Item>
      {isNew && isChosen(field.type) && (
        <Form.Item
          name="choices"
          label={t`选项`}
          rules={[
            { validator: (_, value: Draft["choices"]) => oneAtLeast(value, t`至少写一个选项`) },
          ]}
        >
          <ChoicesEditor />
        </Form.Item>
      )}
      {!isNew && isChosen(field.type) && field.dictionary && (
        <div className="form-block">
          <h4>{t`选项`}</h4>
          <DictionaryEntries name={field.dictionary} />
        </div>
      )}
      <Form.Item name="help" label={t`填写说明`} extra={t`写在输入框下面，告诉同事填什么。`}>
        <Input autoComplete="off" maxLength={200} placeholder={t`可以不写`} />
      </Form.Item>
      {!field.is_fixed && (
        <Form.Item
          name="need"
          label={t`要不要填`}
          extra={isBound ? t`缺了它就不成记录，一直是必填。` : i18n._(NEED_NOTES[draft.need])}
        >
          <Segmented
            aria-label={t`要不要填`}
            disabled={isBound}
            options={NEED_ORDER.map((one) => ({ value: one, label: i18n._(NEEDS[one]) }))}
          />
        </Form.Item>
      )}
      <div className="def-pair">
        <Form.Item name="section" label={t`放在哪个分组`}>
          <AutoComplete
            options={props.sections.map((value) => ({ value }))}
            maxLength={20}
            placeholder={t`选一个，或写个新的`}
          />
        </Form.Item>
        <Form.Item name="group" label={t`谁能看、谁能改`}>
          <Select
            disabled={isGroupFixed}
            options={props.groups.map(({ name, label }) => ({ value: name, label }))}
          />
        </Form.Item>
      </div>
      <p className="form-note">
        {t`按这一组的权限来：“角色与权限”里，每个角色对每一组定了看不看得到、能不能改。`}
      </p>
      {field.of === "customer" && !field.is_locked && (
        <Form.Item
          name="kinds"
          label={t`哪种客户有这一项`}
          getValueProps={(kinds: string[]) => ({ value: kinds.length === 1 ? kinds[0] : "both" })}
          normalize={(kind: string) => (kind === "both" ? [] : [kind])}
        >
          <Segmented
            aria-label={t`哪种客户有这一项`}
            options={[
              { value: "both", label: t`企业和个人` },
              { value: "company", label: t`只有企业` },
              { value: "person", label: t`只有个人` },
            ]}
          />
        </Form.Item>
      )}
      {takesDefault(field, isNew) && (
        <Form.Item name="default" label={t`默认值`} extra={t`新建时先填上，可以再改。`}>
          <FieldInput field={{ ...edited, label: t`默认值`, need: "optional" }} />
        </Form.Item>
      )}
      {checksOf(field) && <ValueChecks field={field} />}
      {field.of !== "follow_up" && !field.is_fixed && (
        <Form.Item name="weight" label={t`对资料完整度有多重要`}>
          <WeightSlider field={edited} all={props.all} />
        </Form.Item>
      )}
    </Form>
  );
}

function oneAtLeast(choices: Draft["choices"], message: string): Promise<void> {
  return choices.some((one) => one.label.trim()) ? Promise.resolve() : Promise.reject(message);
}
