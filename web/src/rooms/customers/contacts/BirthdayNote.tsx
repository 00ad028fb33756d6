import { GiftOutlined } from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import type { ContactOut } from "@/api/generated/zhike.schemas";
import { birthdayText } from "@/lib/birthdays";
import { daysBetween, today } from "@/lib/days";

const SOON = 30;

/** A birthday, and how long it is until then: the nearer, the clearer. */
export function BirthdayNote({ contact }: { contact: ContactOut }) {
  const { t } = useLingui();
  const { birthday, birthday_next_on } = contact;
  if (birthday_next_on === null) return null;
  const days = Math.max(0, daysBetween(today(), birthday_next_on));
  return (
    <p className={`contact-birthday ${days <= SOON ? "is-soon" : ""}`}>
      <GiftOutlined aria-hidden /> {birthdayText(birthday)}
      <span>{days === 0 ? t`就是今天` : days === 1 ? t`就在明天` : t`还有 ${days} 天`}</span>
    </p>
  );
}
