import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { revokeToken } from "@/api/generated/access";
import type { TokenOut } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { dayText } from "@/lib/days";
import { isExpired, lastingText, scopeLabel, tokenKey } from "@/rooms/access/security/tokens";
import { Chip } from "@/ui/Chip";

/** One token in a list: what it may do, how long it lasts, when it was used last. */
export function TokenLine({ token, owner }: { token: TokenOut; owner?: string }) {
  const { t } = useLingui();
  const { message, modal } = App.useApp();
  const cache = useQueryClient();
  const revoke = async () => {
    try {
      await revokeToken(token.id);
      message.success(t`“${token.name}”吊销了`);
      await cache.invalidateQueries({ queryKey: tokenKey });
    } catch (error) {
      message.error(messageOf(error));
    }
  };
  const askToRevoke = () =>
    modal.confirm({
      title: t`吊销“${token.name}”？`,
      content: t`用它的程序马上就连不上了。吊销后不能恢复，只能另发一个。`,
      okText: t`吊销`,
      okButtonProps: { danger: true },
      cancelText: t`不吊销`,
      onOk: () => void revoke(),
    });
  const used = token.last_used_on ? t`最近用过：${dayText(token.last_used_on)}` : t`还没用过`;
  const expired = isExpired(token);
  return (
    <li className={expired ? "is-closed" : ""}>
      <span className="settings-who">
        <strong>{token.name}</strong>
        <small>
          {[owner, expired ? null : lastingText(token.expires_at), used]
            .filter(Boolean)
            .join(" · ")}
        </small>
        <span className="token-scopes">
          {token.scopes.map((scope) => (
            <Chip key={scope} color={scope === "manage" ? "amber" : "grey"}>
              {scopeLabel(scope)}
            </Chip>
          ))}
        </span>
      </span>
      {expired && <Chip color="red">{t`已过期`}</Chip>}
      <Button
        size="small"
        type="text"
        danger
        onClick={askToRevoke}
        aria-label={t`吊销${token.name}`}
      >
        {t`吊销`}
      </Button>
    </li>
  );
}
