import { useLingui } from "@lingui/react/macro";
import { Button, InputNumber, Slider } from "antd";
import { useId } from "react";
import { TierExample } from "@/rooms/fields/TierExample";
import { balanced, PARTS, sumOf, type TierPart, type TierRules, WHOLE } from "@/rooms/fields/tiers";
import { MoneyInput } from "@/ui/MoneyInput";

interface TierSettingsProps {
  rules: TierRules;
  onChange: (rules: TierRules) => void;
}

const FEN = 100;

export function usePartNames(): Record<TierPart, string> {
  const { t } = useLingui();
  return { money: t`金额`, length: t`合作时长`, frequency: t`购买频次`, potential: t`潜力` };
}

/** How many points each part gives, from when on it gives all of them, and where tiers begin. */
export function TierSettings({ rules, onChange }: TierSettingsProps) {
  const { t } = useLingui();
  const names = usePartNames();
  const sum = sumOf(rules);
  const put = (part: TierPart, change: { most?: number; full?: number }) =>
    onChange({ ...rules, [part]: { ...rules[part], ...change } });
  return (
    <div className="tiers">
      <ul className="tier-parts">
        {PARTS.map((part) => (
          <li key={part} className={`tier-part part-${part}`}>
            <span className="tier-part-name">{names[part]}</span>
            <Slider
              ariaLabelForHandle={t`${names[part]}最多几分`}
              min={0}
              max={WHOLE}
              value={rules[part].most}
              onChange={(most) => put(part, { most })}
            />
            <span className="tier-points number">{t`${rules[part].most} 分`}</span>
            <Full part={part} rules={rules} onChange={(full) => put(part, { full })} />
          </li>
        ))}
      </ul>
      <div className="tier-sum">
        <div className="tier-bar" aria-hidden>
          {PARTS.map((part) => (
            <i key={part} className={`part-${part}`} style={{ flexGrow: rules[part].most }} />
          ))}
        </div>
        <p className={sum === WHOLE ? "soft" : "danger"} role="status">
          {sum === WHOLE
            ? t`合计 100 分`
            : sum > WHOLE
              ? t`合计 ${sum} 分，多了 ${sum - WHOLE} 分`
              : t`合计 ${sum} 分，还差 ${WHOLE - sum} 分`}
          {sum !== WHOLE && (
            <Button size="small" onClick={() => onChange(balanced(rules))}>
              {t`按比例凑成 100`}
            </Button>
          )}
        </p>
      </div>
      <Lines rules={rules} onChange={onChange} />
      <TierExample rules={rules} />
    </div>
  );
}

interface FullProps {
  part: TierPart;
  rules: TierRules;
  onChange: (full: number) => void;
}

/** From how much on a part gives all its points. */
function Full({ part, rules, onChange }: FullProps) {
  const { t } = useLingui();
  if (part === "potential") {
    return (
      <small className="tier-full soft">{t`看需求状态、预算、决策人、客户等级和资料完整度`}</small>
    );
  }
  const { full } = rules[part];
  if (part === "money") {
    return (
      <span className="tier-full">
        {t`满`}
        <MoneyInput
          aria-label={t`金额满多少得满分`}
          value={full * FEN}
          onChange={(fen) => fen && onChange(Math.max(1, Math.round(fen / FEN)))}
        />
        {t`得满分`}
      </span>
    );
  }
  return (
    <span className="tier-full">
      {t`满`}
      <InputNumber
        aria-label={part === "length" ? t`合作满几个月得满分` : t`一年买满几次得满分`}
        min={1}
        max={part === "length" ? 600 : 1000}
        precision={0}
        suffix={part === "length" ? t`个月` : t`次/年`}
        value={full}
        onChange={(next) => next !== null && onChange(next)}
      />
      {t`得满分`}
    </span>
  );
}

function Lines({ rules, onChange }: TierSettingsProps) {
  const { t } = useLingui();
  const id = useId();
  const isWrong = rules.growth >= rules.core;
  return (
    <div className="tier-lines">
      <span id={id}>{t`分数线`}</span>
      <Slider
        range
        aria-labelledby={id}
        ariaLabelForHandle={[t`潜力客户从几分起`, t`核心客户从几分起`]}
        min={1}
        max={WHOLE}
        value={[rules.growth, rules.core]}
        onChange={(next: number[]) =>
          onChange({ ...rules, growth: next[0] ?? rules.growth, core: next[1] ?? rules.core })
        }
      />
      <p className={isWrong ? "danger" : "soft"}>
        {isWrong
          ? t`潜力线要低于核心线`
          : t`${rules.core} 分起是核心客户，${rules.growth} 到 ${rules.core - 1} 分是潜力客户，${rules.growth} 分以下是普通客户`}
      </p>
    </div>
  );
}
