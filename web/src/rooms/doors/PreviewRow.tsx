import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { CSSProperties, Ref } from "react";
import type { ImportRow, RowProblem } from "@/api/doors";
import type { PreviewColumn } from "@/rooms/doors/previewColumns";
import { actionWords } from "@/rooms/doors/words";
import { Chip } from "@/ui/Chip";

interface PreviewCardProps {
  row: ImportRow;
  columns: PreviewColumn[];
  /** Where the virtualiser puts it. */
  place: { "data-index": number; ref: Ref<HTMLDivElement>; style: CSSProperties };
}

interface PreviewRowProps extends PreviewCardProps {
  /** Headers of the columns one sees only after scrolling: what is wrong there is told at the left. */
  far: ReadonlySet<string>;
  /** False: nobody knows yet what will happen with it. */
  isChecked: boolean;
}

/** One row of the file, cell by cell; what is wrong stands under the cell, what stops it below. */
export function PreviewRow({ row, columns, far, isChecked, place }: PreviewRowProps) {
  const { t } = useLingui();
  const action = actionWords(row.action);
  const known = new Set(columns.map((column) => column.header));
  const below = row.problems.filter(
    (one) => one.level === "refused" || !known.has(one.column) || far.has(one.column),
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: placed by the virtualiser, a table row cannot be
    <div
      {...place}
      role="row"
      tabIndex={-1}
      className={row.action === "refuse" ? "preview is-refused" : "preview"}
    >
      <div className="preview-cells">
        {/* biome-ignore lint/a11y/useSemanticElements: see above */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: not interactive */}
        <span role="rowheader" className="preview-number">
          <span className="number">{row.row}</span>
          {isChecked && <Chip color={action.color}>{action.text}</Chip>}
        </span>
        {columns.map((column) => (
          <PreviewCell
            key={column.header}
            value={row.values[column.header] ?? ""}
            isLeftOut={column.field === null}
            problems={row.problems.filter((one) => one.column === column.header)}
          />
        ))}
      </div>
      {below.map((problem) => (
        <p key={problem.column + problem.message} className={`preview-below is-${problem.level}`}>
          {far.has(problem.column) && t`${problem.column}：`}
          {problem.message}
        </p>
      ))}
    </div>
  );
}

interface PreviewCellProps {
  value: string;
  isLeftOut: boolean;
  problems: RowProblem[];
}

function PreviewCell({ value, isLeftOut, problems }: PreviewCellProps) {
  const level = problems.find((one) => one.level !== "warning")?.level ?? problems[0]?.level;
  const className = `${level ? `is-${level}` : ""} ${isLeftOut ? "is-left-out" : ""}`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a cell of a table made of divs
    <span role="cell" className={className} title={value}>
      <span className="preview-value">{value}</span>
      {problems
        .filter((one) => one.level !== "refused")
        .map((problem) => (
          <small key={problem.message}>{problem.message}</small>
        ))}
    </span>
  );
}

const SHOWN = 3;

/** One row on the phone: who it is, what is wrong with it. */
export function PreviewCard({ row, columns, place }: PreviewCardProps) {
  const { t } = useLingui();
  const action = actionWords(row.action);
  const filled = columns.filter((column) => row.values[column.header]);
  const title = filled[0] ? row.values[filled[0].header] : t`（空）`;
  const facts = filled.slice(1, 1 + SHOWN);
  return (
    <div {...place} className={row.action === "refuse" ? "preview is-refused" : "preview"}>
      <div className="preview-card">
        <div className="preview-card-head">
          <strong>{title}</strong>
          <Chip color={action.color}>{action.text}</Chip>
          <span className="faint number">
            <Trans>第 {row.row} 行</Trans>
          </span>
        </div>
        {row.problems.map((problem) => (
          <p key={problem.column + problem.message} className={`preview-told is-${problem.level}`}>
            {problem.column && problem.level !== "refused" && (
              <span className="soft">
                {problem.column} {row.values[problem.column]}
                <br />
              </span>
            )}
            {problem.message}
          </p>
        ))}
        {row.problems.length === 0 && (
          <p className="soft">
            {facts.map((column) => row.values[column.header]).join(" · ")}
            {filled.length > 1 + SHOWN && (
              <>
                {" "}
                <Plural value={filled.length - 1 - SHOWN} one="等 # 项" other="等 # 项" />
              </>
            )}
          </p>
        )}
      </div>
    </div>
  );
}
