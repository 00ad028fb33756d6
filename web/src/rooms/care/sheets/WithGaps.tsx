import { gapsIn } from "@/rooms/care/sheets/gaps";

/** A text whose gaps are seen to be gaps. */
export function WithGaps({ text }: { text: string }) {
  let place = 0;
  const pieces = gapsIn(text).map(({ start, end }) => {
    const before = text.slice(place, start);
    place = end;
    return (
      <span key={start}>
        {before}
        <span className="gap">{text.slice(start, end)}</span>
      </span>
    );
  });
  return (
    <>
      {pieces}
      {text.slice(place)}
    </>
  );
}
