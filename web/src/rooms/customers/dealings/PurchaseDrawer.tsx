import { useLingui } from "@lingui/react/macro";
import { Alert, AutoComplete, Form, Input, InputNumber } from "antd";
import { useEffect, useState } from "react";
import { addPurchase, changePurchase } from "@/api/generated/dealings";
import type { CustomerOut, PurchaseIn, PurchaseOut } from "@/api/generated/zhike.schemas";
import { ApiProblem } from "@/api/problem";
import { today } from "@/lib/days";
import { DayInput } from "@/ui/DayInput";
import { FormDrawer } from "@/ui/FormDrawer";
import { showProblems } from "@/ui/formProblems";
import { MoneyInput } from "@/ui/MoneyInput";

interface PurchaseDrawerProps {
  customer: CustomerOut;
  /** Null: a new one. */
  purchase: PurchaseOut | null;
  /** What this customer bought before. */
  known: string[];
  open: boolean;
  onClose: () => void;
  onSaved: () => Promise<void>;
}

/** A purchase, new or corrected. */
export function PurchaseDrawer(props: PurchaseDrawerProps) {
  const { customer, purchase, open, onClose, onSaved } = props;
  const { t } = useLingui();
  const [form] = Form.useForm<PurchaseIn>();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const editsMoney = customer.fields.money === "edit";
  // biome-ignore lint/correctness/useExhaustiveDependencies: begins anew whenever it opens
  useEffect(() => setProblem(null), [open]);

  const submit = async () => {
    const values = await form.validateFields().catch(() => null);
    if (!values || isBusy) return;
    setBusy(true);
    setProblem(null);
    try {
      if (purchase) await changePurchase(purchase.id, { version: purchase.version, ...values });
      else await addPurchase(customer.id, values);
      await onSaved();
      onClose();
    } catch (error) {
      // The newer version is fetched, so that saving once more settles it knowingly.
      if (error instanceof ApiProblem && error.isStale) await onSaved();
      setProblem(showProblems(form, error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <FormDrawer
      title={purchase ? t`改购买记录` : t`记一笔购买`}
      open={open}
      onClose={onClose}
      onSubmit={submit}
      submitLabel={t`保存`}
      isBusy={isBusy}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        preserve={false}
        initialValues={purchase ?? { bought_on: today() }}
        onFinish={submit}
      >
        {problem && <Alert type="error" role="alert" title={problem} className="form-alert" />}
        <Form.Item
          name="product"
          label={t`买了什么`}
          rules={[{ required: true, whitespace: true, message: t`请写下产品或服务` }]}
        >
          <AutoComplete
            autoFocus
            maxLength={120}
            options={props.known.map((value) => ({ value }))}
            showSearch={{
              filterOption: (typed, option) => String(option?.value ?? "").includes(typed),
            }}
          />
        </Form.Item>
        <Form.Item
          name="bought_on"
          label={t`哪天`}
          rules={[{ required: true, message: t`请选购买的日期` }]}
        >
          <DayInput quick="back" aria-label={t`哪天`} />
        </Form.Item>
        <div className="form-pair">
          {editsMoney && (
            <Form.Item name="amount" label={t`金额`}>
              <MoneyInput />
            </Form.Item>
          )}
          <Form.Item name="quantity" label={t`数量`}>
            <InputNumber
              className="number-input"
              stringMode
              controls={false}
              inputMode="decimal"
              min="0"
              style={{ width: "100%" }}
            />
          </Form.Item>
        </div>
        <Form.Item name="order_code" label={t`订单编号`}>
          <Input autoComplete="off" maxLength={60} />
        </Form.Item>
        <Form.Item name="note" label={t`备注`}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} />
        </Form.Item>
        <button type="submit" hidden tabIndex={-1} aria-hidden />
      </Form>
    </FormDrawer>
  );
}
