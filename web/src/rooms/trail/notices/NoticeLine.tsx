import { useLingui } from "@lingui/react/macro";
import type { MouseEvent } from "react";
import type { Notice } from "@/api/notices";
import { dayOf, momentText, planText, timeText } from "@/lib/days";
import { pageAddress } from "@/lib/practice";
import { lookOf } from "@/rooms/trail/notices/kinds";
import { bodyLines, hrefOf, lateText } from "@/rooms/trail/notices/notices";
import { Chip } from "@/ui/Chip";

interface NoticeLineProps {
  notice: Notice;
  onOpen: () => void;
  onRead: () => void;
}

/** One notice: what, about whom, when, and how late it came. */
export function NoticeLine({ notice, onOpen, onRead }: NoticeLineProps) {
  const { t } = useLingui();
  const { icon, tone } = lookOf(notice.kind);
  const isNew = notice.read_at === null;
  const late = lateText(notice.late_minutes);
  const href = hrefOf(notice);
  const body = bodyLines(notice);
  const follow = (event: MouseEvent) => {
    // A new tab, if that is what was asked for, is the browser's business.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    onOpen();
  };
  const what = (
    <>
      <strong>{notice.title}</strong>
      {isNew && <span className="visually-hidden">{t`（未读）`}</span>}
    </>
  );
  const meantFor = `${planText(dayOf(notice.due_at))} ${timeText(notice.due_at)}`;
  const full = `${planText(dayOf(notice.created_at))} ${timeText(notice.created_at)}`;
  return (
    <li className={`notice ${isNew ? "is-new" : ""}`}>
      <span className={`notice-icon is-${tone}`} aria-hidden>
        {icon}
      </span>
      <div className="notice-what">
        {href ? (
          <a className="notice-open" href={pageAddress(href)} onClick={follow}>
            {what}
          </a>
        ) : (
          <button type="button" className="notice-open" onClick={onOpen}>
            {what}
          </button>
        )}
        {body.map((line) => (
          <p key={line}>{line}</p>
        ))}
        <small>
          {notice.customer && !notice.title.includes(notice.customer.name) && (
            <span>{notice.customer.name} · </span>
          )}
          <time dateTime={notice.created_at} title={full}>
            {momentText(notice.created_at)}
          </time>
          {late && (
            <Chip color="amber" title={t`本应在${meantFor}提醒`}>
              {late}
            </Chip>
          )}
        </small>
      </div>
      {isNew && (
        <button
          type="button"
          className="notice-dot"
          aria-label={t`标为已读：${notice.title}`}
          title={t`标为已读`}
          onClick={onRead}
        />
      )}
    </li>
  );
}
