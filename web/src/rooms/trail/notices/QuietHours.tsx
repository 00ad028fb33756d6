import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Input } from "antd";
import { useState } from "react";
import { Pills } from "@/ui/Pills";
import { SettingsPart } from "@/ui/SettingsPart";

interface QuietHoursProps {
  /** "21:00"; both null: as the organisation has it. */
  from: string | null;
  to: string | null;
  onChange: (from: string | null, to: string | null) => void;
}

const USUAL = { from: "21:00", to: "08:00" };

/** When nothing leaves the house: what would, waits until the morning. */
export function QuietHours({ from, to, onChange }: QuietHoursProps) {
  const { t } = useLingui();
  const [isOwn, setOwn] = useState(from !== null);
  const [start, setStart] = useState(from ?? USUAL.from);
  const [end, setEnd] = useState(to ?? USUAL.to);
  const isChanged = start !== from || end !== to;
  const isSame = start === end;
  return (
    <SettingsPart
      title={t`免打扰`}
      note={t`这段时间邮件和群机器人不出声，过后一并补上；铃铛照常。`}
    >
      <Pills
        label={t`免打扰时间`}
        value={isOwn ? "own" : "usual"}
        options={[
          { value: "usual", label: t`跟公司一样` },
          { value: "own", label: t`我自己定` },
        ]}
        onChange={(choice) => {
          setOwn(choice === "own");
          if (choice === "usual" && from !== null) onChange(null, null);
        }}
      />
      {isOwn && (
        <form
          className="quiet-own"
          onSubmit={(event) => {
            event.preventDefault();
            if (start && end && !isSame) onChange(start, end);
          }}
        >
          <Input
            type="time"
            aria-label={t`从几点`}
            value={start}
            onChange={(event) => setStart(event.target.value)}
          />
          <Trans>到</Trans>
          <Input
            type="time"
            aria-label={t`到几点`}
            value={end}
            onChange={(event) => setEnd(event.target.value)}
          />
          {end < start && (
            <span className="faint">
              <Trans>第二天</Trans>
            </span>
          )}
          <Button htmlType="submit" disabled={!start || !end || isSame || !isChanged}>
            {t`保存`}
          </Button>
          {isSame && (
            <span className="danger" role="alert">
              <Trans>开始和结束要错开。</Trans>
            </span>
          )}
        </form>
      )}
    </SettingsPart>
  );
}
