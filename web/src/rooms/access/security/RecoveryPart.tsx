import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { App, Button } from "antd";
import type { Authenticator } from "@/api/factors";
import { useNewCodes } from "@/rooms/access/security/newCodes";
import { Chip } from "@/ui/Chip";
import { SettingsPart } from "@/ui/SettingsPart";

interface RecoveryPartProps {
  codes: Authenticator | null;
  /** Without a second factor there is nothing to recover. */
  hasFactor: boolean;
}

const FEW = 3;

/** 恢复码: for the day the phone is gone. */
export function RecoveryPart({ codes, hasFactor }: RecoveryPartProps) {
  const { t } = useLingui();
  const { modal } = App.useApp();
  const newCodes = useNewCodes();
  if (!hasFactor && !codes) return newCodes.dialog;
  const left = codes?.unused_code_count ?? 0;
  const askToMake = () => {
    if (!codes || left === 0) return void newCodes.make();
    modal.confirm({
      title: t`重新生成恢复码？`,
      content: t`现在这一组马上作废，包括打印出来的。`,
      okText: t`重新生成`,
      cancelText: t`不用`,
      onOk: () => void newCodes.make(),
    });
  };
  return (
    <SettingsPart
      title={t`恢复码`}
      note={<Trans>手机丢了、换了，登录第二步填其中一个。每个只能用一次。</Trans>}
      action={
        <span className="part-actions">
          {codes && left > 0 && <Button onClick={newCodes.show}>{t`查看`}</Button>}
          <Button onClick={askToMake}>{codes ? t`重新生成` : t`生成`}</Button>
        </span>
      }
    >
      <p className="part-state">
        <Chip color={left > FEW ? "green" : left > 0 ? "amber" : "red"}>
          {left > 0 ? <Plural value={left} one="还有 # 个" other="还有 # 个" /> : t`一个也没有了`}
        </Chip>
        {left <= FEW && (
          <span className="soft">
            <Trans>快用完了，重新生成一组吧。</Trans>
          </span>
        )}
      </p>
      {newCodes.dialog}
    </SettingsPart>
  );
}
