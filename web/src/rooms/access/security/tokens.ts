import { t } from "@lingui/core/macro";
import type { TokenOut } from "@/api/generated/zhike.schemas";
import type { Rights } from "@/api/rights";
import { daysBetween, today } from "@/lib/days";

/** What a token may do, at most; its bearer's role narrows it further (server: access/rights.py). */
export type TokenScope = "read" | "write" | "reveal" | "import" | "export" | "manage";

export const tokenKey = ["tokens"] as const;

interface ScopeWords {
  name: TokenScope;
  label: string;
  note: string;
}

export function scopeWords(): ScopeWords[] {
  return [
    { name: "read", label: t`读取`, note: t`客户、跟进、待办，号码是打码的` },
    { name: "write", label: t`新建和修改`, note: t`录入客户、记跟进、转交、删除` },
    { name: "reveal", label: t`查看完整号码`, note: t`每看一次都记下来` },
    { name: "import", label: t`导入`, note: t`成批录入` },
    { name: "export", label: t`导出`, note: t`取走表格` },
    { name: "manage", label: t`管理`, note: t`同事、角色、设置和审计日志` },
  ];
}

export function scopeLabel(name: string): string {
  return scopeWords().find((one) => one.name === name)?.label ?? name;
}

/** The scopes that would be of any use to somebody with these rights. */
export function scopesFor(rights: Rights): ScopeWords[] {
  const useful: Record<TokenScope, boolean> = {
    read: true,
    write: true,
    reveal: rights.may("reveal"),
    import: rights.may("import"),
    export: rights.may("export") || rights.may("export_plain"),
    manage: (["manage_people", "manage_roles", "configure", "audit"] as const).some((one) =>
      rights.may(one),
    ),
  };
  return scopeWords().filter((one) => useful[one.name]);
}

/** How long a token still lasts: 一直有效, 还有 12 天, 已过期. */
export function lastingText(expiresAt: string | null, now: Date = new Date()): string {
  if (!expiresAt) return t`一直有效`;
  if (new Date(expiresAt) <= now) return t`已过期`;
  const days = daysBetween(today(now), today(new Date(expiresAt)));
  return days === 0 ? t`今天到期` : t`还有 ${days} 天到期`;
}

export function isExpired(token: TokenOut, now: Date = new Date()): boolean {
  return token.expires_at !== null && new Date(token.expires_at) <= now;
}
