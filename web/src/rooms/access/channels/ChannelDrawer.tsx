import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { Alert, App, Form, Input, Switch } from "antd";
import { useState } from "react";
import { addChannel, changeChannel } from "@/api/generated/channels";
import {
  type Channel,
  type ChannelFields,
  type ChannelKind,
  fieldsOf,
  kindName,
  orderOf,
  patchOf,
  usualName,
} from "@/rooms/access/channels/channels";
import { MailFields } from "@/rooms/access/channels/MailFields";
import { refreshChannels } from "@/rooms/access/channels/queries";
import { RobotFields } from "@/rooms/access/channels/RobotFields";
import { FormDrawer } from "@/ui/FormDrawer";
import { showProblems } from "@/ui/formProblems";

interface ChannelDrawerProps {
  /** A channel, a kind to add one of, or null: closed. */
  of: Channel | ChannelKind | null;
  taken: string[];
  onClose: () => void;
}

/** A channel's settings: what to paste where, in words. */
export function ChannelDrawer({ of, taken, onClose }: ChannelDrawerProps) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const [form] = Form.useForm<ChannelFields>();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [dropsSecret, setDropsSecret] = useState(false);
  // Closing, the drawer still shows what it was about.
  const [shown, setShown] = useState(of);
  if (of && of !== shown) setShown(of);
  if (!shown) return null;
  const channel = typeof shown === "string" ? null : shown;
  const kind = (typeof shown === "string" ? shown : shown.kind) as ChannelKind;
  const save = async () => {
    const fields = form.getFieldsValue(true) as ChannelFields;
    setBusy(true);
    setProblem(null);
    try {
      if (channel) await changeChannel(channel.id, patchOf(channel, fields, dropsSecret));
      else await addChannel(orderOf(kind, fields));
      message.success(channel ? t`改好了` : t`加好了，点“试发”看看通不通`);
      onClose();
    } catch (error) {
      setProblem(showProblems(form, error));
    } finally {
      setBusy(false);
      void refreshChannels(cache);
    }
  };
  return (
    <FormDrawer
      title={channel ? channel.name : t`加一个渠道：${kindName(kind)}`}
      open={of !== null}
      onClose={onClose}
      onSubmit={form.submit}
      submitLabel={channel ? t`保存` : t`加上`}
      isBusy={isBusy}
      width={500}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={() => void save()}
        initialValues={fieldsOf(channel, usualName(kind, taken))}
      >
        {problem && (
          <Alert type="error" showIcon title={problem} role="alert" style={{ marginBottom: 16 }} />
        )}
        {kind === "mail" ? (
          <MailFields form={form} hasPassword={channel?.has_secret ?? false} />
        ) : (
          <RobotFields
            kind={kind}
            channel={channel}
            dropsSecret={dropsSecret}
            onDropSecret={setDropsSecret}
          />
        )}
        <Form.Item
          name="name"
          label={t`名称`}
          extra={t`给自己看的，分得清就行`}
          rules={[{ required: true, whitespace: true, message: t`起个名字` }]}
        >
          <Input autoComplete="off" maxLength={40} />
        </Form.Item>
        <Form.Item name="is_on" label={t`启用`} valuePropName="checked">
          <Switch />
        </Form.Item>
      </Form>
    </FormDrawer>
  );
}
