import { CloseOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "antd";
import { useEffect } from "react";
import type { TaskOut } from "@/api/generated/zhike.schemas";
import { today } from "@/lib/days";
import { NextDays } from "@/rooms/care/cadence/NextDays";
import { useTasksOf } from "@/rooms/care/queries";

interface NextAfterDoneProps {
  /** The follow-up that was just finished. */
  task: TaskOut;
  onClose: () => void;
}

/** A follow-up was ticked off: when is the next one? Asked only where none is planned yet. */
export function NextAfterDone({ task, onClose }: NextAfterDoneProps) {
  const { customer } = task;
  const { data } = useTasksOf(customer?.id ?? 0, customer !== null);
  const isPlanned =
    data?.items.some((one) => one.kind === "follow_up" && one.id !== task.id) ?? false;
  // biome-ignore lint/correctness/useExhaustiveDependencies: closes once, however that is written
  useEffect(() => {
    if (isPlanned) onClose();
  }, [isPlanned]);
  if (!customer || !data || isPlanned) return null;
  return <NextDay customer={customer} onClose={onClose} />;
}

interface NextDayProps {
  customer: { id: number; name: string };
  onClose: () => void;
}

function NextDay({ customer, onClose }: NextDayProps) {
  const { t } = useLingui();
  return (
    <section className="next-after" aria-label={t`${customer.name}下次什么时候联系`}>
      <span className="next-after-who">
        <Trans>
          <strong>{customer.name}</strong> 做完了，下次什么时候联系？
        </Trans>
      </span>
      <NextDays customer={customer} after={today()} onPlanned={onClose} />
      <Button
        type="text"
        size="small"
        icon={<CloseOutlined />}
        aria-label={t`先不定`}
        title={t`先不定`}
        onClick={onClose}
      />
    </section>
  );
}
