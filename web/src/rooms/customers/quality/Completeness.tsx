import { SmileOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Skeleton } from "antd";
import { useCompleteness } from "@/rooms/customers/quality/queries";
import { EmptyState } from "@/ui/EmptyState";
import { Trouble } from "@/ui/Trouble";

interface Line {
  key: string;
  name: string;
  percent: number;
  customers: number;
  complete: number;
  owner?: number;
}

/** 资料完整度: everybody, by department, by person, against the goal. */
export function Completeness() {
  const { t } = useLingui();
  const found = useCompleteness();
  if (found.isPending) return <Skeleton active title={false} paragraph={{ rows: 8 }} />;
  if (found.error) return <Trouble error={found.error} onRetry={() => void found.refetch()} />;
  const { company, goal, departments, people } = found.data;
  if (company.customers === 0) {
    return (
      <EmptyState icon={<SmileOutlined />} title={t`还没有客户`}>
        <Trans>录入或导入客户以后，这里会告诉你谁的资料还缺什么。</Trans>
      </EmptyState>
    );
  }
  const byDepartment: Line[] = departments.map((one) => ({
    ...one,
    key: `d${one.id ?? 0}`,
    name: one.name || t`未分部门`,
  }));
  const byPerson: Line[] = people.map((one) => ({
    ...one,
    key: `p${one.id ?? 0}`,
    name: one.name || t`公海`,
    ...(one.id && { owner: one.id }),
  }));
  return (
    <div className="completeness">
      <section className="completeness-all" aria-label={t`总体`}>
        <strong className={company.percent >= goal ? "is-reached" : ""}>{company.percent}%</strong>
        <div>
          <Meter percent={company.percent} goal={goal} label={t`总体完整度`} />
          <p>
            <Trans>
              目标 {goal}%。{company.customers} 位客户中，{company.complete} 位已达到目标。
            </Trans>
          </p>
        </div>
      </section>
      {byDepartment.length > 1 && <Lines title={t`按部门`} lines={byDepartment} goal={goal} />}
      <Lines title={t`按负责人`} lines={byPerson} goal={goal} />
    </div>
  );
}

function Lines({ title, lines, goal }: { title: string; lines: Line[]; goal: number }) {
  return (
    <section className="completeness-part" aria-label={title}>
      <h2>{title}</h2>
      <ul>
        {[...lines]
          .sort((one, other) => one.percent - other.percent)
          .map((line) => (
            <li key={line.key}>
              <span className="completeness-name">{line.name}</span>
              <Meter percent={line.percent} goal={goal} label={line.name} />
              <span className="completeness-percent">{line.percent}%</span>
              <span className="completeness-count">
                {line.owner ? (
                  <Link to="/customers" search={{ owner: String(line.owner) }}>
                    <Trans>{line.customers} 位</Trans>
                  </Link>
                ) : (
                  <Trans>{line.customers} 位</Trans>
                )}
              </span>
            </li>
          ))}
      </ul>
    </section>
  );
}

/** A bar with the goal as a mark in it. */
function Meter({ percent, goal, label }: { percent: number; goal: number; label: string }) {
  return (
    <span
      className={`meter ${percent >= goal ? "is-reached" : ""}`}
      role="img"
      aria-label={`${label} ${percent}%`}
    >
      <span className="meter-fill" style={{ width: `${percent}%` }} />
      <span className="meter-goal" style={{ left: `${goal}%` }} aria-hidden />
    </span>
  );
}
