import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Alert } from "antd";
import { SaveBar } from "@/ui/SaveBar";

interface RoleSaveBarProps {
  /** What will be saved, in words. */
  changes: string[];
  /** What somebody else saved meanwhile; null: nobody did. */
  theirs: string[] | null;
  problem: string | null;
  isBusy: boolean;
  onReset: () => void;
  onSave: () => void;
}

/** What of a role waits to be saved, and what came between. */
export function RoleSaveBar({ changes, theirs, problem, ...rest }: RoleSaveBarProps) {
  const { t } = useLingui();
  return (
    <SaveBar
      {...rest}
      shortcut={t`保存角色`}
      title={<Plural value={changes.length} one="# 处改动还没保存" other="# 处改动还没保存" />}
      detail={changes.join("；")}
      whole={changes.join("\n")}
      maySave={changes.length > 0}
    >
      {theirs && (
        <Alert
          type="warning"
          showIcon
          role="alert"
          title={t`刚才有人先改了这个角色`}
          description={
            <>
              {theirs.length > 0 && <p>{theirs.join("；")}</p>}
              <Trans>他改的已经显示在上面；你的改动还在，看一眼再保存。</Trans>
            </>
          }
        />
      )}
      {problem && <Alert type="error" showIcon role="alert" title={problem} />}
    </SaveBar>
  );
}
