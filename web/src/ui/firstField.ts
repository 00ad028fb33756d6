import type { RefObject } from "react";

const FIELDS = "input:enabled:not([hidden]), textarea:enabled";

/** For `afterOpenChange` of a window that may open over another one: the lower one keeps the focus
 * until this one stands, and takes it from a field that has `autoFocus`. */
export function toFirstField(content: RefObject<HTMLElement | null>) {
  return (isOpen: boolean) => {
    const place = content.current;
    if (isOpen && !place?.querySelector(":is(input, textarea):focus")) {
      place?.querySelector<HTMLElement>(FIELDS)?.focus();
    }
  };
}
