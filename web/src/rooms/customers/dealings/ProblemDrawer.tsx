import { useLingui } from "@lingui/react/macro";
import { Alert, Form, Input } from "antd";
import { useEffect, useState } from "react";
import { useDictionary } from "@/api/fields";
import { addProblem, changeProblem } from "@/api/generated/dealings";
import type { PotentialProblem, ProblemIn } from "@/api/generated/zhike.schemas";
import { ApiProblem } from "@/api/problem";
import { FormDrawer } from "@/ui/FormDrawer";
import { showProblems } from "@/ui/formProblems";
import { Pills } from "@/ui/Pills";

interface ProblemDrawerProps {
  customer: number;
  /** Null: a new one. */
  problem: PotentialProblem | null;
  open: boolean;
  onClose: () => void;
  onSaved: () => Promise<void>;
}

const LONGEST = 20_000;

/** A potential problem, new or changed. */
export function ProblemDrawer({ customer, problem, open, onClose, onSaved }: ProblemDrawerProps) {
  const { t } = useLingui();
  const [form] = Form.useForm<ProblemIn>();
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: begins anew whenever it opens
  useEffect(() => setRefusal(null), [open]);

  const submit = async () => {
    const values = await form.validateFields().catch(() => null);
    if (!values || isBusy) return;
    setBusy(true);
    setRefusal(null);
    try {
      if (problem) await changeProblem(problem.id, { version: problem.version, ...values });
      else await addProblem(customer, values);
      await onSaved();
      onClose();
    } catch (error) {
      // The newer version is fetched, so that saving once more settles it knowingly.
      if (error instanceof ApiProblem && error.isStale) await onSaved();
      setRefusal(showProblems(form, error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <FormDrawer
      title={problem ? t`改问题` : t`记一个问题`}
      open={open}
      onClose={onClose}
      onSubmit={submit}
      submitLabel={t`保存`}
      isBusy={isBusy}
      width={520}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        preserve={false}
        initialValues={problem ?? { state: "open" }}
        onFinish={submit}
      >
        {refusal && <Alert type="error" role="alert" title={refusal} className="form-alert" />}
        <Form.Item
          name="description"
          label={t`问题`}
          rules={[{ required: true, whitespace: true, message: t`请写一句可能出什么问题` }]}
        >
          <Input.TextArea
            autoFocus
            autoSize={{ minRows: 2, maxRows: 8 }}
            maxLength={LONGEST}
            placeholder={t`可能出什么事，比如 采购经理要离职，续约没人推`}
          />
        </Form.Item>
        <Form.Item name="cause" label={t`原因分析`}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={LONGEST} />
        </Form.Item>
        <Form.Item name="solution" label={t`解决方案`}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={LONGEST} />
        </Form.Item>
        <Form.Item name="state" label={t`状态`}>
          <StatePills />
        </Form.Item>
        <button type="submit" hidden tabIndex={-1} aria-hidden />
      </Form>
    </FormDrawer>
  );
}

function StatePills({ value, onChange }: { value?: string; onChange?: (value: string) => void }) {
  const { t } = useLingui();
  const states = useDictionary("problem_state");
  return (
    <Pills
      label={t`状态`}
      value={value ?? null}
      options={states.map((one) => ({ value: one.value, label: one.label }))}
      onChange={(next) => next && onChange?.(next)}
    />
  );
}
