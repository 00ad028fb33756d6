import { useLingui } from "@lingui/react/macro";
import type { StartedOut } from "@/api/generated/zhike.schemas";

/** Why it was not started with the one it was meant for. */
export function useRefusedText(): (started: StartedOut) => string {
  const { t } = useLingui();
  return ({ why }) => {
    if (why.running) return t`这位客户已经在走这个计划了。`;
    if (why.asleep) return t`这位客户已暂停或归档，先恢复跟进再启动。`;
    if (why.too_often) return t`加上这些步骤，这个月联系的次数会超过上限。`;
    return t`这位客户不归你跟进。`;
  };
}

/** Why a plan was not started with some, in words: 2 位已经在走这个计划，1 位已暂停或归档. */
export function useSkippedText(): (started: StartedOut) => string {
  const { t } = useLingui();
  return ({ why }) => {
    const count = (name: string) => why[name] ?? 0;
    const told = [
      count("running") > 0 && t`${count("running")} 位已经在走这个计划`,
      count("asleep") > 0 && t`${count("asleep")} 位已暂停或归档`,
      count("too_often") > 0 && t`${count("too_often")} 位这样联系会太频繁`,
      count("not_yours") > 0 && t`${count("not_yours")} 位不归你跟进`,
    ];
    return told.filter(Boolean).join(t`，`);
  };
}
