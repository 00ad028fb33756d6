import { DesktopOutlined, MobileOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Skeleton } from "antd";
import { useState } from "react";
import { endSessions, listSessions, type Session } from "@/api/factors";
import { ApiProblem, messageOf } from "@/api/problem";
import { deviceText, isHandheld } from "@/rooms/access/security/devices";
import { momentOfSeconds } from "@/rooms/access/security/times";
import { Chip } from "@/ui/Chip";
import { SettingsPart } from "@/ui/SettingsPart";
import { Trouble } from "@/ui/Trouble";

const KEY = ["sessions"] as const;

/** 登录中的设备: each can be signed out from here. */
export function SessionPart() {
  const { t } = useLingui();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const { data, error, refetch } = useQuery({ queryKey: KEY, queryFn: listSessions });
  const [ending, setEnding] = useState<number[]>([]);
  const others = data?.filter((one) => !one.is_current) ?? [];
  const end = async (ids: number[], done: string) => {
    setEnding(ids);
    try {
      cache.setQueryData(KEY, await endSessions(ids));
      message.success(done);
    } catch (problem) {
      if (!(problem instanceof ApiProblem && problem.code === "cancelled")) {
        message.error(messageOf(problem));
      }
    } finally {
      setEnding([]);
    }
  };
  return (
    <SettingsPart
      title={t`登录中的设备`}
      note={<Trans>有不认得的，让它退出，再改密码。</Trans>}
      action={
        others.length > 1 && (
          <Button
            loading={ending.length > 1}
            onClick={() =>
              end(
                others.map((one) => one.id),
                t`其他设备都退出了`,
              )
            }
          >
            {t`其他的都退出`}
          </Button>
        )
      }
    >
      {error && !data ? (
        <Trouble error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton active />
      ) : (
        <ul className="settings-list" aria-label={t`登录中的设备`}>
          {sorted(data).map((session) => (
            <SessionLine
              key={session.id}
              session={session}
              isBusy={ending.includes(session.id)}
              onEnd={() => end([session.id], t`那台设备退出了`)}
            />
          ))}
        </ul>
      )}
    </SettingsPart>
  );
}

interface SessionLineProps {
  session: Session;
  isBusy: boolean;
  onEnd: () => void;
}

function SessionLine({ session, isBusy, onEnd }: SessionLineProps) {
  const { t } = useLingui();
  const device = deviceText(session.user_agent);
  const seen = session.last_seen_at ?? session.created_at;
  return (
    <li>
      <span className="soft session-icon" aria-hidden>
        {isHandheld(session.user_agent) ? <MobileOutlined /> : <DesktopOutlined />}
      </span>
      <span className="settings-who">
        <strong title={session.user_agent}>{device}</strong>
        <small>
          {session.is_current
            ? t`${session.ip} · 正在用`
            : t`${session.ip} · 最近用过：${momentOfSeconds(seen)}`}
        </small>
      </span>
      {session.is_current ? (
        <Chip color="teal">{t`本机`}</Chip>
      ) : (
        <Button
          size="small"
          type="text"
          loading={isBusy}
          onClick={onEnd}
          aria-label={t`让${device}退出`}
        >
          {t`让它退出`}
        </Button>
      )}
    </li>
  );
}

/** This one first, then the one used last. */
function sorted(sessions: Session[]): Session[] {
  return [...sessions].sort(
    (one, other) =>
      Number(other.is_current) - Number(one.is_current) ||
      (other.last_seen_at ?? other.created_at) - (one.last_seen_at ?? one.created_at),
  );
}
