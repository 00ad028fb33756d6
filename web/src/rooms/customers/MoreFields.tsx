import { useLingui } from "@lingui/react/macro";
import { AutoComplete, Checkbox, Form, Input, Select } from "antd";
import type { ReactElement } from "react";
import { useFieldRights } from "@/api/fieldGroups";
import { useChoices } from "@/api/queries";
import { useRights } from "@/api/rights";
import { useOwnerChoices } from "@/rooms/customers/facts";
import { DayInput } from "@/ui/DayInput";
import { MoneyInput } from "@/ui/MoneyInput";

interface Asked {
  name: string;
  label: string;
  input: ReactElement;
}

/** The rest of what can be said about a new customer, as far as the role may say it. */
export function MoreFields() {
  const { t } = useLingui();
  const types = useChoices("type");
  const sources = useChoices("source");
  const needs = useChoices("need_status");
  const industries = useChoices("industry");
  const owners = useOwnerChoices();
  const rights = useFieldRights();
  const mayHandOver = useRights().may("hand_over");
  const short: Asked[] = [
    { name: "type", label: t`类型`, input: <Select allowClear options={types} /> },
    { name: "source", label: t`来源`, input: <Select allowClear options={sources} /> },
    {
      name: "email",
      label: t`邮箱`,
      input: <Input inputMode="email" autoComplete="off" maxLength={200} />,
    },
    {
      name: "contact_title",
      label: t`职位`,
      input: <Input autoComplete="off" maxLength={100} />,
    },
    { name: "contract_amount", label: t`合同金额`, input: <MoneyInput /> },
    { name: "need_status", label: t`需求状态`, input: <Select allowClear options={needs} /> },
    { name: "cooperation_since", label: t`合作开始`, input: <DayInput quick="back" /> },
    {
      name: "owner_id",
      label: t`负责人`,
      input: (
        <Select
          allowClear
          showSearch={{ optionFilterProp: "label" }}
          placeholder={t`不选就是我`}
          options={owners.map(({ value, label }) => ({ value: Number(value), label }))}
        />
      ),
    },
  ];
  const long: Asked[] = [
    {
      name: "industry",
      label: t`所属行业`,
      input: (
        <AutoComplete
          options={industries.map(({ label }) => ({ value: label }))}
          showSearch={{ filterOption: (typed, option) => option?.value.includes(typed) ?? false }}
          placeholder={t`比如 专用设备制造业`}
        />
      ),
    },
    { name: "address", label: t`地址`, input: <Input autoComplete="off" maxLength={300} /> },
    {
      name: "first_need",
      label: t`初步需求`,
      input: <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000} />,
    },
    {
      name: "remark",
      label: t`备注`,
      input: <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000} />,
    },
  ];
  const mayFill = ({ name }: Asked) => rights.edits(name) && (name !== "owner_id" || mayHandOver);
  const item = ({ name, label, input }: Asked) => (
    <Form.Item key={name} name={name} label={label}>
      {input}
    </Form.Item>
  );
  return (
    <>
      {rights.edits("is_key") && (
        <Form.Item name="is_key" valuePropName="checked">
          <Checkbox>{t`重点客户`}</Checkbox>
        </Form.Item>
      )}
      <div className="form-pair">{short.filter(mayFill).map(item)}</div>
      {long.filter(mayFill).map(item)}
    </>
  );
}
