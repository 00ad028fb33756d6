import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button } from "antd";
import { confirmIdentity, type Link, listLinks, unlink } from "@/api/factors";
import { waysIn } from "@/api/generated/access";
import { messageOf } from "@/api/problem";
import { ProviderForm } from "@/rooms/access/security/ProviderForm";
import { signInErrorText } from "@/rooms/access/security/signInErrors";
import { Chip } from "@/ui/Chip";
import { SettingsPart } from "@/ui/SettingsPart";

const KEY = ["sign-in-links"] as const;

/** 单点登录: links my account here with the one at the company's sign-in. Absent where there is none. */
export function ProviderPart({ error }: { error: string | null }) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const { data: ways } = useQuery({
    queryKey: ["sign-in"],
    queryFn: () => waysIn(),
    staleTime: 600_000,
  });
  const providers = ways?.providers ?? [];
  const { data: links } = useQuery({
    queryKey: KEY,
    queryFn: listLinks,
    enabled: providers.length > 0,
  });
  if (providers.length === 0) return null;
  // Asked here, since the form that leaves for the other side cannot come back to ask.
  const prove = async (): Promise<boolean> => {
    try {
      await confirmIdentity();
      return true;
    } catch (problem) {
      message.error(messageOf(problem));
      return false;
    }
  };
  const stop = async (link: Link) => {
    try {
      cache.setQueryData(KEY, await unlink(link));
      message.success(t`断开了，以后不能再用${link.provider.name}登录`);
    } catch (problem) {
      message.error(messageOf(problem));
    }
  };
  return (
    <SettingsPart
      title={t`单点登录`}
      note={<Trans>关联以后，在登录页点一下就进来，不用记知客的密码。</Trans>}
    >
      {error && (
        <Alert
          type="error"
          showIcon
          role="alert"
          title={signInErrorText(error)}
          style={{ marginBottom: 16 }}
        />
      )}
      <ul className="settings-list" aria-label={t`单点登录`}>
        {providers.map(({ id, name }) => {
          const link = links?.find((one) => one.provider.id === id);
          return (
            <li key={id}>
              <span className="settings-who">
                <strong>{name}</strong>
                {link && <small>{link.display}</small>}
              </span>
              {link && <Chip color="green">{t`已关联`}</Chip>}
              {link ? (
                <Button
                  size="small"
                  type="text"
                  onClick={() => stop(link)}
                  aria-label={t`断开${name}`}
                >
                  {t`断开`}
                </Button>
              ) : (
                links && (
                  <ProviderForm
                    provider={id}
                    process="connect"
                    returnTo="/settings?part=security"
                    before={prove}
                    size="small"
                  >
                    {t`关联`}
                  </ProviderForm>
                )
              )}
            </li>
          );
        })}
      </ul>
    </SettingsPart>
  );
}
