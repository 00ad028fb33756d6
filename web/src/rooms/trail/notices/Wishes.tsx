import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Checkbox, Skeleton, Switch } from "antd";
import type { WishesPatch } from "@/api/generated/zhike.schemas";
import { changeNoticeWishes, type NoticeWishes, noticeWishes } from "@/api/notices";
import { messageOf } from "@/api/problem";
import { QuietHours } from "@/rooms/trail/notices/QuietHours";
import { noticeKeys } from "@/rooms/trail/notices/queries";
import { SettingsPart } from "@/ui/SettingsPart";
import { Trouble } from "@/ui/Trouble";
import "@/rooms/trail/notices/notices.css";

const DIGEST = "digest";

/** 我的通知: what reaches me by which way, and when not. Each change is saved as it is made. */
export function Wishes() {
  const { t } = useLingui();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: noticeKeys.wishes,
    queryFn: ({ signal }) => noticeWishes(signal),
  });
  if (error && !data) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton active />;
  const change = async (patch: WishesPatch) => {
    const before = data;
    cache.setQueryData(noticeKeys.wishes, shown(data, patch));
    try {
      cache.setQueryData(noticeKeys.wishes, await changeNoticeWishes(patch));
      message.success({ key: "wishes", content: t`改好了` });
    } catch (problem) {
      cache.setQueryData(noticeKeys.wishes, before);
      message.error(messageOf(problem));
    }
  };
  return (
    <>
      <SettingsPart
        title={t`怎么通知我`}
        note={t`所有通知都会出现在右上角的铃铛里。想在别处也收到，就在这里勾上。`}
      >
        <Ways wishes={data} onChange={(ways) => void change({ ways })} />
      </SettingsPart>
      <SettingsPart title={t`每日摘要`}>
        <div className="wish-line">
          <span>
            <span id="wish-digest">
              <Trans>工作日早上，把今天要做的和超期的列一份给我</Trans>
            </span>
          </span>
          <Switch
            aria-labelledby="wish-digest"
            checked={data.wants_digest}
            onChange={(wants_digest) => void change({ wants_digest })}
          />
        </div>
      </SettingsPart>
      <QuietHours
        from={data.quiet_from}
        to={data.quiet_to}
        onChange={(quiet_from, quiet_to) => void change({ quiet_from, quiet_to })}
      />
    </>
  );
}

interface WaysProps {
  wishes: NoticeWishes;
  onChange: (ways: Record<string, string[]>) => void;
}

/** Which kind of notice goes where besides the bell. */
function Ways({ wishes, onChange }: WaysProps) {
  const { t } = useLingui();
  const { channels, kinds, ways } = wishes;
  const bell = t`铃铛`;
  const ready = channels.filter((one) => one.ready);
  const missing = channels.filter((one) => !one.ready);
  const toggle = (kind: string, channel: string, isOn: boolean) => {
    const now = ways[kind] ?? [];
    onChange({ [kind]: isOn ? [...now, channel] : now.filter((one) => one !== channel) });
  };
  return (
    <>
      <table className="wishes" aria-label={t`怎么通知我`}>
        <thead>
          <tr>
            <td />
            <th scope="col">{bell}</th>
            {ready.map(({ name, label, note }) => (
              <th key={name} scope="col" title={note}>
                {shortLabel(label)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {kinds.map((kind) => {
            const isOff = kind.name === DIGEST && !wishes.wants_digest;
            return (
              <tr key={kind.name} className={isOff ? "is-off" : ""}>
                <th scope="row">
                  <strong>{kind.label}</strong>
                  <small>{kind.note}</small>
                </th>
                <td className="wish-bell">
                  <Checkbox checked disabled aria-label={t`${kind.label}：${bell}`} />
                </td>
                {ready.map((channel) => (
                  <td key={channel.name}>
                    <Checkbox
                      title={channel.note}
                      aria-label={t`${kind.label}：${channel.label}`}
                      checked={ways[kind.name]?.includes(channel.name) ?? false}
                      disabled={isOff}
                      onChange={(event) => toggle(kind.name, channel.name, event.target.checked)}
                    >
                      <span className="wish-way">{shortLabel(channel.label)}</span>
                    </Checkbox>
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
      {missing.length > 0 && (
        <ul className="wishes-missing">
          {missing.map(({ name, label, note }) => (
            <li key={name}>
              {label}
              <span>{note}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** 企业微信群机器人 is 企业微信 in a column of a table. */
function shortLabel(label: string): string {
  return label.replace(/群机器人$/, "");
}

/** The wishes as they will be once saved. */
function shown(wishes: NoticeWishes, { ways, ...rest }: WishesPatch): NoticeWishes {
  return { ...wishes, ...rest, ways: { ...wishes.ways, ...ways } } as NoticeWishes;
}
