import { TeamOutlined } from "@ant-design/icons";
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { ReactNode } from "react";
import type { Me } from "@/api/types";

export interface Place {
  to: "/customers";
  label: MessageDescriptor;
  icon: ReactNode;
  /** Absent: everybody may go there. */
  mayEnter?: (me: Me) => boolean;
}

/** The places of the house, in the order of the navigation. Only what exists stands here. */
export const PLACES: Place[] = [{ to: "/customers", label: msg`客户`, icon: <TeamOutlined /> }];
