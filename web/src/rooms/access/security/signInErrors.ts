import { t } from "@lingui/core/macro";

/** Why single sign-on did not end well, in words; the code stands in the address (`?error=…`). */
export function signInErrorText(code: string): string {
  switch (code) {
    case "sso_cancelled":
      return t`单点登录取消了，可以再试一次`;
    case "sso_unknown":
      return t`认证通过了，但知客里找不到对应的账号，请管理员先添加，或者先用密码登录再关联`;
    case "sso_unverified":
      return t`你的邮箱在公司的登录系统里还没验证，请先去验证，或者用密码登录`;
    case "sso_closed":
      return t`这个账号停用了，请找管理员`;
    case "reauthentication_required":
      return t`关联之前要先确认是你本人，请再点一次“关联”，输入密码`;
    case "connected_other":
      return t`那个账号已经关联了别的同事`;
    default:
      return t`单点登录没有成功，请再试一次；还不行就用密码登录`;
  }
}
