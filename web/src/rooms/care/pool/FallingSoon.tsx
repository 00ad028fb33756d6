import { ClockCircleOutlined, EditOutlined } from "@ant-design/icons";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button } from "antd";
import { useState } from "react";
import type { Falling } from "@/api/generated/zhike.schemas";
import { useMe } from "@/api/queries";
import { useRights } from "@/api/rights";
import { planText } from "@/lib/days";
import { useFalling } from "@/rooms/care/pool/queries";
import { useLeads } from "@/rooms/care/today/leading";
import { Pills } from "@/ui/Pills";
import { Day } from "@/ui/values";
import "@/rooms/care/pool/pool.css";

interface FallingSoonProps {
  /** Whose are shown at first, to somebody who leads. */
  first: "mine" | "team";
  onOpen: (id: number) => void;
  onFollowUp: (customer: { id: number; name: string }) => void;
}

const AT_FIRST = 4;

/** Who falls into the pool within days, so that one writes or calls before. */
export function FallingSoon({ first, onOpen, onFollowUp }: FallingSoonProps) {
  const { t } = useLingui();
  const leads = useLeads();
  const [whose, setWhose] = useState(first);
  const [isWhole, setWhole] = useState(false);
  const { data } = useFalling(whose === "mine");
  const items = data?.items ?? [];
  if (items.length === 0 && !leads) return null;
  const shown = isWhole ? items : items.slice(0, AT_FIRST);
  return (
    <section
      className={items.length > 0 ? "falling" : "falling is-empty"}
      aria-label={t`快被收回的`}
    >
      <header>
        <ClockCircleOutlined aria-hidden />
        <h2>
          {items.length === 0 ? (
            <Trans>近几天没有要收回的</Trans>
          ) : whose === "mine" ? (
            <Plural
              value={items.length}
              one="你有 # 位客户快被收回了"
              other="你有 # 位客户快被收回了"
            />
          ) : (
            <Plural
              value={items.length}
              one="有 # 位客户快被收回了"
              other="有 # 位客户快被收回了"
            />
          )}
        </h2>
        {leads && (
          <Pills
            label={t`看谁的`}
            value={whose}
            options={[
              { value: "mine", label: t`我的` },
              { value: "team", label: t`团队` },
            ]}
            onChange={(next) => next && setWhose(next)}
          />
        )}
      </header>
      {shown.length > 0 && (
        <ul>
          {shown.map((one) => (
            <FallingLine
              key={one.id}
              falling={one}
              onOpen={() => onOpen(one.id)}
              onFollowUp={() => onFollowUp({ id: one.id, name: one.name })}
            />
          ))}
        </ul>
      )}
      {items.length > AT_FIRST && (
        <Button type="link" size="small" onClick={() => setWhole(!isWhole)}>
          {isWhole ? (
            <Trans>收起</Trans>
          ) : (
            <Plural value={items.length - AT_FIRST} one="还有 # 位" other="还有 # 位" />
          )}
        </Button>
      )}
    </section>
  );
}

interface FallingLineProps {
  falling: Falling;
  onOpen: () => void;
  onFollowUp: () => void;
}

function FallingLine({ falling, onOpen, onFollowUp }: FallingLineProps) {
  const me = useMe();
  const mayLog = useRights().may("log");
  return (
    <li>
      <button type="button" className="falling-name" onClick={onOpen}>
        {falling.name}
      </button>
      <span className="falling-last soft">
        {falling.last_follow_up_on ? (
          <Trans>
            上次联系 <Day day={falling.last_follow_up_on} />
          </Trans>
        ) : (
          <Trans>还没联系过</Trans>
        )}
        {falling.owner.id !== me.id && <> · {falling.owner.name}</>}
      </span>
      <FallsOn day={falling.falls_on} left={falling.days_left} />
      {mayLog && (
        <Button size="small" icon={<EditOutlined />} onClick={onFollowUp}>
          <Trans>记跟进</Trans>
        </Button>
      )}
    </li>
  );
}

/** When somebody falls, as people say it: 已到期, 还剩 3 天. */
export function FallsOn({ day, left }: { day: string; left: number }) {
  const { t } = useLingui();
  return (
    <time dateTime={day} className={`falls-on ${left <= 2 ? "is-near" : ""}`} title={planText(day)}>
      {left <= 0 ? t`已到期` : t`还剩 ${left} 天`}
    </time>
  );
}
