import { describe, expect, test } from "vitest";
import {
  type Channel,
  fieldsOf,
  healthOf,
  orderOf,
  patchOf,
  usualName,
} from "@/rooms/access/channels/channels";

const channel: Channel = {
  id: 4,
  version: 3,
  kind: "dingtalk",
  kind_label: "钉钉群机器人",
  name: "钉钉群",
  address: "https://oapi.dingtalk.com/****82ec",
  has_secret: true,
  settings: null,
  department: { id: 2, name: "华东", parent_id: null },
  is_on: true,
  worked_at: null,
  failed_at: null,
  trouble: "",
};

describe("a channel's form", () => {
  test("sends of a robot its address, its secret and whom it is for", () => {
    const fields = {
      ...fieldsOf(null, "钉钉群"),
      address: " https://a.example/x ",
      secret: "SEC1",
    };
    expect(orderOf("dingtalk", fields)).toEqual({
      kind: "dingtalk",
      name: "钉钉群",
      is_on: true,
      address: "https://a.example/x",
      secret: "SEC1",
      department_id: null,
    });
  });

  test("sends of a mail server its settings, in the account's name where none is given", () => {
    const fields = { ...fieldsOf(null, "公司邮件"), host: "smtp.qq.com", user: "a@b.cn" };
    expect(orderOf("mail", fields)).toEqual({
      kind: "mail",
      name: "公司邮件",
      is_on: true,
      secret: "",
      settings: {
        host: "smtp.qq.com",
        port: 465,
        security: "tls",
        user: "a@b.cn",
        sender: "a@b.cn",
      },
    });
  });

  test("leaves address and secret alone where nobody typed them", () => {
    const patch = patchOf(channel, { ...fieldsOf(channel, ""), name: "华东群" }, false);
    expect(patch).toEqual({ version: 3, name: "华东群", is_on: true, department_id: 2 });
  });

  test("takes the secret away only when that was asked for", () => {
    expect(patchOf(channel, fieldsOf(channel, ""), true)).toMatchObject({ secret: "" });
    const typed = { ...fieldsOf(channel, ""), secret: "SEC2" };
    expect(patchOf(channel, typed, true)).toMatchObject({ secret: "SEC2" });
  });
});

test("a second channel of a kind gets a name of its own", () => {
  expect(usualName("wecom", [])).toBe("企业微信群");
  expect(usualName("wecom", ["企业微信群", "企业微信群 2"])).toBe("企业微信群 3");
});

test("how a channel is doing", () => {
  expect(healthOf(channel)).toBe("untried");
  expect(healthOf({ ...channel, worked_at: "2026-11-18T01:00:00Z" })).toBe("fine");
  expect(healthOf({ ...channel, trouble: "钉钉拒收" })).toBe("trouble");
  expect(healthOf({ ...channel, trouble: "钉钉拒收", is_on: false })).toBe("off");
});
