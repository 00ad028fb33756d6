import { useLingui } from "@lingui/react/macro";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { messageOf } from "@/api/problem";
import { countText } from "@/lib/money";
import { useSettled } from "@/lib/screen";
import { type RuleSaid, tryRule } from "@/rooms/fields/ruleApi";

interface RuleTrialViewProps {
  rule: RuleSaid | null;
  onOpenCustomer: (id: number) => void;
}

const PAUSE = 500;

/** Whom the rule would speak of today, before it is laid down. */
export function RuleTrialView({ rule, onOpenCustomer }: RuleTrialViewProps) {
  const { t } = useLingui();
  const asked = useSettled(JSON.stringify(rule), PAUSE);
  const { data, error, isFetching } = useQuery({
    queryKey: ["rules", "trial", asked],
    queryFn: ({ signal }) => tryRule(JSON.parse(asked) as RuleSaid, signal),
    enabled: asked !== "null",
    placeholderData: keepPreviousData,
    retry: false,
  });
  if (!rule)
    return <p className="rule-trial soft">{t`写完条件，这里会告诉你现在有多少客户不符合。`}</p>;
  if (error) {
    return (
      <p className="rule-trial danger" role="alert">
        {messageOf(error)}
      </p>
    );
  }
  if (!data) return <p className="rule-trial soft">{t`正在看现有的客户…`}</p>;
  return (
    <section className={`rule-trial ${isFetching ? "is-old" : ""}`} aria-live="polite">
      <strong>
        {data.count === 0
          ? t`现在没有客户不符合`
          : data.is_whole
            ? t`现在有 ${countText(data.count)} 位客户不符合`
            : t`现在至少有 ${countText(data.count)} 位客户不符合`}
      </strong>
      <ul>
        {data.examples.map((one) => (
          <li key={one.id}>
            <button type="button" onClick={() => onOpenCustomer(one.id)}>
              {one.name}
            </button>
            {one.told && one.told !== rule.message && <small>{one.told}</small>}
          </li>
        ))}
      </ul>
    </section>
  );
}
