/** Where the practice workspace lies. A page belongs to it by its address, so of two tabs one may
 * practise while the other works. */
const PRACTICE = "/practice";

/** Does this page belong to the practice workspace? */
export const isPractising = new RegExp(`^${PRACTICE}(/|$)`).test(window.location.pathname);

/** Where the addresses of the pages begin. */
export const basePath = isPractising ? PRACTICE : "/";

/** The address of the API for this page. Of the workspace itself one always asks the real one. */
export function apiPath(path: string): string {
  const isOurs = path.startsWith("/api/") && !path.startsWith("/api/v1/practice");
  return isPractising && isOurs ? PRACTICE + path : path;
}

/** The address of a page as the router knows it. */
export function pagePath(pathname: string): string {
  return isPractising ? pathname.slice(PRACTICE.length) || "/" : pathname;
}

/** The address of a page as the browser knows it, for links that open a tab of their own. */
export function pageAddress(path: string): string {
  return isPractising ? PRACTICE + path : path;
}

/** A whole new page on the other side: nothing of one stays in memory for the other. */
export function goPractising(): void {
  window.location.assign(`${PRACTICE}/`);
}

export function leavePractice(): void {
  window.location.assign("/");
}
