import { t } from "@lingui/core/macro";
import type { PoolRulesOut } from "@/api/generated/zhike.schemas";

export const UNLIMITED = 0;

/** What the rules come to, in the words of somebody who explains them to a new colleague. */
export function rulesText(rules: PoolRulesOut): string[] {
  return [falls(rules), claims(rules)];
}

function falls(rules: PoolRulesOut): string {
  if (!rules.is_on) return t`现在不自动收回，公海里只有同事放回来的和还没分配的客户。`;
  const { days, new_days: fresh, notice_days: notice } = rules;
  const when =
    days === fresh
      ? t`客户 ${days} 天没人跟进，就回到公海`
      : t`客户 ${days} 天没人跟进（从没跟进过的 ${fresh} 天），就回到公海`;
  const warned =
    notice > 0 ? t`${when}；收回前 ${notice} 天提醒负责人和主管。` : t`${when}，不提前提醒。`;
  const kept = rules.keeps_key
    ? t`还在合作的客户和重点客户永远不收。`
    : t`还在合作的客户永远不收。`;
  return warned + kept;
}

function claims(rules: PoolRulesOut): string {
  const { claims_per_day: perDay, capacity, rest_days: rest } = rules;
  if (perDay === 0) return t`目前谁也不能从公海领客户。`;
  const most =
    capacity === UNLIMITED
      ? t`每人每天最多领 ${perDay} 位`
      : t`每人每天最多领 ${perDay} 位，名下最多 ${capacity} 位`;
  return rest > 0
    ? t`${most}；从谁那里回到公海的，谁 ${rest} 天内不能再领。`
    : t`${most}；回到公海的，原来的负责人也可以马上再领。`;
}

/** What one cannot mean: a notice as long as the time itself, so that everybody is warned at once. */
export function doubt(rules: PoolRulesOut): string | null {
  if (!rules.is_on || rules.notice_days < Math.min(rules.days, rules.new_days)) return null;
  return t`提前提醒的天数赶上了收回的天数，客户一到手就会提醒。`;
}
