import { t } from "@lingui/core/macro";
import type { Kind, Level } from "@/api/rights";
import { currentLanguage } from "@/lib/i18n";
import { type Draft, list, sameScope, scopeText } from "@/rooms/access/roleDraft";
import type { Vocabulary } from "@/rooms/access/roleTypes";

/** A role in plain sentences: whose customers, what of them, what may be done. */
export function summary(draft: Draft, words: Vocabulary): string[] {
  return [
    customersSentence(draft, words),
    ...recordsSentence(draft, words),
    fieldsSentence(draft, words),
    actionsSentence(draft, words),
    ...(draft.needs_second_factor ? [t`登录必须两步验证。`] : []),
  ];
}

/** The sentences as one paragraph. */
export function summaryText(draft: Draft, words: Vocabulary): string {
  return summary(draft, words).join(currentLanguage() === "en" ? " " : "");
}

/** Choices that cannot work together, each with its remedy. */
export function contradictions(draft: Draft, words: Vocabulary): string[] {
  const told: string[] = [];
  const has = (name: Draft["actions"][number]) => draft.actions.includes(name);
  const sealed = words.groups.filter(({ name }) => SEALED.has(name));
  const isReadable = sealed.some(({ name }) => ["read", "edit"].includes(draft.fields[name]));
  if (has("reveal") && !isReadable) {
    const labels = list(sealed.map((one) => one.label));
    told.push(t`勾了“查看完整号码”，可${labels}都没到“可看”，点不开。至少把一项调到“可看”。`);
  }
  if (has("export_plain") && !has("export")) {
    told.push(t`勾了“导出完整号码”，还要勾上“导出”才用得上。`);
  }
  if (!seesCustomers(draft)) {
    told.push(t`看不到任何客户，下面的字段权限和多数操作用不上。`);
  }
  if (has("create") && draft.fields.basic !== "edit") {
    told.push(t`勾了“新建客户”，可“基本信息”不能改，名称填不进去。`);
  }
  return told;
}

const SEALED: ReadonlySet<string> = new Set(["identity", "address", "phone", "email"]);
const OF_CUSTOMERS: Kind[] = ["follow_up", "care", "feedback"];

function seesCustomers({ scopes }: Draft): boolean {
  const { reach, shared, pool } = scopes.customer;
  return reach !== "none" || shared || pool;
}

function customersSentence(draft: Draft, words: Vocabulary): string {
  if (!seesCustomers(draft)) return t`看不到任何客户。`;
  if (draft.scopes.customer.reach === "all") return t`看得到全部客户。`;
  return t`看得到${scopeText(draft.scopes.customer, words)}客户。`;
}

/** Kinds of records that reach as far as the customers need no words each. */
function recordsSentence(draft: Draft, words: Vocabulary): string[] {
  const { scopes } = draft;
  const label = (name: Kind) => words.kinds.find((one) => one.name === name)?.label ?? name;
  const told: string[] = [];
  const isWhole = (kind: Kind) =>
    scopes[kind].reach === "all" || sameScope(scopes[kind], scopes.customer);
  const whole = OF_CUSTOMERS.filter(isWhole);
  if (seesCustomers(draft)) {
    if (whole.length > 0) told.push(t`这些客户的${list(whole.map(label))}都能看`);
    for (const kind of OF_CUSTOMERS.filter((one) => !isWhole(one))) {
      const scope = scopes[kind];
      const isNone = scope.reach === "none" && !scope.shared && !scope.pool;
      told.push(
        isNone
          ? t`${label(kind)}只看自己写的`
          : t`${label(kind)}只看${scopeText(scope, words)}客户的`,
      );
    }
  }
  const reach = scopes.task.reach;
  if (reach === "all") told.push(t`所有人的待办都能看`);
  else if (reach === "team" || reach === "below") {
    told.push(t`待办能看${scopeText({ ...scopes.task, shared: false, pool: false }, words)}`);
  } else told.push(t`待办只看自己的`);
  return [sentence(told)];
}

function fieldsSentence(draft: Draft, words: Vocabulary): string {
  const labels = (level: Level) =>
    words.groups.filter(({ name }) => draft.fields[name] === level).map((one) => one.label);
  const [hidden, masked, read, edit] = (["hidden", "masked", "read", "edit"] as const).map(labels);
  if (hidden?.length === words.groups.length - 1) return t`除了基本信息，什么内容都看不到。`;
  const told: string[] = [];
  if (hidden?.length) told.push(t`看不到${list(hidden)}`);
  if (masked?.length) told.push(t`${list(masked)}打码`);
  const isFirst = told.length === 0;
  if (edit?.length && read?.length) {
    told.push(t`能改${list(edit)}`, t`其余只能看`);
  } else if (edit?.length) {
    told.push(isFirst ? t`档案里的内容都能看、能改` : t`其余能看、能改`);
  } else if (read?.length) {
    told.push(isFirst ? t`档案里的内容都能看，不能改` : t`其余能看，不能改`);
  }
  return sentence(told);
}

function sentence(parts: string[]): string {
  return currentLanguage() === "en" ? `${parts.join("; ")}.` : `${parts.join("；")}。`;
}

const NEARLY_ALL = 4;

function actionsSentence(draft: Draft, words: Vocabulary): string {
  const granted = words.actions.filter(({ name }) => draft.actions.includes(name));
  const missing = words.actions.filter(({ name }) => !draft.actions.includes(name));
  if (granted.length === 0) return t`除了看，什么都不能做。`;
  if (missing.length === 0) return t`什么操作都可以做。`;
  const names = (of: typeof granted) => list(of.map((one) => one.label));
  if (missing.length <= NEARLY_ALL) return t`除了${names(missing)}，什么操作都可以做。`;
  const noExport = draft.actions.includes("export") ? "" : t`不能导出。`;
  return t`可以${names(granted)}。${noExport}`;
}
