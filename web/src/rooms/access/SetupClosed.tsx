import { Trans } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";

export function SetupClosed() {
  return (
    <>
      <p className="soft">
        <Trans>管理员账号已经建好了，请直接登录。没有账号的话，请管理员在设置里给你添加。</Trans>
      </p>
      <Link to="/sign-in">
        <Button type="primary" size="large" block>
          <Trans>去登录</Trans>
        </Button>
      </Link>
    </>
  );
}
