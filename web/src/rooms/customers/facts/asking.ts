import { useEffect, useRef } from "react";

/** A field somebody asks to fill in: of the customer, or of its first contact. */
export interface AskedField {
  customer: number;
  of: string;
  field: string;
}

const asked = new EventTarget();

/** Opens the editor of a field, wherever on the customer's page it stands. */
export function askFor(field: AskedField): void {
  asked.dispatchEvent(new CustomEvent("asked", { detail: field }));
}

/** Listens for fields of one customer that are to be filled in. */
export function useAsked(customer: number, onAsked: (field: AskedField) => void): void {
  const latest = useRef(onAsked);
  useEffect(() => {
    latest.current = onAsked;
  });
  useEffect(() => {
    const listen = (event: Event) => {
      const { detail } = event as CustomEvent<AskedField>;
      if (detail.customer === customer) latest.current(detail);
    };
    asked.addEventListener("asked", listen);
    return () => asked.removeEventListener("asked", listen);
  }, [customer]);
}
