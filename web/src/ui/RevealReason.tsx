import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Input, Popover } from "antd";
import { type ReactElement, useRef, useState } from "react";
import { useMe } from "@/api/queries";

type Answer = (reason: string | null) => void;

/** Asks why somebody wants to see a whole number, where the house wants to know.
 *
 * `ask` gives the reason ("" where none is needed), or null when the person thought better of it;
 * `around` puts the question at the button that was pressed. */
export function useRevealReason() {
  const isNeeded = useMe().reveal.needs_reason;
  const [isOpen, setOpen] = useState(false);
  const waiting = useRef<Answer | null>(null);
  const answer: Answer = (reason) => {
    setOpen(false);
    waiting.current?.(reason);
    waiting.current = null;
  };
  const ask = (): Promise<string | null> => {
    if (!isNeeded) return Promise.resolve("");
    waiting.current?.(null);
    setOpen(true);
    return new Promise((resolve) => {
      waiting.current = resolve;
    });
  };
  const around = (button: ReactElement) =>
    isNeeded ? (
      <Popover
        open={isOpen}
        onOpenChange={(open) => !open && answer(null)}
        trigger="click"
        placement="bottom"
        destroyOnHidden
        title={<Trans>为什么要看？</Trans>}
        content={<Reasons onAnswer={answer} />}
      >
        <span>{button}</span>
      </Popover>
    ) : (
      button
    );
  return { ask, around };
}

function Reasons({ onAnswer }: { onAnswer: Answer }) {
  const { t } = useLingui();
  const [other, setOther] = useState<string | null>(null);
  const usual = [t`回访客户`, t`核对信息`, t`处理投诉`];
  const send = () => {
    if (other?.trim()) onAnswer(other.trim());
  };
  return (
    <div className="reveal-reason">
      <div className="reveal-usual">
        {usual.map((reason, at) => (
          <Button key={reason} size="small" autoFocus={at === 0} onClick={() => onAnswer(reason)}>
            {reason}
          </Button>
        ))}
        {other === null && (
          <Button size="small" type="text" onClick={() => setOther("")}>
            <Trans>其他</Trans>
          </Button>
        )}
      </div>
      {other !== null && (
        <Input.Search
          aria-label={t`写一句原因`}
          placeholder={t`写一句原因`}
          autoFocus
          size="small"
          maxLength={100}
          enterButton={t`好了`}
          value={other}
          onChange={(event) => setOther(event.target.value)}
          onSearch={send}
        />
      )}
      <small className="faint">
        <Trans>原因和查看记录会一起留下。</Trans>
      </small>
    </div>
  );
}
