import { useLingui } from "@lingui/react/macro";
import { Segmented } from "antd";
import { useState } from "react";
import type { ImportOut, RowFilter } from "@/api/doors";
import { countText } from "@/lib/money";
import { RowsPreview } from "@/rooms/doors/RowsPreview";
import { waitsForMapping } from "@/rooms/doors/words";

/** The rows before they are written: those with something to tell first. */
export function RowsLook({ of }: { of: ImportOut }) {
  const { t } = useLingui();
  const [chosen, setChosen] = useState<RowFilter | null>(null);
  // A row that is left out may carry a warning as well: never more than there are.
  const troubled = Math.min(of.counts.refused + of.counts.warnings, of.counts.rows);
  const waits = waitsForMapping(of);
  const only = chosen ?? (troubled > 0 ? "problems" : "all");
  return (
    <section className="rows-look" aria-label={t`表里的内容`}>
      {!waits && (
        <div className="rows-bar">
          <Segmented
            aria-label={t`看哪些行`}
            value={only}
            onChange={setChosen}
            options={[
              { value: "problems", label: t`有问题的 ${countText(troubled)}` },
              { value: "all", label: t`全部 ${countText(of.counts.rows)}` },
            ]}
          />
        </div>
      )}
      {of.state === "failed" ? null : <RowsPreview of={of} only={only} />}
    </section>
  );
}
