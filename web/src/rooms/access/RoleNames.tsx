import { Trans, useLingui } from "@lingui/react/macro";
import { Input, Switch } from "antd";
import { useId } from "react";
import type { Draft } from "@/rooms/access/roleDraft";
import { SettingsPart } from "@/ui/SettingsPart";

interface RoleNamesProps {
  draft: Draft;
  /** What the server says against the name. */
  problem: string | undefined;
  onChange: (draft: Draft) => void;
}

/** What the role is called, and what for. */
export function RoleNames({ draft, problem, onChange }: RoleNamesProps) {
  const { t } = useLingui();
  const id = useId();
  return (
    <SettingsPart title={t`名称`}>
      <div className="role-names">
        <label htmlFor={`${id}-name`}>
          <Trans>角色名称</Trans>
        </label>
        <div>
          <Input
            id={`${id}-name`}
            value={draft.name}
            maxLength={30}
            status={problem ? "error" : ""}
            onChange={(event) => onChange({ ...draft, name: event.target.value })}
          />
          {problem && (
            <small className="danger" role="alert">
              {problem}
            </small>
          )}
        </div>
        <label htmlFor={`${id}-note`}>
          <Trans>给谁用，管什么</Trans>
        </label>
        <Input
          id={`${id}-note`}
          value={draft.note}
          maxLength={200}
          onChange={(event) => onChange({ ...draft, note: event.target.value })}
        />
      </div>
    </SettingsPart>
  );
}

/** Whether a password alone lets its holders in. */
export function RoleSignIn({ draft, onChange }: Omit<RoleNamesProps, "problem">) {
  const { t } = useLingui();
  const id = useId();
  return (
    <SettingsPart title={t`登录`}>
      <div className="role-switch">
        <Switch
          aria-labelledby={id}
          checked={draft.needs_second_factor}
          onChange={(isOn) => onChange({ ...draft, needs_second_factor: isOn })}
        />
        <span className="role-what">
          <strong id={id}>
            <Trans>必须两步验证</Trans>
          </strong>
          <small>
            <Trans>除了密码，还要手机验证码或通行密钥。还没设的人，下次登录时先设好才能用。</Trans>
          </small>
        </span>
      </div>
    </SettingsPart>
  );
}
