import { useLingui } from "@lingui/react/macro";
import { App, Button, Input, Popover, Select } from "antd";
import { useState } from "react";
import { useWords } from "@/api/fields";
import { setTier } from "@/api/generated/customers";
import type { CustomerOut } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { IN_VIEW } from "@/rooms/customers/inView";
import { useRefreshCustomer } from "@/rooms/customers/queries";
import { Chip } from "@/ui/Chip";
import "@/rooms/customers/standing/standing.css";

interface TierProps {
  customer: CustomerOut;
  mayEdit: boolean;
}

/** The tier as a chip; a click says why, and lets one decide otherwise. */
export function Tier({ customer, mayEdit }: TierProps) {
  const { t } = useLingui();
  const tiers = useWords("tier");
  const [isOpen, setOpen] = useState(false);
  const tier = tiers.find((one) => one.value === customer.tier);
  if (!tier && !mayEdit) return null;
  const word = tier?.label ?? "";
  return (
    <Popover
      trigger="click"
      placement="bottomLeft"
      autoAdjustOverflow={IN_VIEW}
      arrow={false}
      open={isOpen}
      onOpenChange={setOpen}
      content={<Why customer={customer} mayEdit={mayEdit} onDone={() => setOpen(false)} />}
    >
      <button
        type="button"
        className="chip-button"
        title={word ? t`为什么是${word}` : t`分层`}
        aria-expanded={isOpen}
      >
        {tier ? (
          <Chip color={tier.color}>
            {word}
            {customer.tier_by_hand && <span className="tier-hand"> {t`手动`}</span>}
          </Chip>
        ) : (
          <span className="chip-empty">{t`分层`}</span>
        )}
      </button>
    </Popover>
  );
}

interface WhyProps extends TierProps {
  onDone: () => void;
}

/** The points part by part, in bars and in words. */
function Why({ customer, mayEdit, onDone }: WhyProps) {
  const { t } = useLingui();
  const tiers = useWords("tier");
  const [isChanging, setChanging] = useState(false);
  const { message } = App.useApp();
  const refresh = useRefreshCustomer();
  const word = tiers.find((one) => one.value === customer.tier)?.label ?? t`还没分层`;
  const back = async () => {
    try {
      await setTier(customer.id, { tier: null, reason: "" });
      await refresh(customer.id);
      onDone();
    } catch (error) {
      message.error(messageOf(error));
    }
  };
  return (
    <div className="tier-why" role="dialog" aria-label={t`为什么是${word}`}>
      <h3>
        {t`为什么是${word}`}
        {customer.tier_points !== null && (
          <span className="tier-total">{t`${customer.tier_points} 分`}</span>
        )}
      </h3>
      {customer.tier_by_hand && (
        <p className="tier-told">
          {customer.tier_reason
            ? t`手动定的：${customer.tier_reason}`
            : t`手动定的，不随得分变化。`}
        </p>
      )}
      {customer.tier_why.length === 0 && !customer.tier_by_hand && (
        <p className="faint">{t`还没有算过得分，系统每天会算一次。`}</p>
      )}
      {customer.tier_why.map((part) => (
        <div key={part.name} className="tier-share">
          <span className="tier-share-head">
            <span>{part.label}</span>
            <span className="number">
              {part.points}/{part.most}
            </span>
          </span>
          <span className="tier-share-bar" aria-hidden>
            <span style={{ width: `${part.most ? (part.points / part.most) * 100 : 0}%` }} />
          </span>
          <small className="soft">{part.told}</small>
        </div>
      ))}
      {mayEdit &&
        (isChanging ? (
          <ByHand customer={customer} onDone={onDone} />
        ) : (
          <span className="tier-end">
            <Button size="small" onClick={() => setChanging(true)}>{t`手动改分层`}</Button>
            {customer.tier_by_hand && (
              <Button size="small" type="text" onClick={() => void back()}>
                {t`按得分重新算`}
              </Button>
            )}
          </span>
        ))}
    </div>
  );
}

/** Decided by a person, who says why. */
function ByHand({ customer, onDone }: { customer: CustomerOut; onDone: () => void }) {
  const { t } = useLingui();
  const tiers = useWords("tier").filter((one) => !one.retired);
  const refresh = useRefreshCustomer();
  const [tier, setChosen] = useState(customer.tier || null);
  const [reason, setReason] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const store = async () => {
    if (!tier || isBusy) return;
    setBusy(true);
    try {
      await setTier(customer.id, { tier, reason: reason.trim() });
      await refresh(customer.id);
      onDone();
    } catch (error) {
      setProblem(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className="tier-form"
      onSubmit={(event) => {
        event.preventDefault();
        void store();
      }}
    >
      <Select
        aria-label={t`分层`}
        value={tier}
        placeholder={t`选一个分层`}
        options={tiers.map(({ value, label }) => ({ value, label }))}
        onChange={setChosen}
      />
      <Input
        aria-label={t`为什么这样定`}
        placeholder={t`为什么这样定，比如 战略合作`}
        autoFocus
        maxLength={200}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      {problem && (
        <span className="fact-problem" role="alert">
          {problem}
        </span>
      )}
      <Button size="small" type="primary" htmlType="submit" loading={isBusy}>{t`就这样定`}</Button>
    </form>
  );
}
