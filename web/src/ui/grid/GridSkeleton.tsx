const ROWS = [64, 48, 72, 56, 80, 60, 44, 68, 52, 76, 58, 66];

/** Grey bars where the rows will stand: the page keeps its shape while the first ones come. */
export function GridSkeleton({
  columns,
  isSelectable,
}: {
  columns: number;
  isSelectable: boolean;
}) {
  return (
    <div className="grid-body grid-skeleton" aria-hidden>
      {ROWS.map((width, row) => (
        <div key={width} className="grid-row">
          {isSelectable && <div className="grid-cell grid-check" />}
          {Array.from({ length: columns }, (_, column) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: grey bars have no identity
            <div key={column} className="grid-cell">
              <span
                className="bar"
                style={{ width: `${((width + column * 17 + row * 5) % 60) + 30}%` }}
              />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
