import { expect, it } from "vitest";
import { deviceText, isHandheld } from "@/rooms/access/security/devices";

const CHROME =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
const EDGE = `${CHROME} Edg/140.0.0.0`;
const SAFARI =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.4 Mobile/15E148 Safari/604.1";
const WECHAT =
  "Mozilla/5.0 (Linux; Android 14; V2324A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0 Mobile Safari/537.36 XWEB/1260 MicroMessenger/8.0.50";
const HUAWEI =
  "Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/132.0 Safari/537.36 ArkWeb/4.1 Mobile HuaweiBrowser/5.1";

it.each([
  [CHROME, "Windows 上的 Chrome"],
  [EDGE, "Windows 上的 Edge"],
  [SAFARI, "iPhone 上的 Safari"],
  [WECHAT, "Android 上的 微信"],
  [HUAWEI, "HarmonyOS 上的 华为浏览器"],
  ["python-requests/2.32", "其他程序"],
  ["", "不知道是什么设备"],
])("calls a device what its owner calls it: %s", (userAgent, name) => {
  expect(deviceText(userAgent)).toBe(name);
});

it("knows what one carries about", () => {
  expect(isHandheld(SAFARI)).toBe(true);
  expect(isHandheld(CHROME)).toBe(false);
});
