import { PlusOutlined, RobotOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Skeleton } from "antd";
import { useState } from "react";
import type { TokenOut } from "@/api/generated/zhike.schemas";
import { usePeople } from "@/api/queries";
import { ServiceDrawer } from "@/rooms/access/ServiceDrawer";
import { TokenLine } from "@/rooms/access/security/TokenLine";
import { Chip } from "@/ui/Chip";
import { EmptyState } from "@/ui/EmptyState";
import { SettingsPart } from "@/ui/SettingsPart";
import { Trouble } from "@/ui/Trouble";

interface ServiceAccountsProps {
  tokens: TokenOut[];
  onIssue: (account: { id: number; name: string }) => void;
}

/** 服务账号: programs of the company, which belong to no colleague and outlast everyone. */
export function ServiceAccounts({ tokens, onIssue }: ServiceAccountsProps) {
  const { t } = useLingui();
  const { data, error, refetch } = usePeople();
  const [isOpen, setOpen] = useState(false);
  const [opening, setOpening] = useState(0);
  const accounts = data?.items.filter((one) => one.is_service && one.is_active) ?? [];
  return (
    <SettingsPart
      title={t`服务账号`}
      note={<Trans>公司的程序用它进来，不占哪位同事的账号，人走了也不断。</Trans>}
      action={
        <Button
          icon={<PlusOutlined />}
          onClick={() => {
            setOpening(opening + 1);
            setOpen(true);
          }}
        >
          {t`添加服务账号`}
        </Button>
      }
    >
      {error && !data ? (
        <Trouble error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton active />
      ) : (
        accounts.length === 0 && (
          <EmptyState icon={<RobotOutlined />} title={t`还没有服务账号`}>
            <Trans>给 ERP、官网、报表各建一个，选好角色，再发令牌。</Trans>
          </EmptyState>
        )
      )}
      {accounts.map((account) => (
        <section key={account.id} aria-label={account.name}>
          <div className="token-account">
            <RobotOutlined className="soft" aria-hidden />
            <span className="settings-who">
              <strong>{account.name}</strong>
            </span>
            <Chip color="blue">{account.role_name}</Chip>
            <Button
              size="small"
              onClick={() => onIssue({ id: account.id, name: account.name })}
              aria-label={t`给${account.name}发令牌`}
            >
              {t`发令牌`}
            </Button>
          </div>
          <ul className="settings-list" aria-label={t`${account.name}的令牌`}>
            {tokens
              .filter((one) => one.person.id === account.id)
              .map((token) => (
                <TokenLine key={token.id} token={token} />
              ))}
          </ul>
        </section>
      ))}
      <ServiceDrawer key={opening} open={isOpen} onClose={() => setOpen(false)} />
    </SettingsPart>
  );
}
