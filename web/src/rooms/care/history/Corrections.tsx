import { DownOutlined, UpOutlined } from "@ant-design/icons";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Button, Skeleton } from "antd";
import { useState } from "react";
import { historyOfFollowUp } from "@/api/generated/preparing";
import type { Correction, CorrectionsAt } from "@/api/generated/zhike.schemas";
import { momentText } from "@/lib/days";
import { Trouble } from "@/ui/Trouble";
import "@/rooms/care/history/history.css";

interface CorrectionsProps {
  followUp: number;
  /** How it stands now: each correction makes a version. */
  version: number;
}

/** 改过 N 次, below a follow-up that was corrected; a click shows who made what out of what. */
export function Corrections({ followUp, version }: CorrectionsProps) {
  const [isOpen, setOpen] = useState(false);
  const times = version - 1;
  if (!(times > 0)) return null;
  return (
    <div className="corrections">
      <Button
        type="text"
        size="small"
        icon={isOpen ? <UpOutlined /> : <DownOutlined />}
        iconPlacement="end"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Plural value={times} one="改过 # 次" other="改过 # 次" />
      </Button>
      {isOpen && <List followUp={followUp} version={version} />}
    </div>
  );
}

function List({ followUp, version }: CorrectionsProps) {
  const { t } = useLingui();
  const { data, error, refetch } = useQuery({
    queryKey: ["follow-up-history", followUp, version],
    queryFn: async ({ signal }) => (await historyOfFollowUp(followUp, { signal })).items,
  });
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton active title={false} paragraph={{ rows: 2 }} />;
  if (data.length === 0) {
    return (
      <p className="faint">
        <Trans>改动的内容不在你能看的范围里。</Trans>
      </p>
    );
  }
  return (
    <ol className="corrections-list" aria-label={t`修改记录`}>
      {data.map((one) => (
        <Once key={one.at} one={one} />
      ))}
    </ol>
  );
}

function Once({ one }: { one: CorrectionsAt }) {
  const { t } = useLingui();
  return (
    <li>
      <small className="soft">
        {one.by?.name ?? t`系统`} <time dateTime={one.at}>{momentText(one.at)}</time>
      </small>
      {one.changes.map((change) => (
        <Change key={change.label} change={change} />
      ))}
    </li>
  );
}

function Change({ change }: { change: Correction }) {
  return (
    <p>
      <span className="faint">{change.label}</span>
      {change.from && <del>{change.from}</del>}
      {change.to ? (
        <ins>{change.to}</ins>
      ) : (
        <span className="soft">
          <Trans>清空了</Trans>
        </span>
      )}
    </p>
  );
}
