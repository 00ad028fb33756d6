import { useLingui } from "@lingui/react/macro";
import { useId } from "react";
import type { ShelfOut } from "@/api/generated/zhike.schemas";
import { Chip } from "@/ui/Chip";

interface ShelvesProps {
  shelves: ShelfOut[];
  /** The set that counts. */
  chosen: string;
  /** The one whose rules stand open. */
  open: string;
  onOpen: (key: string) => void;
}

/** The sets side by side: opening one shows its rules, and changes nothing yet. */
export function Shelves({ shelves, chosen, open, onOpen }: ShelvesProps) {
  const { t } = useLingui();
  const group = useId();
  return (
    <div className="shelves" role="radiogroup" aria-label={t`看哪一套`}>
      {shelves.map((shelf) => (
        <label key={shelf.key} className={shelf.key === open ? "is-open" : ""}>
          <input
            type="radio"
            name={group}
            checked={shelf.key === open}
            onChange={() => onOpen(shelf.key)}
          />
          <span className="shelf-name">
            <strong>{shelf.name}</strong>
            {shelf.key === chosen && <Chip color="green">{t`在用`}</Chip>}
          </span>
          <span className="soft">{shelf.note}</span>
        </label>
      ))}
    </div>
  );
}
