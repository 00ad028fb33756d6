import { useLingui } from "@lingui/react/macro";
import { AutoComplete, Checkbox, Form, Input, Select } from "antd";
import { useChoices, usePeople } from "@/api/queries";
import { DayInput } from "@/ui/DayInput";
import { MoneyInput } from "@/ui/MoneyInput";

/** The rest of what can be said about a new customer. */
export function MoreFields() {
  const { t } = useLingui();
  const types = useChoices("type");
  const sources = useChoices("source");
  const needs = useChoices("need_status");
  const industries = useChoices("industry");
  const { data: people } = usePeople();
  return (
    <>
      <Form.Item name="is_key" valuePropName="checked">
        <Checkbox>{t`重点客户`}</Checkbox>
      </Form.Item>
      <div className="form-pair">
        <Form.Item name="type" label={t`类型`}>
          <Select allowClear options={types} />
        </Form.Item>
        <Form.Item name="source" label={t`来源`}>
          <Select allowClear options={sources} />
        </Form.Item>
      </div>
      <div className="form-pair">
        <Form.Item name="email" label={t`邮箱`}>
          <Input inputMode="email" autoComplete="off" maxLength={200} />
        </Form.Item>
        <Form.Item name="contact_title" label={t`职位`}>
          <Input autoComplete="off" maxLength={100} />
        </Form.Item>
      </div>
      <Form.Item name="industry" label={t`所属行业`}>
        <AutoComplete
          options={industries.map(({ label }) => ({ value: label }))}
          showSearch={{ filterOption: (typed, option) => option?.value.includes(typed) ?? false }}
          placeholder={t`比如 专用设备制造业`}
        />
      </Form.Item>
      <Form.Item name="address" label={t`地址`}>
        <Input autoComplete="off" maxLength={300} />
      </Form.Item>
      <div className="form-pair">
        <Form.Item name="contract_amount" label={t`合同金额`}>
          <MoneyInput />
        </Form.Item>
        <Form.Item name="need_status" label={t`需求状态`}>
          <Select allowClear options={needs} />
        </Form.Item>
      </div>
      <div className="form-pair">
        <Form.Item name="cooperation_since" label={t`合作开始`}>
          <DayInput quick="back" />
        </Form.Item>
        <Form.Item name="owner_id" label={t`负责人`}>
          <Select
            allowClear
            placeholder={t`不选就是我`}
            options={
              people?.items.map((person) => ({ value: person.id, label: person.name })) ?? []
            }
          />
        </Form.Item>
      </div>
      <Form.Item name="first_need" label={t`初步需求`}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000} />
      </Form.Item>
      <Form.Item name="remark" label={t`备注`}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000} />
      </Form.Item>
    </>
  );
}
