import { useLingui } from "@lingui/react/macro";
import type { OwnType } from "@/api/fields";
import { PALETTE, TYPES } from "@/rooms/fields/fieldWords";

/** The first question about a new field: what is to be kept in it? */
export function TypePalette({ onPick }: { onPick: (type: OwnType) => void }) {
  const { t, i18n } = useLingui();
  return (
    <div className="palette-types">
      <p className="soft">{t`要记什么样的内容？建好以后类型不能改，别的都能改。`}</p>
      {PALETTE.map((group) => (
        <section key={i18n._(group.title)} aria-label={i18n._(group.title)}>
          <h3>{i18n._(group.title)}</h3>
          <ul>
            {group.types.map(({ type, note }) => (
              <li key={type}>
                <button type="button" onClick={() => onPick(type)}>
                  <span className="field-icon">{TYPES[type].icon}</span>
                  <span>
                    <strong>{i18n._(TYPES[type].label)}</strong>
                    <small>{i18n._(note)}</small>
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
