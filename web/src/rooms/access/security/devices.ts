import { t } from "@lingui/core/macro";

/** A device as its owner calls it, from what its browser says of itself: Windows 上的 Chrome. */
export function deviceText(userAgent: string): string {
  const browser = first(BROWSERS, userAgent);
  const system = first(SYSTEMS, userAgent);
  if (browser && system) return t`${system} 上的 ${browserName(browser)}`;
  if (browser) return browserName(browser);
  return system ?? (userAgent ? t`其他程序` : t`不知道是什么设备`);
}

/** Is it something one carries about? For the picture beside it. */
export function isHandheld(userAgent: string): boolean {
  return /iPhone|iPad|Android|HarmonyOS|OpenHarmony|Mobile/.test(userAgent);
}

type Sign = [pattern: RegExp, name: string];

// The more particular first: nearly all of them call themselves Chrome and Safari, too.
const BROWSERS: Sign[] = [
  [/wxwork\//i, "wxwork"],
  [/MicroMessenger\//, "wechat"],
  [/DingTalk\//i, "dingtalk"],
  [/Lark\/|Feishu\//i, "feishu"],
  [/Edg(A|iOS)?\//, "Edge"],
  [/OPR\//, "Opera"],
  [/QQBrowser\//, "qq"],
  [/QIHU|360SE|360EE/i, "360"],
  [/UCBrowser\/|UBrowser\//, "UC"],
  [/MiuiBrowser\//, "xiaomi"],
  [/HuaweiBrowser\//, "huawei"],
  [/Firefox\/|FxiOS\//, "Firefox"],
  [/Chrome\/|CriOS\//, "Chrome"],
  [/Version\/[\d.]+.*Safari\//, "Safari"],
];
const SYSTEMS: Sign[] = [
  [/iPhone/, "iPhone"],
  [/iPad/, "iPad"],
  [/HarmonyOS|OpenHarmony/, "HarmonyOS"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/CrOS/, "ChromeOS"],
  [/Macintosh|Mac OS X/, "Mac"],
  [/Linux|X11/, "Linux"],
];

function first(signs: Sign[], userAgent: string): string | undefined {
  return signs.find(([pattern]) => pattern.test(userAgent))?.[1];
}

function browserName(name: string): string {
  switch (name) {
    case "wxwork":
      return t`企业微信`;
    case "wechat":
      return t`微信`;
    case "dingtalk":
      return t`钉钉`;
    case "feishu":
      return t`飞书`;
    case "qq":
      return t`QQ 浏览器`;
    case "360":
      return t`360 浏览器`;
    case "UC":
      return t`UC 浏览器`;
    case "xiaomi":
      return t`小米浏览器`;
    case "huawei":
      return t`华为浏览器`;
    default:
      return name;
  }
}
