import { BellOutlined } from "@ant-design/icons";
import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Button } from "antd";
import { lazy, Suspense, useCallback, useState } from "react";
import { useShortcut } from "@/lib/keys";
import { useTitleCount } from "@/lib/screen";
import { badgeText } from "@/rooms/trail/notices/notices";
import { useUnread } from "@/rooms/trail/notices/queries";
import { useListening } from "@/rooms/trail/notices/useListening";
import { useToasts } from "@/rooms/trail/notices/useToasts";
import "@/rooms/trail/notices/notices.css";

const NoticePanel = lazy(() =>
  import("@/rooms/trail/notices/NoticePanel").then((m) => ({ default: m.NoticePanel })),
);

/** The bell in the head of every page: how many notices wait, and the way to them. */
export function Bell() {
  const { t } = useLingui();
  const unread = useUnread();
  const badge = badgeText(unread);
  const [isOpen, setOpen] = useState(false);
  const [wasOpen, setWasOpen] = useState(false);
  const open = useCallback(() => {
    setWasOpen(true);
    setOpen(true);
  }, []);
  useListening(useToasts(open));
  useTitleCount(badge);
  useShortcut({ keys: "b", label: t`看通知`, group: t`随时`, run: open });
  const waiting = plural(unread, { one: "# 条未读", other: "# 条未读" });
  const label = unread > 0 ? t`通知，${waiting}` : t`通知`;
  return (
    <>
      <Button
        type="text"
        className="bell"
        icon={<BellOutlined />}
        aria-label={label}
        aria-haspopup="dialog"
        title={t`通知 B`}
        onClick={open}
      >
        {badge && (
          <span className="bell-count number" aria-hidden>
            {badge}
          </span>
        )}
      </Button>
      {wasOpen && (
        <Suspense fallback={null}>
          <NoticePanel isOpen={isOpen} unread={unread} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
