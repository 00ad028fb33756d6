import { ApiOutlined, PlusOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Button, Skeleton } from "antd";
import { useState } from "react";
import { listTokens } from "@/api/generated/access";
import { useMe } from "@/api/queries";
import { useRights } from "@/api/rights";
import { ServiceAccounts } from "@/rooms/access/security/ServiceAccounts";
import { type Bearer, TokenDrawer } from "@/rooms/access/security/TokenDrawer";
import { TokenLine } from "@/rooms/access/security/TokenLine";
import { TokenShown } from "@/rooms/access/security/TokenShown";
import { tokenKey } from "@/rooms/access/security/tokens";
import { EmptyState } from "@/ui/EmptyState";
import { SettingsPart } from "@/ui/SettingsPart";
import { Trouble } from "@/ui/Trouble";
import "@/rooms/access/security/security.css";

/** 接口令牌: how programs come in, mine and those of service accounts. */
export function TokenSettings() {
  const { t } = useLingui();
  const me = useMe();
  const managesPeople = useRights().may("manage_people");
  const { data, error, refetch } = useQuery({
    queryKey: [...tokenKey, managesPeople],
    queryFn: () => listTokens({ of: managesPeople ? "all" : "me" }),
  });
  const [bearer, setBearer] = useState<Bearer | null>(null);
  const [made, setMade] = useState<{ name: string; plain: string } | null>(null);
  // Each opening is a form of its own.
  const [opening, setOpening] = useState(0);
  const open = (whose: Bearer) => {
    setOpening(opening + 1);
    setBearer(whose);
  };
  const mine = data?.items.filter((one) => one.person.id === me.id) ?? [];
  const others = data?.items.filter((one) => one.person.id !== me.id) ?? [];
  const colleagues = others.filter((one) => !one.person.is_service);
  return (
    <>
      <SettingsPart
        title={t`我的令牌`}
        note={
          <Trans>
            给你自己的脚本和工具用，权限不超过你本人。接口说明在
            <a href="/api/v1/openapi.json" target="_blank" rel="noreferrer">
              openapi.json
            </a>
            。
          </Trans>
        }
        action={
          <Button icon={<PlusOutlined />} onClick={() => open("me")}>
            {t`发一个令牌`}
          </Button>
        }
      >
        {error && !data ? (
          <Trouble error={error} onRetry={() => void refetch()} />
        ) : !data ? (
          <Skeleton active />
        ) : mine.length === 0 ? (
          <EmptyState icon={<ApiOutlined />} title={t`还没有令牌`}>
            <Trans>让报表脚本读客户、让官网表单进线索，发一个令牌给它，随时能吊销。</Trans>
          </EmptyState>
        ) : (
          <ul className="settings-list" aria-label={t`我的令牌`}>
            {mine.map((token) => (
              <TokenLine key={token.id} token={token} />
            ))}
          </ul>
        )}
      </SettingsPart>
      {managesPeople && (
        <ServiceAccounts
          tokens={others.filter((one) => one.person.is_service)}
          onIssue={(account) => open(account)}
        />
      )}
      {colleagues.length > 0 && (
        <SettingsPart title={t`同事的令牌`} note={t`有疑问的可以吊销。`}>
          <ul className="settings-list" aria-label={t`同事的令牌`}>
            {colleagues.map((token) => (
              <TokenLine key={token.id} token={token} owner={token.person.name} />
            ))}
          </ul>
        </SettingsPart>
      )}
      <TokenDrawer
        key={opening}
        bearer={bearer}
        onClose={() => setBearer(null)}
        onMade={(token) => {
          setBearer(null);
          setMade(token);
        }}
      />
      <TokenShown token={made} onClose={() => setMade(null)} />
    </>
  );
}
