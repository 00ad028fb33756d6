import { QuestionCircleOutlined } from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import { Button, Popover } from "antd";
import "@/rooms/care/cadence/nextDays.css";

/** Why a plan stands on its day, on request: by mouse, finger or key. Nothing for a day one chose
 * oneself. */
export function WhyMark({ why }: { why: string }) {
  const { t } = useLingui();
  if (!why) return null;
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      title={t`为什么是这天`}
      content={<p className="why-told">{why}</p>}
    >
      <Button
        type="text"
        size="small"
        className="why-mark"
        icon={<QuestionCircleOutlined />}
        aria-label={t`为什么是这天`}
        title={why}
      />
    </Popover>
  );
}
