import { useLingui } from "@lingui/react/macro";
import { InputNumber } from "antd";
import { type ReactNode, useId, useState } from "react";
import { usePartNames } from "@/rooms/fields/TierSettings";
import {
  type Example,
  PARTS,
  pointsOf,
  type TierPart,
  type TierRules,
  tierOf,
} from "@/rooms/fields/tiers";
import { Chip } from "@/ui/Chip";
import { MoneyInput } from "@/ui/MoneyInput";

const FEN = 100;
const SAMPLE: Example = { money: 300_000, length: 24, frequency: 3, potential: 50 };

/** One customer counted through by the rules as they stand on the screen. */
export function TierExample({ rules }: { rules: TierRules }) {
  const { t } = useLingui();
  const names = usePartNames();
  const [example, setExample] = useState(SAMPLE);
  const put = (part: Partial<Example>) => setExample((now) => ({ ...now, ...part }));
  const points = pointsOf(example, rules);
  const sum = PARTS.reduce((total, part) => total + points[part], 0);
  const tier = tierOf(sum, rules);
  const tiers = {
    core: { label: t`核心客户`, color: "green" },
    growth: { label: t`潜力客户`, color: "blue" },
    normal: { label: t`普通客户`, color: "grey" },
  };
  const counted: { part: TierPart; label: string; unit: string; max: number }[] = [
    { part: "length", label: t`合作了`, unit: t`个月`, max: 600 },
    { part: "frequency", label: t`近一年买过`, unit: t`次`, max: 1000 },
    { part: "potential", label: t`潜力`, unit: "%", max: 100 },
  ];
  return (
    <section className="tier-example" aria-label={t`算一个例子`}>
      <h3>{t`算一个例子`}</h3>
      <div className="tier-sample">
        <Asked label={t`合同或购买金额`}>
          {(id) => (
            <MoneyInput
              id={id}
              value={example.money * FEN}
              onChange={(fen) => put({ money: Math.round((fen ?? 0) / FEN) })}
            />
          )}
        </Asked>
        {counted.map(({ part, label, unit, max }) => (
          <Asked key={part} label={label}>
            {(id) => (
              <InputNumber
                id={id}
                min={0}
                max={max}
                precision={0}
                suffix={unit}
                value={example[part]}
                onChange={(next) => put({ [part]: next ?? 0 })}
              />
            )}
          </Asked>
        ))}
      </div>
      <p aria-live="polite">
        {PARTS.map((part) => `${names[part]} ${points[part]}`).join(" + ")}
        {" = "}
        <strong className="number">{t`${sum} 分`}</strong>
        {t`，是`} <Chip color={tiers[tier].color}>{tiers[tier].label}</Chip>
      </p>
    </section>
  );
}

function Asked({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}
