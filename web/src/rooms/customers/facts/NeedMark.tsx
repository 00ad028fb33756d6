import { useLingui } from "@lingui/react/macro";
import type { Need } from "@/api/fields";
import "@/rooms/customers/facts/facts.css";

/** 必填 or 推荐, in small beside the name of a field. */
export function NeedMark({ need }: { need: Need }) {
  const { t } = useLingui();
  if (need === "optional") return null;
  return <small className={`need is-${need}`}>{need === "required" ? t`必填` : t`推荐`}</small>;
}
