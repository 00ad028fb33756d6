import { BellOutlined, CheckOutlined, SettingOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { useRouter } from "@tanstack/react-router";
import { App, Button, Drawer, Segmented, Skeleton } from "antd";
import { type KeyboardEvent, useState } from "react";
import type { Notice } from "@/api/notices";
import { messageOf } from "@/api/problem";
import { isPractising } from "@/lib/practice";
import { useIsPhone } from "@/lib/screen";
import { NoticeLine } from "@/rooms/trail/notices/NoticeLine";
import { grouped, hrefOf, SETTINGS_HREF } from "@/rooms/trail/notices/notices";
import { useNotices, useReading } from "@/rooms/trail/notices/queries";
import { EmptyState } from "@/ui/EmptyState";
import { Focused } from "@/ui/Focused";
import { MoreWhenSeen } from "@/ui/MoreWhenSeen";
import { Trouble } from "@/ui/Trouble";

interface NoticePanelProps {
  isOpen: boolean;
  unread: number;
  onClose: () => void;
}

/** What one was told, the latest first; each leads to what it is about. */
export function NoticePanel({ isOpen, unread, onClose }: NoticePanelProps) {
  const { t } = useLingui();
  const isPhone = useIsPhone();
  const router = useRouter();
  const { message } = App.useApp();
  const [isUnread, setUnread] = useState(false);
  const list = useNotices(isUnread, isOpen);
  const reading = useReading();
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const read = (which: number[] | "all") =>
    reading(which).catch((error: unknown) => void message.error(messageOf(error)));
  const close = () => {
    setUnread(false);
    onClose();
  };
  const go = (href: string) => {
    close();
    void router.navigate({ href });
  };
  const open = (notice: Notice) => {
    if (notice.read_at === null) void read([notice.id]);
    const href = hrefOf(notice);
    if (href) go(href);
  };
  const titles = { today: t`今天`, earlier: t`更早` };
  return (
    <Drawer
      className="notice-panel"
      title={t`通知`}
      open={isOpen}
      onClose={close}
      onKeyDown={step}
      placement={isPhone ? "bottom" : "right"}
      size={isPhone ? "92dvh" : 420}
      destroyOnHidden
      extra={
        <Button
          type="text"
          size="small"
          icon={<CheckOutlined />}
          disabled={unread === 0}
          onClick={() => void read("all")}
        >
          {t`全部已读`}
        </Button>
      }
      // How one is told is not for practising.
      footer={
        !isPractising && (
          <a
            href={SETTINGS_HREF}
            className="notice-settings"
            onClick={(event) => {
              event.preventDefault();
              go(SETTINGS_HREF);
            }}
          >
            <SettingOutlined /> {t`怎么通知我`}
          </a>
        )
      }
    >
      <Focused>
        <Segmented
          block
          value={isUnread ? "unread" : "all"}
          onChange={(which) => setUnread(which === "unread")}
          options={[
            { value: "all", label: t`全部` },
            { value: "unread", label: unread > 0 ? t`未读 ${unread}` : t`未读` },
          ]}
        />
        <div className="notice-body">
          {list.error && items.length === 0 ? (
            <Trouble error={list.error} onRetry={() => void list.refetch()} />
          ) : list.isPending ? (
            <Skeleton active title={false} paragraph={{ rows: 8 }} />
          ) : items.length === 0 ? (
            <Nothing isUnread={isUnread} />
          ) : (
            grouped(items).map(({ when, items: some }) => (
              <section key={when} aria-label={titles[when]}>
                <h3>{titles[when]}</h3>
                <ul>
                  {some.map((notice) => (
                    <NoticeLine
                      key={notice.id}
                      notice={notice}
                      onOpen={() => open(notice)}
                      onRead={() => void read([notice.id])}
                    />
                  ))}
                </ul>
              </section>
            ))
          )}
          {list.hasNextPage && (
            <MoreWhenSeen
              isLoading={list.isFetchingNextPage}
              onSeen={() => {
                if (!list.isFetchingNextPage) void list.fetchNextPage();
              }}
            />
          )}
        </div>
      </Focused>
    </Drawer>
  );
}

function Nothing({ isUnread }: { isUnread: boolean }) {
  const { t } = useLingui();
  return isUnread ? (
    <EmptyState icon={<CheckOutlined />} title={t`都看过了`} />
  ) : (
    <EmptyState icon={<BellOutlined />} title={t`还没有通知`}>
      <Trans>到点的待办、快到期的合同、客户生日、同事转来的客户，都会在这里告诉你。</Trans>
    </EmptyState>
  );
}

/** Up and down go from notice to notice; in 全部 and 未读 they choose. */
function step(event: KeyboardEvent<HTMLElement>): void {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by || event.target instanceof HTMLInputElement) return;
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>(".notice-open")];
  const at = all.indexOf(document.activeElement as HTMLElement);
  const next = all[at === -1 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
