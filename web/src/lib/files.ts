const KEPT = 10_000;

/** Hands the reader a file made here in the page. */
export function saveAs(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // Some browsers ask for it only after the click.
  setTimeout(() => URL.revokeObjectURL(url), KEPT);
}
