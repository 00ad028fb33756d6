import type { ContactOut } from "@/api/generated/zhike.schemas";

const REFUSED = "refused";

type Wishes = Pick<ContactOut, "do_not_contact" | "consent"> & {
  also_at?: Pick<ContactOut["also_at"][number], "do_not_contact">[];
};

/** Did somebody say they want no calls: here, or as the same person at another customer? */
export function asksForPeace({ do_not_contact, consent, also_at = [] }: Wishes): boolean {
  return (
    do_not_contact || consent === REFUSED || also_at.some((elsewhere) => elsewhere.do_not_contact)
  );
}
