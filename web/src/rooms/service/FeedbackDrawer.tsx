import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { Alert, App, Form, Input, Rate, Select } from "antd";
import { useState } from "react";
import { useDictionary } from "@/api/fields";
import { recordFeedback } from "@/api/generated/service";
import type { FeedbackIn } from "@/api/generated/zhike.schemas";
import { today } from "@/lib/days";
import { DayInput } from "@/ui/DayInput";
import { FormDrawer } from "@/ui/FormDrawer";
import { showProblems } from "@/ui/formProblems";
import "@/rooms/service/service.css";

interface FeedbackDrawerProps {
  open: boolean;
  onClose: () => void;
  customer: { id: number; name: string };
}

/** 记反馈: what a customer thinks of us, in stars, in words, or both. */
export function FeedbackDrawer({ open, onClose, customer }: FeedbackDrawerProps) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const [form] = Form.useForm<FeedbackIn>();
  const dimensions = useDictionary("feedback_dimension");
  const states = useDictionary("feedback_status");
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async () => {
    const { score, ...values } = form.getFieldsValue();
    setBusy(true);
    setProblem(null);
    try {
      // No star at all is "not asked", which is not the worst mark.
      await recordFeedback(customer.id, { ...values, score: score || null });
      void cache.invalidateQueries({ queryKey: ["timeline", customer.id] });
      message.success(t`记下了客户的反馈`);
      onClose();
    } catch (error) {
      setProblem(showProblems(form, error));
    } finally {
      setBusy(false);
    }
  };
  const words = [t`很不满意`, t`不太满意`, t`一般`, t`满意`, t`很满意`];
  return (
    <FormDrawer
      title={t`记反馈 · ${customer.name}`}
      open={open}
      onClose={onClose}
      onSubmit={submit}
      submitLabel={t`记下`}
      isBusy={isBusy}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        preserve={false}
        initialValues={{ on: today(), status: "pending" }}
      >
        {problem && <Alert type="error" role="alert" title={problem} />}
        <Form.Item name="score" label={t`满意度`}>
          <Rate className="feedback-stars" tooltips={words} />
        </Form.Item>
        <Form.Item name="comment" label={t`他怎么说`}>
          <Input.TextArea
            autoFocus
            autoSize={{ minRows: 3, maxRows: 10 }}
            placeholder={t`尽量用客户的原话`}
          />
        </Form.Item>
        <Form.Item name="suggestion" label={t`希望怎么改进`}>
          <Input.TextArea autoSize={{ minRows: 1, maxRows: 8 }} />
        </Form.Item>
        <div className="feedback-pair">
          <Form.Item name="dimension" label={t`说的是哪方面`}>
            <Select allowClear options={dimensions.map(({ label }) => ({ value: label, label }))} />
          </Form.Item>
          <Form.Item name="status" label={t`处理状态`}>
            <Select options={states.map(({ value, label }) => ({ value, label }))} />
          </Form.Item>
        </div>
        <Form.Item name="on" label={t`哪天`}>
          <DayInput quick="back" />
        </Form.Item>
      </Form>
    </FormDrawer>
  );
}
