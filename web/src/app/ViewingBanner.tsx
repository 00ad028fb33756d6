import { EyeOutlined } from "@ant-design/icons";
import { Trans } from "@lingui/react/macro";
import { App, Button } from "antd";
import { useState } from "react";
import { messageOf } from "@/api/problem";
import { useMe } from "@/api/queries";
import { useRefusals } from "@/api/refusals";
import { stopViewing } from "@/api/viewing";

/** Tells across every page that one looks through other eyes, and leads back. */
export function ViewingBanner() {
  const me = useMe();
  const { message } = App.useApp();
  const refusals = useRefusals();
  const [isLeaving, setLeaving] = useState(false);
  if (!me.viewing) return null;
  const whose = me.viewing.person ?? me.viewing.role_name;
  const leave = async () => {
    setLeaving(true);
    try {
      await stopViewing();
    } catch (error) {
      message.error(messageOf(error));
      setLeaving(false);
    }
  };
  return (
    <div className="viewing" role="status" key={refusals} data-refused={refusals > 0}>
      <EyeOutlined />
      <span>
        <Trans>
          正在以<strong>「{whose}」</strong>的视角查看，只能看不能改
        </Trans>
      </span>
      <Button size="small" onClick={leave} loading={isLeaving}>
        <Trans>退出</Trans>
      </Button>
    </div>
  );
}
