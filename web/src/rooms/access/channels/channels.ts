import { t } from "@lingui/core/macro";
import type {
  ChannelIn,
  ChannelOut,
  ChannelPatch,
  MailServer,
} from "@/api/generated/zhike.schemas";

export type Channel = ChannelOut;
export type ChannelKind = "mail" | "wecom" | "dingtalk" | "feishu";
export const CHANNEL_KINDS: ChannelKind[] = ["wecom", "dingtalk", "feishu", "mail"];

/** What the form holds; one field's worth for each thing a channel of any kind may need. */
export interface ChannelFields {
  name: string;
  address: string;
  secret: string;
  department_id: number | null;
  is_on: boolean;
  host: string;
  port: number | null;
  security: MailServer["security"];
  user: string;
  sender: string;
}

/** The mail servers most organisations here have, so that only the account is left to type. */
export interface MailPreset {
  name: string;
  host: string;
  port: number;
  security: MailServer["security"];
}

export function mailPresets(): MailPreset[] {
  const tls = { port: 465, security: "tls" } as const;
  return [
    { name: t`腾讯企业邮`, host: "smtp.exmail.qq.com", ...tls },
    { name: t`阿里企业邮`, host: "smtp.qiye.aliyun.com", ...tls },
    { name: t`QQ 邮箱`, host: "smtp.qq.com", ...tls },
    { name: t`163 邮箱`, host: "smtp.163.com", ...tls },
    { name: "Microsoft 365", host: "smtp.office365.com", port: 587, security: "starttls" },
  ];
}

/** The port that goes with a way to protect the connection. */
export const USUAL_PORTS: Record<string, number> = { tls: 465, starttls: 587, none: 25 };

export function kindName(kind: ChannelKind): string {
  return { mail: t`邮件`, wecom: t`企业微信`, dingtalk: t`钉钉`, feishu: t`飞书` }[kind];
}

/** Robots of these may have a secret of their own to sign with. */
export function mayHaveSecret(kind: ChannelKind): boolean {
  return kind !== "wecom";
}

/** A name nobody has to think of; the second of a kind gets a number. */
export function usualName(kind: ChannelKind, taken: string[]): string {
  const name = kind === "mail" ? t`公司邮件` : t`${kindName(kind)}群`;
  let number = 1;
  while (taken.includes(number === 1 ? name : `${name} ${number}`)) number += 1;
  return number === 1 ? name : `${name} ${number}`;
}

export function fieldsOf(channel: Channel | null, name: string): ChannelFields {
  const mail = channel?.settings;
  return {
    name: channel?.name ?? name,
    // Neither comes back from the server: empty means "as it is".
    address: "",
    secret: "",
    department_id: channel?.department?.id ?? null,
    is_on: channel?.is_on ?? true,
    host: mail?.host ?? "",
    port: mail?.port ?? 465,
    security: mail?.security ?? "tls",
    user: mail?.user ?? "",
    sender: mail?.sender ?? "",
  };
}

function settingsOf(fields: ChannelFields): MailServer {
  const user = fields.user.trim();
  return {
    host: fields.host.trim(),
    port: fields.port ?? USUAL_PORTS[fields.security] ?? 0,
    security: fields.security,
    user,
    // Most mail servers send in the name of the account, and nothing else.
    sender: fields.sender.trim() || user,
  };
}

export function orderOf(kind: ChannelKind, fields: ChannelFields): ChannelIn {
  const { name, is_on } = fields;
  const common = { kind, name: name.trim(), is_on, secret: fields.secret.trim() };
  if (kind === "mail") return { ...common, settings: settingsOf(fields) };
  return { ...common, address: fields.address.trim(), department_id: fields.department_id };
}

/** What was changed; an address or a secret nobody typed stays what it is. */
export function patchOf(
  channel: Channel,
  fields: ChannelFields,
  dropsSecret: boolean,
): ChannelPatch {
  const { version, kind } = channel;
  const secret = fields.secret.trim();
  const patch: ChannelPatch = { version, name: fields.name.trim(), is_on: fields.is_on };
  if (secret || dropsSecret) patch.secret = secret;
  if (kind === "mail") return { ...patch, settings: settingsOf(fields) };
  const address = fields.address.trim();
  if (address) patch.address = address;
  return { ...patch, department_id: fields.department_id };
}

/** How a channel is doing. */
export type Health = "off" | "trouble" | "fine" | "untried";

export function healthOf(channel: Pick<Channel, "is_on" | "trouble" | "worked_at">): Health {
  if (!channel.is_on) return "off";
  if (channel.trouble) return "trouble";
  return channel.worked_at ? "fine" : "untried";
}
