import { useLingui } from "@lingui/react/macro";
import { allGroups, type Draft, isPossible } from "@/rooms/access/roleDraft";
import type { Vocabulary } from "@/rooms/access/roleTypes";
import { Segments } from "@/rooms/access/Segments";

interface RoleFieldsProps {
  draft: Draft;
  words: Vocabulary;
  disabled: boolean;
  onChange: (draft: Draft) => void;
}

/** The matrix of field groups and levels. The head of a column sets all of it. */
export function RoleFields({ draft, words, disabled, onChange }: RoleFieldsProps) {
  const { t } = useLingui();
  return (
    <ul className="role-rows role-matrix">
      {!disabled && (
        <li className="role-matrix-head">
          <span className="role-what faint">{t`整列设成`}</span>
          <span className="segments is-matrix">
            {words.levels.map(({ name, label }) => (
              <button
                key={name}
                type="button"
                className="segment"
                onClick={() => onChange(allGroups(draft, name, words))}
                aria-label={t`全部设成“${label}”`}
              >
                {label}
              </button>
            ))}
          </span>
        </li>
      )}
      {words.groups.map((group) => (
        <li key={group.name}>
          <span className="role-what">
            <strong>{group.label}</strong>
            <small>{group.note}</small>
          </span>
          <Segments
            isMatrix
            label={group.label}
            value={draft.fields[group.name]}
            disabled={disabled}
            options={words.levels.map((one) => ({
              value: one.name,
              label: one.label,
              isMissing: !isPossible(group, one.name),
            }))}
            onChange={(level) =>
              onChange({ ...draft, fields: { ...draft.fields, [group.name]: level } })
            }
          />
        </li>
      ))}
    </ul>
  );
}
