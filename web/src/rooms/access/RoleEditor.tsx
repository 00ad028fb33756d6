import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { Alert, App } from "antd";
import { useEffect, useState } from "react";
import { ApiProblem, messageOf } from "@/api/problem";
import { RoleActions } from "@/rooms/access/RoleActions";
import { RoleFields } from "@/rooms/access/RoleFields";
import { RoleNames, RoleSignIn } from "@/rooms/access/RoleNames";
import { RoleSaveBar } from "@/rooms/access/RoleSaveBar";
import { RoleScopes } from "@/rooms/access/RoleScopes";
import { changeRole, listRoles } from "@/rooms/access/roleApi";
import { changeBetween, type Draft, differences, draftOf } from "@/rooms/access/roleDraft";
import { roleKey } from "@/rooms/access/roleQueries";
import { contradictions, summaryText } from "@/rooms/access/roleSummary";
import type { Role, Vocabulary } from "@/rooms/access/roleTypes";
import { SettingsPart } from "@/ui/SettingsPart";

interface RoleEditorProps {
  role: Role;
  words: Vocabulary;
  onDirty: (isDirty: boolean) => void;
}

/** Everything a role grants on one screen. What is changed waits for 保存; when somebody else saved
 * first, theirs is shown and one's own changes go on top of it. */
export function RoleEditor({ role, words, onDirty }: RoleEditorProps) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const [base, setBase] = useState(role);
  const [draft, setDraft] = useState<Draft>(() => draftOf(role));
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [theirs, setTheirs] = useState<string[] | null>(null);
  const mine = differences(base, draft, words);
  const isDirty = mine.length > 0;
  useEffect(() => onDirty(isDirty), [isDirty, onDirty]);
  // Somebody else's save is taken over at once where nothing of one's own is in the way.
  if (!isDirty && !isBusy && role.version > base.version) {
    setBase(role);
    setDraft(draftOf(role));
  }

  const reset = () => {
    setDraft(draftOf(base));
    setProblem(null);
  };
  const save = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const saved = await changeRole(role.id, {
        ...changeBetween(base, draft),
        version: base.version,
      });
      setBase(saved);
      setDraft(draftOf(saved));
      setTheirs(null);
      await cache.invalidateQueries({ queryKey: roleKey });
      void cache.invalidateQueries({ queryKey: ["me"] });
      void cache.invalidateQueries({ queryKey: ["people"] });
      message.success(t`保存了，用这个角色的人下一次点击就按新的来`);
    } catch (error) {
      if (error instanceof ApiProblem && error.isStale) await merge().catch(tell);
      else if (error instanceof ApiProblem) setProblem(error);
      else tell(error);
    } finally {
      setBusy(false);
    }
  };
  const tell = (error: unknown) => message.error(messageOf(error));
  const merge = async () => {
    const { items } = await listRoles();
    const now = items.find((one) => one.id === role.id);
    if (!now) return;
    const change = changeBetween(base, draft, now);
    setTheirs(differences(base, now, words));
    setBase(now);
    setDraft({
      ...draftOf(now),
      ...change,
      scopes: { ...now.scopes, ...change.scopes },
      fields: { ...now.fields, ...change.fields },
    });
  };
  const problemOf = (field: string) => problem?.errors.find((one) => one.field === field)?.message;
  const unplaced = problem?.errors.some((one) => ["name", "note"].includes(one.field))
    ? null
    : problem?.message;
  const part = { draft, words, disabled: role.fixed, onChange: setDraft };
  return (
    <div className="role-editor">
      <div className="role-summary" aria-live="polite">
        <p>{summaryText(draft, words)}</p>
        {contradictions(draft, words).map((text) => (
          <p key={text} className="role-doubt">
            {text}
          </p>
        ))}
      </div>
      {role.fixed && (
        <Alert
          type="info"
          showIcon
          title={t`管理员的权限固定不变`}
          description={t`总得有人打得开每一扇门：管理员的权限改不了，就不会有谁不小心把所有人都关在外面。要少给谁一些，换一个角色给他。`}
        />
      )}
      {!role.fixed && <RoleNames draft={draft} problem={problemOf("name")} onChange={setDraft} />}
      <SettingsPart title={t`看得到哪些记录`} note={t`没选到的，列表、查找、统计里都不会出现。`}>
        <RoleScopes {...part} />
      </SettingsPart>
      <SettingsPart
        title={t`看得到哪些内容`}
        note={t`电话、邮箱、证件平时总是打码；“可看”以上才能逐个点开，点开都有记录。`}
      >
        <RoleFields {...part} />
      </SettingsPart>
      <SettingsPart title={t`可以做什么`}>
        <RoleActions {...part} />
      </SettingsPart>
      <RoleSignIn draft={draft} onChange={setDraft} />
      {(isDirty || theirs) && (
        <RoleSaveBar
          changes={mine}
          theirs={theirs}
          problem={unplaced ?? null}
          isBusy={isBusy}
          onReset={() => {
            reset();
            setTheirs(null);
          }}
          onSave={save}
        />
      )}
    </div>
  );
}
