import { DownOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useId, useState } from "react";
import type { AuditItem, Via } from "@/api/audit";
import { auditValue, exactTime } from "@/rooms/trail/audit";
import { Chip } from "@/ui/Chip";

/** One thing somebody did: who, what, to whom, when, from where. Opens to the values. */
export function AuditLine({ item }: { item: AuditItem }) {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  const detail = useId();
  const ways: Record<Via, string> = {
    session: "",
    token: t`令牌`,
    system: t`系统`,
    command: t`命令行`,
  };
  const way = ways[item.via];
  // Nobody is signed in while one tries to: who it was is not known yet.
  const nobody = item.via === "session" ? t`未登录` : t`系统`;
  return (
    <li className={`audit-line ${isOpen ? "is-open" : ""}`}>
      <div className="audit-row">
        <button
          type="button"
          className="audit-open"
          aria-expanded={isOpen}
          aria-controls={detail}
          onClick={() => setOpen(!isOpen)}
        >
          <time className="number faint" dateTime={item.at}>
            {exactTime(item.at)}
          </time>
          <span className="audit-what">
            <strong>{item.actor?.name ?? nobody}</strong> {item.label}
            {item.summary && <span className="audit-said">{item.summary}</span>}
            {way && (item.actor || item.via !== "system") && (
              <>
                {" "}
                <Chip color="amber">{way}</Chip>
              </>
            )}
          </span>
          <DownOutlined className="audit-arrow" aria-hidden />
        </button>
        <span className="audit-customer">
          {item.customer?.name && (
            <Link to="/customers/$id" params={{ id: String(item.customer.id) }}>
              {item.customer.name}
            </Link>
          )}
        </span>
        <span className="audit-from number faint">{item.address}</span>
      </div>
      <div id={detail} hidden={!isOpen}>
        {isOpen && <Detail item={item} />}
      </div>
    </li>
  );
}

function Detail({ item }: { item: AuditItem }) {
  const { t } = useLingui();
  const { record } = item;
  const types: Record<string, string> = {
    customer: t`客户`,
    contact: t`联系人`,
    follow_up: t`跟进`,
    task: t`待办`,
    care: t`维护`,
    feedback: t`反馈`,
    tag: t`标签`,
    person: t`同事`,
    department: t`部门`,
    role: t`角色`,
    token: t`令牌`,
    import: t`导入`,
    export: t`导出`,
    hand_over: t`交接`,
  };
  const facts: { label: string; value: string | null }[] = [
    { label: t`类别`, value: item.label },
    { label: t`对象`, value: record && `${types[record.type] ?? record.type} ${record.id}` },
    { label: t`网络地址`, value: item.address },
    { label: t`请求编号`, value: item.request_id },
    { label: t`记录编号`, value: String(item.id) },
  ];
  return (
    <div className="audit-detail">
      {item.changes.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">
                <Trans>项目</Trans>
              </th>
              <th scope="col">
                <Trans>原来</Trans>
              </th>
              <th scope="col">
                <Trans>现在</Trans>
              </th>
            </tr>
          </thead>
          <tbody>
            {item.changes.map((change) => (
              <tr key={change.field}>
                <th scope="row">{change.label}</th>
                <Value value={auditValue(change.old)} />
                <Value value={auditValue(change.new)} />
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <dl>
        {facts.map(
          ({ label, value }) =>
            value && (
              <div key={label}>
                <dt>{label}</dt>
                <dd className="number">{value}</dd>
              </div>
            ),
        )}
      </dl>
    </div>
  );
}

function Value({ value }: { value: string }) {
  return <td>{value || <span className="faint">—</span>}</td>;
}
