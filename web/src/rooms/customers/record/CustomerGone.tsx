import { MergeCellsOutlined, UserDeleteOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { ApiProblem, messageOf } from "@/api/problem";
import { EmptyState } from "@/ui/EmptyState";

interface CustomerGoneProps {
  error: unknown;
  onRetry: () => void;
  onLeave: () => void;
}

/** In the place of a customer that is not there: gone, merged into another, or not reached. */
export function CustomerGone({ error, onRetry, onLeave }: CustomerGoneProps) {
  const { t } = useLingui();
  const survivor = movedTo(error);
  if (survivor) {
    return (
      <div className="record-message" role="alert">
        <EmptyState
          icon={<MergeCellsOutlined />}
          title={t`这位客户合并到了${survivor.name}`}
          action={
            <Link to="/customers/$id" params={{ id: String(survivor.id) }}>
              <Button type="primary">{t`看${survivor.name}`}</Button>
            </Link>
          }
        >
          <Trans>以前的跟进、联系人和购买记录都跟着过去了，一条没丢。</Trans>
        </EmptyState>
      </div>
    );
  }
  return (
    <div className="record-message" role="alert">
      <EmptyState
        icon={<UserDeleteOutlined />}
        title={isGone(error) ? t`没有这位客户` : t`没打开这位客户`}
        action={
          isGone(error) ? (
            <Button onClick={onLeave}>{t`看全部客户`}</Button>
          ) : (
            <Button onClick={onRetry}>{t`再试一次`}</Button>
          )
        }
      >
        {messageOf(error)}
      </EmptyState>
    </div>
  );
}

/** Gone for good, or into another customer: what is remembered of it must not stand any longer. */
export function isGone(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 404;
}

interface Survivor {
  id: number;
  name: string;
}

function movedTo(error: unknown): Survivor | null {
  if (!(error instanceof ApiProblem) || error.code !== "merged") return null;
  const into = error.body.moved_to as Partial<Survivor> | null | undefined;
  return typeof into?.id === "number" ? { id: into.id, name: into.name ?? "" } : null;
}
