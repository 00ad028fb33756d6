import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Form, Input } from "antd";
import type { ReactNode } from "react";
import { type Channel, type ChannelKind, mayHaveSecret } from "@/rooms/access/channels/channels";
import { DepartmentSelect } from "@/rooms/access/DepartmentSelect";

type RobotKind = Exclude<ChannelKind, "mail">;

interface RobotFieldsProps {
  kind: RobotKind;
  channel: Channel | null;
  dropsSecret: boolean;
  onDropSecret: (drops: boolean) => void;
}

/** The robot of a group chat: where to find it, and what of it to paste here. */
export function RobotFields({ kind, channel, dropsSecret, onDropSecret }: RobotFieldsProps) {
  const { t } = useLingui();
  const samples: Record<RobotKind, string> = {
    wecom: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…",
    dingtalk: "https://oapi.dingtalk.com/robot/send?access_token=…",
    feishu: "https://open.feishu.cn/open-apis/bot/v2/hook/…",
  };
  const isKept = Boolean(channel?.has_secret) && !dropsSecret;
  return (
    <>
      <ol className="channel-steps">{STEPS[kind]()}</ol>
      <Form.Item
        name="address"
        label={t`Webhook 地址`}
        {...(channel && { extra: t`现在的地址：${channel.address}。留空就不改。` })}
        rules={
          channel ? [] : [{ required: true, whitespace: true, message: t`把机器人的地址贴进来` }]
        }
      >
        <Input.TextArea
          autoSize={{ minRows: 2, maxRows: 4 }}
          autoComplete="off"
          spellCheck={false}
          placeholder={samples[kind]}
        />
      </Form.Item>
      {mayHaveSecret(kind) && (
        <Form.Item
          name="secret"
          label={kind === "dingtalk" ? t`加签密钥` : t`签名密钥`}
          extra={
            isKept ? (
              <Button type="link" size="small" className="flush" onClick={() => onDropSecret(true)}>
                {t`机器人不用密钥了，去掉它`}
              </Button>
            ) : dropsSecret ? (
              t`保存后去掉密钥。`
            ) : (
              t`没设密钥、用的是关键词，就留空，并把“知客”设成关键词。`
            )
          }
        >
          <Input.Password
            autoComplete="new-password"
            placeholder={isKept ? t`已保存，留空就不改` : kind === "dingtalk" ? "SEC…" : ""}
          />
        </Form.Item>
      )}
      <Form.Item
        name="department_id"
        label={t`谁的提醒发到这个群`}
        extra={t`选一个部门，就只发这个部门和下级同事的提醒。`}
      >
        <DepartmentSelect none={t`全公司`} />
      </Form.Item>
    </>
  );
}

const STEPS: Record<RobotKind, () => ReactNode> = {
  wecom: () => (
    <>
      <li>
        <Trans>在企业微信里打开要收提醒的群，点右上角的“…”。</Trans>
      </li>
      <li>
        <Trans>选“群机器人”（新版叫“消息推送”），添加一个，起名“知客”。</Trans>
      </li>
      <li>
        <Trans>复制它的 Webhook 地址，贴到下面。地址等于钥匙，别转发。</Trans>
      </li>
    </>
  ),
  dingtalk: () => (
    <>
      <li>
        <Trans>在钉钉群里打开“群设置”，选“机器人”，添加“自定义”机器人。</Trans>
      </li>
      <li>
        <Trans>安全设置勾“加签”，把 SEC 开头的那串密钥复制下来。</Trans>
      </li>
      <li>
        <Trans>完成后复制 Webhook 地址，和密钥一起贴到下面。</Trans>
      </li>
    </>
  ),
  feishu: () => (
    <>
      <li>
        <Trans>在飞书群的“设置”里选“群机器人”，添加“自定义机器人”。</Trans>
      </li>
      <li>
        <Trans>安全设置勾“签名校验”，把密钥复制下来。</Trans>
      </li>
      <li>
        <Trans>复制 Webhook 地址，和密钥一起贴到下面。</Trans>
      </li>
    </>
  ),
};
