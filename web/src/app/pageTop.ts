let shown = "";

/** Where the router scrolls to the top: the page itself, when another one is shown, or another
 * part of the settings. What opens beside a list leaves the list where it is; going back, the
 * router puts a page where it was. */
export function pageTop(): Element | null {
  const { pathname, search } = window.location;
  const asked = new URLSearchParams(search);
  const now = `${pathname} ${asked.get("part")} ${asked.get("role")}`;
  if (now === shown) return null;
  shown = now;
  return document.getElementById("main");
}
