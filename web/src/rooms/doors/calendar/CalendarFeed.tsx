import { CalendarOutlined, CopyOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Input, Skeleton } from "antd";
import { useState } from "react";
import { closeFeed, state as feedState, openFeed } from "@/api/generated/doors";
import type { FeedOut } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { copyText } from "@/lib/copying";
import { dayText } from "@/lib/days";
import { SettingsPart } from "@/ui/SettingsPart";
import { Trouble } from "@/ui/Trouble";
import "@/rooms/doors/calendar/calendar.css";

const feedKey = ["calendar-feed"] as const;

/** 日历订阅: one's tasks in the calendar of one's phone, at an address nobody else knows. */
export function CalendarFeed() {
  const { t } = useLingui();
  const { message, modal } = App.useApp();
  const cache = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: feedKey,
    queryFn: ({ signal }) => feedState({ signal }),
  });
  const [address, setAddress] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const attempt = async (work: () => Promise<void>) => {
    setBusy(true);
    try {
      await work();
    } catch (problem) {
      message.error(messageOf(problem));
    } finally {
      setBusy(false);
    }
  };
  const make = () =>
    attempt(async () => {
      setAddress((await openFeed()).url);
      cache.setQueryData<FeedOut>(feedKey, { made: true, last_read_on: null });
    });
  const remove = () =>
    attempt(async () => {
      await closeFeed();
      setAddress(null);
      cache.setQueryData<FeedOut>(feedKey, { made: false, last_read_on: null });
      message.success(t`停掉了，旧地址读不到任何东西`);
    });
  const askToRenew = () =>
    modal.confirm({
      title: t`换一个新地址？`,
      content: t`旧地址马上失效，订阅过的日历要用新地址重新订一次。`,
      okText: t`换新的`,
      cancelText: t`先不换`,
      onOk: make,
    });
  const askToRemove = () =>
    modal.confirm({
      title: t`停掉日历订阅？`,
      content: t`手机和电脑上的日历不会再更新。想用的时候可以再生成一个。`,
      okText: t`停掉`,
      okButtonProps: { danger: true },
      cancelText: t`不停`,
      onOk: remove,
    });
  return (
    <SettingsPart
      title={t`日历订阅`}
      note={t`把我的跟进和待办放进手机、电脑的日历，到点由日历提醒。只有事情和客户名字，没有号码。`}
    >
      {error && !data ? (
        <Trouble error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton active title={false} paragraph={{ rows: 1 }} />
      ) : (
        <>
          {address && <Address url={address} />}
          <div className="feed-state">
            {data.made ? (
              <>
                <span className="soft">
                  {data.last_read_on ? (
                    <Trans>订阅着，日历最近一次来读：{dayText(data.last_read_on)}</Trans>
                  ) : (
                    <Trans>地址有了，还没有日历来读过</Trans>
                  )}
                </span>
                <span className="feed-tools">
                  <Button loading={isBusy} onClick={askToRenew}>{t`换新地址`}</Button>
                  <Button
                    type="text"
                    danger
                    disabled={isBusy}
                    onClick={askToRemove}
                  >{t`停掉`}</Button>
                </span>
              </>
            ) : (
              <Button icon={<CalendarOutlined />} loading={isBusy} onClick={() => void make()}>
                {t`生成订阅地址`}
              </Button>
            )}
          </div>
        </>
      )}
    </SettingsPart>
  );
}

/** The address, this one time, and what to do with it. */
function Address({ url }: { url: string }) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const copy = async () => {
    if (await copyText(url)) message.success(t`复制好了`);
    else message.error(t`浏览器不让复制，请选中后自己复制`);
  };
  return (
    <div className="feed-address" role="status">
      <p>
        <Trans>地址只显示这一次，知道它的人都能看到你的安排，别发给别人。现在就订上：</Trans>
      </p>
      <div className="feed-line">
        <Input
          readOnly
          value={url}
          aria-label={t`订阅地址`}
          onFocus={(event) => event.target.select()}
        />
        <Button type="primary" icon={<CopyOutlined />} onClick={() => void copy()}>
          {t`复制`}
        </Button>
      </div>
      <dl>
        <dt>iPhone</dt>
        <dd>
          <Trans>
            在这台手机上<a href={url.replace(/^https?:/, "webcal:")}>点这里</a>
            ，选“订阅”；或打开“日历”，添加订阅日历，粘贴地址。
          </Trans>
        </dd>
        <dt>
          <Trans>安卓</Trans>
        </dt>
        <dd>
          <Trans>
            在电脑上打开 Google
            日历，“其他日历”右边点加号，选“通过网址添加”，粘贴地址；华为、小米自带的日历在“设置”里找“订阅日历”或“导入网址”。
          </Trans>
        </dd>
        <dt>Outlook</dt>
        <dd>
          <Trans>打开日历，选“添加日历”“从 Internet 订阅”，粘贴地址。</Trans>
        </dd>
      </dl>
    </div>
  );
}
