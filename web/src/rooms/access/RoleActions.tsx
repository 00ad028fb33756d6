import { Checkbox } from "antd";
import type { Action } from "@/api/rights";
import type { Draft } from "@/rooms/access/roleDraft";
import type { Vocabulary } from "@/rooms/access/roleTypes";

interface RoleActionsProps {
  draft: Draft;
  words: Vocabulary;
  disabled: boolean;
  onChange: (draft: Draft) => void;
}

/** What may be done, section by section, each with what it means. */
export function RoleActions({ draft, words, disabled, onChange }: RoleActionsProps) {
  const sections = [...new Set(words.actions.map((one) => one.section))];
  const set = (name: Action, isOn: boolean) => {
    const others = draft.actions.filter((one) => one !== name);
    onChange({ ...draft, actions: isOn ? [...others, name] : others });
  };
  return (
    <div className="role-actions">
      {sections.map((section) => (
        <fieldset key={section} disabled={disabled}>
          <legend>{section}</legend>
          {words.actions
            .filter((one) => one.section === section)
            .map(({ name, label, note }) => (
              <Checkbox
                key={name}
                checked={draft.actions.includes(name)}
                disabled={disabled}
                onChange={(event) => set(name, event.target.checked)}
              >
                <span className="role-what">
                  {label}
                  <small>{note}</small>
                </span>
              </Checkbox>
            ))}
        </fieldset>
      ))}
    </div>
  );
}
