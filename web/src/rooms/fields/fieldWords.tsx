import {
  AlignLeftOutlined,
  CalendarOutlined,
  CheckSquareOutlined,
  DashboardOutlined,
  EnvironmentOutlined,
  FieldNumberOutlined,
  FontSizeOutlined,
  GiftOutlined,
  IdcardOutlined,
  LinkOutlined,
  MailOutlined,
  MoneyCollectOutlined,
  PaperClipOutlined,
  PhoneOutlined,
  PushpinOutlined,
  ShopOutlined,
  SwapOutlined,
  TagsOutlined,
  UnorderedListOutlined,
  UserOutlined,
  WechatOutlined,
} from "@ant-design/icons";
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { ReactNode } from "react";
import type { FieldOf, FieldType, Need, OwnType } from "@/api/fields";

interface TypeWords {
  label: MessageDescriptor;
  icon: ReactNode;
}

/** What every type of field is called, and the sign it is known by. */
export const TYPES: Record<FieldType, TypeWords> = {
  text: { label: msg`单行文字`, icon: <FontSizeOutlined /> },
  long_text: { label: msg`多行文字`, icon: <AlignLeftOutlined /> },
  number: { label: msg`数字`, icon: <FieldNumberOutlined /> },
  money: { label: msg`金额`, icon: <MoneyCollectOutlined /> },
  date: { label: msg`日期`, icon: <CalendarOutlined /> },
  date_range: { label: msg`日期区间`, icon: <SwapOutlined /> },
  choice: { label: msg`单选`, icon: <UnorderedListOutlined /> },
  choices: { label: msg`多选`, icon: <TagsOutlined /> },
  yes_no: { label: msg`是/否`, icon: <CheckSquareOutlined /> },
  person: { label: msg`同事`, icon: <UserOutlined /> },
  phone: { label: msg`电话`, icon: <PhoneOutlined /> },
  email: { label: msg`邮箱`, icon: <MailOutlined /> },
  url: { label: msg`网址`, icon: <LinkOutlined /> },
  attachment: { label: msg`附件`, icon: <PaperClipOutlined /> },
  identity: { label: msg`证件号码`, icon: <IdcardOutlined /> },
  address: { label: msg`地址`, icon: <PushpinOutlined /> },
  industry: { label: msg`行业`, icon: <ShopOutlined /> },
  region: { label: msg`省市区`, icon: <EnvironmentOutlined /> },
  birthday: { label: msg`生日`, icon: <GiftOutlined /> },
  mobile: { label: msg`手机`, icon: <PhoneOutlined /> },
  landline: { label: msg`固话`, icon: <PhoneOutlined /> },
  wechat: { label: msg`微信`, icon: <WechatOutlined /> },
};

export const UNKNOWN_TYPE: TypeWords = { label: msg`其他`, icon: <DashboardOutlined /> };

/** The types one can choose, by what they are for, each in one line. */
export const PALETTE: {
  title: MessageDescriptor;
  types: { type: OwnType; note: MessageDescriptor }[];
}[] = [
  {
    title: msg`文字`,
    types: [
      { type: "text", note: msg`一句话写得下，比如车牌号` },
      { type: "long_text", note: msg`好几行，比如装修要求` },
      { type: "url", note: msg`网站、店铺链接，可以点开` },
    ],
  },
  {
    title: msg`数字和日期`,
    types: [
      { type: "number", note: msg`数量、面积，能比大小` },
      { type: "money", note: msg`会认“50万”，能加总` },
      { type: "date", note: msg`某一天，比如保单到期` },
      { type: "date_range", note: msg`从哪天到哪天，比如服务期` },
    ],
  },
  {
    title: msg`选一选`,
    types: [
      { type: "choice", note: msg`几个里选一个，带颜色` },
      { type: "choices", note: msg`可以同时选几个` },
      { type: "yes_no", note: msg`是或否，点一下就好` },
      { type: "person", note: msg`选一位同事，比如售后顾问` },
    ],
  },
  {
    title: msg`联系和文件`,
    types: [
      { type: "phone", note: msg`加密保存，平时打码` },
      { type: "email", note: msg`加密保存，平时打码` },
      { type: "attachment", note: msg`合同、照片、证书` },
    ],
  },
];

export const NEEDS: Record<Need, MessageDescriptor> = {
  required: msg`必填`,
  recommended: msg`推荐`,
  optional: msg`选填`,
};

export const NEED_NOTES: Record<Need, MessageDescriptor> = {
  required: msg`不填就存不了。新建客户越快越好，必填的越少越好。`,
  recommended: msg`不填也能存，会提醒还缺这一项。`,
  optional: msg`填不填都行，不提醒。`,
};

export const RECORDS: Record<FieldOf, MessageDescriptor> = {
  customer: msg({ message: "客户", context: "fields of" }),
  contact: msg({ message: "联系人", context: "fields of" }),
  follow_up: msg({ message: "跟进记录", context: "fields of" }),
};
