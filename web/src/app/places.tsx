import {
  AuditOutlined,
  CheckSquareOutlined,
  GlobalOutlined,
  SettingOutlined,
  SwapOutlined,
  TeamOutlined,
} from "@ant-design/icons";
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { ReactNode } from "react";
import type { Me } from "@/api/generated/zhike.schemas";
import { useMe, useReviewsWaiting } from "@/api/queries";
import { type Action, Rights } from "@/api/rights";
import { isPractising } from "@/lib/practice";

export interface Place {
  to: "/" | "/customers" | "/pool" | "/reviews" | "/doors" | "/settings";
  label: MessageDescriptor;
  icon: ReactNode;
  /** What one does there, as the command box offers it: 导入, 导出. */
  does?: { label: MessageDescriptor; needs: Action }[];
  /** Absent: everybody may go there. */
  mayEnter?: (me: Me) => boolean;
}

/** The places of the house, in the order of the navigation. Only what exists stands here. */
const PLACES: Place[] = [
  { to: "/", label: msg`今日`, icon: <CheckSquareOutlined /> },
  { to: "/customers", label: msg`客户`, icon: <TeamOutlined /> },
  { to: "/pool", label: msg`公海`, icon: <GlobalOutlined />, mayEnter: seesPool },
  { to: "/reviews", label: msg`审核`, icon: <AuditOutlined /> },
  {
    to: "/doors",
    label: msg`进出`,
    icon: <SwapOutlined />,
    does: [
      { label: msg`导入 Excel`, needs: "import" },
      { label: msg`导出`, needs: "export" },
    ],
    mayEnter: (me) => Boolean(me.rights.import || me.rights.export),
  },
  {
    to: "/settings",
    label: msg`设置`,
    icon: <SettingOutlined />,
    mayEnter: (me) => !isPractising || Boolean(me.rights.manage_tags || me.rights.delete),
  },
];

/** Are customers without an owner shown to this person? */
export function seesPool(me: Me): boolean {
  const { pool, reach } = new Rights(me).scope("customer");
  return pool || reach === "all";
}

/** The places this person goes to. 审核 only where there is such a thing for them. */
export function usePlaces(): Place[] {
  const me = useMe();
  const { used } = useReviewsWaiting();
  return PLACES.filter(
    (place) => (place.mayEnter?.(me) ?? true) && (place.to !== "/reviews" || used),
  );
}

const BESIDE_THE_THUMB = 4;

/** The places of a phone: those in reach of the thumb, and the rest, in one's own menu. */
export function usePhonePlaces(): { tabs: Place[]; rest: Place[] } {
  const places = usePlaces();
  const often = places.filter(({ to }) => to !== "/reviews");
  const tabs = often.length > BESIDE_THE_THUMB ? often.filter(({ to }) => to !== "/doors") : often;
  return { tabs, rest: places.filter((one) => !tabs.includes(one)) };
}
