import {
  CalendarOutlined,
  EnvironmentOutlined,
  MailOutlined,
  MessageOutlined,
  PhoneOutlined,
  ShareAltOutlined,
  VideoCameraOutlined,
  WechatOutlined,
} from "@ant-design/icons";
import type { ReactNode } from "react";

const ICONS: Record<string, ReactNode> = {
  phone: <PhoneOutlined />,
  visit: <EnvironmentOutlined />,
  email: <MailOutlined />,
  event: <CalendarOutlined />,
  meeting: <VideoCameraOutlined />,
  social: <ShareAltOutlined />,
  wecom: <WechatOutlined />,
};

/** The sign of a way of following up (跟进方式): a telephone, an envelope … */
export function wayIcon(way: string): ReactNode {
  return ICONS[way] ?? <MessageOutlined />;
}
