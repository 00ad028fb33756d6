import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Popover, Progress } from "antd";
import { useState } from "react";
import { getFileRules } from "@/api/generated/quality";
import type { CustomerOut } from "@/api/generated/zhike.schemas";
import { askFor } from "@/rooms/customers/facts/asking";
import { factLabel } from "@/rooms/customers/facts/facts";
import { IN_VIEW } from "@/rooms/customers/inView";
import "@/rooms/customers/standing/standing.css";

const RARELY_CHANGES = 5 * 60_000;
const LISTED = 12;

/** How complete the file is, and what is missing: each of it one click from being filled in. */
export function CompletenessRing({ customer }: { customer: CustomerOut }) {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  const { data: rules } = useQuery({
    queryKey: ["file-rules"],
    queryFn: ({ signal }) => getFileRules({ signal }),
    staleTime: RARELY_CHANGES,
  });
  const { percent, missing } = customer.completeness;
  const goal = rules?.completeness_goal;
  const isReached = goal !== undefined && percent >= goal;
  const mayFill = customer.can.edit;
  const content = (
    <div className="missing-fields" role="dialog" aria-label={t`资料完整度`}>
      <strong>{t`资料完整度 ${percent}%`}</strong>
      {goal !== undefined && (
        <span className="soft">{isReached ? t`，达到目标 ${goal}%` : t`，目标 ${goal}%`}</span>
      )}
      {missing.length === 0 ? (
        <p className="soft">{t`该填的都填了。`}</p>
      ) : (
        <>
          <p className="soft">{mayFill ? t`还缺这些，点一下就填：` : t`还缺这些：`}</p>
          <ul>
            {missing.slice(0, LISTED).map(({ of, field, label }) => (
              <li key={`${of}.${field}`}>
                <button
                  type="button"
                  disabled={!mayFill}
                  onClick={() => {
                    setOpen(false);
                    askFor({ customer: customer.id, of, field });
                  }}
                >
                  {of === "customer" ? factLabel({ key: field, label }, customer.kind) : label}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
  return (
    <Popover
      trigger="click"
      placement="bottomLeft"
      autoAdjustOverflow={IN_VIEW}
      arrow={false}
      open={isOpen}
      onOpenChange={setOpen}
      content={content}
    >
      <button
        type="button"
        className={`completeness-ring ${isReached ? "is-reached" : ""}`}
        aria-label={t`资料完整度 ${percent}%，还缺 ${missing.length} 项`}
        title={t`资料完整度`}
        aria-expanded={isOpen}
      >
        <Progress
          type="circle"
          size={18}
          strokeWidth={16}
          percent={percent}
          showInfo={false}
          strokeColor={isReached ? "var(--success)" : "var(--accent)"}
          aria-label={t`资料完整度`}
        />
        <span className="number">{percent}%</span>
      </button>
    </Popover>
  );
}
