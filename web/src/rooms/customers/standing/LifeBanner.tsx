import { InboxOutlined, PauseCircleOutlined } from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import { App, Button } from "antd";
import { useState } from "react";
import { useWords } from "@/api/fields";
import { resume } from "@/api/generated/customers";
import type { CustomerOut } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { calendarText } from "@/lib/days";
import { useRefreshCustomer } from "@/rooms/customers/queries";
import "@/rooms/customers/standing/standing.css";

/** Says that a customer is not followed up for now, why, and takes it up again. */
export function LifeBanner({ customer, mayEdit }: { customer: CustomerOut; mayEdit: boolean }) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const refresh = useRefreshCustomer();
  const [isBusy, setBusy] = useState(false);
  const { life } = customer;
  const isPaused = life.state === "paused";
  const reasons = useWords(isPaused ? "pause_reason" : "archive_reason");
  if (life.state !== "paused" && life.state !== "archived") return null;
  const since = life.since ? calendarText(life.since) : "";
  const reason = reasons.find((one) => one.value === life.reason)?.label ?? life.reason;
  const takeUp = async () => {
    setBusy(true);
    try {
      const { dropped_on: dropped } = await resume(customer.id);
      await refresh(customer.id);
      const day = dropped ? calendarText(dropped) : "";
      if (day) message.info(t`恢复跟进了。原来安排在${day}跟进，要的话再排上。`, 6);
      else message.success(t`恢复跟进了`);
    } catch (error) {
      message.error(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="life-banner" role="status">
      {isPaused ? <PauseCircleOutlined /> : <InboxOutlined />}
      <span>
        <strong>{isPaused ? t`已暂停跟进` : t`已归档`}</strong>
        {reason && <> · {reason}</>}
        {since && <span className="soft"> {t`${since}起`}</span>}
        {life.look_again_on && (
          <span className="soft">，{t`${calendarText(life.look_again_on)}再看`}</span>
        )}
        {life.note && <span className="life-note">{life.note}</span>}
      </span>
      {mayEdit && (
        <Button size="small" loading={isBusy} onClick={() => void takeUp()}>{t`恢复跟进`}</Button>
      )}
    </div>
  );
}
