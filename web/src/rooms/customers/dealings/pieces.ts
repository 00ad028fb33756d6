/** A quantity as people read it: 1,200 for "1200.000", 2.5 for "2.500". */
export function piecesText(quantity: string): string {
  const [whole = "", rest = ""] = quantity.split(".");
  const marked = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  const decimals = rest.replace(/0+$/, "");
  return decimals ? `${marked}.${decimals}` : marked;
}
