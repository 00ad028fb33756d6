import { Trans, useLingui } from "@lingui/react/macro";
import { Checkbox } from "antd";
import type { Kind, Scope } from "@/api/rights";
import type { Draft } from "@/rooms/access/roleDraft";
import type { Vocabulary } from "@/rooms/access/roleTypes";
import { Segments } from "@/rooms/access/Segments";

interface RolePartProps {
  draft: Draft;
  words: Vocabulary;
  disabled: boolean;
  onChange: (draft: Draft) => void;
}

/** Which records: a reach for each kind, and apart from it those shared and those in the pool. */
export function RoleScopes({ draft, words, disabled, onChange }: RolePartProps) {
  const { t } = useLingui();
  const set = (kind: Kind, part: Partial<Scope>) =>
    onChange({
      ...draft,
      scopes: { ...draft.scopes, [kind]: { ...draft.scopes[kind], ...part } },
    });
  return (
    <ul className="role-rows">
      {words.kinds.map(({ name, label, note }) => {
        const scope = draft.scopes[name];
        const isAll = scope.reach === "all";
        const extra = (part: "shared" | "pool", text: string) => (
          <Checkbox
            checked={isAll || scope[part]}
            disabled={disabled || isAll}
            onChange={(event) => set(name, { [part]: event.target.checked })}
            aria-label={`${label}：${text}`}
          >
            {text}
          </Checkbox>
        );
        return (
          <li key={name} className="role-scope">
            <span className="role-what">
              <strong>{label}</strong>
              <small>{note}</small>
            </span>
            <span className="role-choice">
              <Segments
                label={t`${label}看哪些`}
                value={scope.reach}
                disabled={disabled}
                options={words.reaches.map((one) => ({ value: one.name, label: one.label }))}
                onChange={(reach) => set(name, { reach })}
              />
              {/* A task belongs to a person, not to the pool, and is not shared. */}
              {name !== "task" && (
                <span className="role-extras" title={isAll ? t`“全部”里已经有了` : undefined}>
                  <span className="faint">
                    <Trans>另加</Trans>
                  </span>
                  {extra("shared", t`共享给我的`)}
                  {extra("pool", t`公海`)}
                </span>
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
