import { useLingui } from "@lingui/react/macro";
import { Button, Form, type FormInstance, Input, InputNumber, Select } from "antd";
import { type ChannelFields, mailPresets, USUAL_PORTS } from "@/rooms/access/channels/channels";

interface MailFieldsProps {
  form: FormInstance<ChannelFields>;
  /** A password is kept already; an empty field leaves it. */
  hasPassword: boolean;
}

const HIGHEST_PORT = 65_535;

/** The mail server by which notices go to everybody's own address. */
export function MailFields({ form, hasPassword }: MailFieldsProps) {
  const { t } = useLingui();
  const user = Form.useWatch("user", form) ?? "";
  return (
    <>
      <p className="soft channel-steps">
        {t`填发信邮箱的服务器和账号，通知会发到每个人账号里的邮箱。用哪家的？`}
      </p>
      <div className="channel-presets">
        {mailPresets().map(({ name, ...server }) => (
          <Button key={name} size="small" onClick={() => form.setFieldsValue(server)}>
            {name}
          </Button>
        ))}
      </div>
      <Form.Item
        name="host"
        label={t`发信服务器`}
        rules={[{ required: true, whitespace: true, message: t`填 SMTP 服务器，比如 smtp.qq.com` }]}
      >
        <Input autoComplete="off" placeholder="smtp.example.com" spellCheck={false} />
      </Form.Item>
      <div className="channel-pair">
        <Form.Item name="security" label={t`加密`}>
          <Select
            options={[
              { value: "tls", label: t`SSL/TLS（推荐）` },
              { value: "starttls", label: "STARTTLS" },
              { value: "none", label: t`不加密` },
            ]}
            onChange={(way: string) => form.setFieldValue("port", USUAL_PORTS[way])}
          />
        </Form.Item>
        <Form.Item
          name="port"
          label={t`端口`}
          rules={[{ required: true, message: t`填端口，多半是 465` }]}
        >
          <InputNumber min={1} max={HIGHEST_PORT} precision={0} style={{ width: "100%" }} />
        </Form.Item>
      </div>
      <Form.Item name="user" label={t`账号`} extra={t`多半就是邮箱地址`}>
        <Input autoComplete="off" spellCheck={false} />
      </Form.Item>
      <Form.Item
        name="secret"
        label={t`密码`}
        extra={t`QQ、163 和多数企业邮箱要填“授权码”，在邮箱网页的设置里生成。`}
      >
        <Input.Password
          autoComplete="new-password"
          placeholder={hasPassword ? t`已保存，留空就不改` : ""}
        />
      </Form.Item>
      <Form.Item name="sender" label={t`发件人地址`} extra={t`多数服务器要求和账号一致，可以不填`}>
        <Input autoComplete="off" spellCheck={false} placeholder={user} />
      </Form.Item>
    </>
  );
}
