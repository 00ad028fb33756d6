import {
  AuditOutlined,
  BellOutlined,
  CalendarOutlined,
  CheckSquareOutlined,
  ClockCircleOutlined,
  ExclamationCircleOutlined,
  FallOutlined,
  ImportOutlined,
  InboxOutlined,
  QuestionCircleOutlined,
  SettingOutlined,
  SwapOutlined,
  UnorderedListOutlined,
} from "@ant-design/icons";
import type { ReactNode } from "react";

/** What a kind of notice looks like: a picture, and how much it presses. */
interface KindLook {
  icon: ReactNode;
  tone: "calm" | "soon" | "late";
}

const LOOKS: Record<string, KindLook> = {
  task_due: { icon: <ClockCircleOutlined />, tone: "soon" },
  task_given: { icon: <CheckSquareOutlined />, tone: "soon" },
  overdue: { icon: <ExclamationCircleOutlined />, tone: "late" },
  key_date: { icon: <CalendarOutlined />, tone: "calm" },
  unplanned: { icon: <QuestionCircleOutlined />, tone: "soon" },
  pool_falling: { icon: <FallOutlined />, tone: "soon" },
  pool_fell: { icon: <InboxOutlined />, tone: "late" },
  handed_over: { icon: <SwapOutlined />, tone: "calm" },
  digest: { icon: <UnorderedListOutlined />, tone: "calm" },
  review: { icon: <AuditOutlined />, tone: "calm" },
  import_done: { icon: <ImportOutlined />, tone: "calm" },
  system: { icon: <SettingOutlined />, tone: "late" },
};
const OTHER: KindLook = { icon: <BellOutlined />, tone: "calm" };

export function lookOf(kind: string): KindLook {
  return LOOKS[kind] ?? OTHER;
}
