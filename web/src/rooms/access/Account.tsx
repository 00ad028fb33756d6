import { Trans, useLingui } from "@lingui/react/macro";
import { useMe } from "@/api/queries";
import { LookSettings } from "@/rooms/access/LookSettings";
import { SettingsPart } from "@/ui/SettingsPart";

/** 我的: who I am here, how it should look. */
export function Account() {
  const { t } = useLingui();
  const me = useMe();
  const facts = [
    { label: t`名字`, value: me.name },
    { label: t`登录账号`, value: me.username },
    { label: t`角色`, value: me.role_name },
    { label: t`部门`, value: me.department ?? t`还没有分部门` },
    { label: t`邮箱`, value: me.email || t`还没有填，收不到邮件通知` },
  ];
  return (
    <>
      <SettingsPart
        title={me.organisation}
        note={
          me.rights.manage_people ? (
            <Trans>名字、部门和邮箱在“同事与部门”里改。</Trans>
          ) : (
            <Trans>名字、角色、部门和邮箱要改，请找管理员。</Trans>
          )
        }
      >
        <dl className="settings-rows">
          {facts.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </SettingsPart>
      <LookSettings />
    </>
  );
}
