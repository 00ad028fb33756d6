import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Alert, Button } from "antd";
import { useShortcut } from "@/lib/keys";

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

/** Stands at the foot while something waits to be saved. */
export function RoleSaveBar(props: RoleSaveBarProps) {
  const { t } = useLingui();
  const count = props.changes.length;
  useShortcut({
    keys: "mod+enter",
    label: t`保存角色`,
    group: t`设置`,
    always: true,
    run: props.onSave,
  });
  return (
    <section className="save-bar" aria-label={t`还没保存的改动`}>
      {props.theirs && (
        <Alert
          type="warning"
          showIcon
          role="alert"
          title={t`刚才有人先改了这个角色`}
          description={
            <>
              {props.theirs.length > 0 && <p>{props.theirs.join("；")}</p>}
              <Trans>他改的已经显示在上面；你的改动还在，看一眼再保存。</Trans>
            </>
          }
        />
      )}
      {props.problem && <Alert type="error" showIcon role="alert" title={props.problem} />}
      <div className="save-bar-row">
        <span className="save-bar-what" title={props.changes.join("\n")}>
          <strong>
            <Plural value={count} one="# 处改动还没保存" other="# 处改动还没保存" />
          </strong>
          <small>{props.changes.join("；")}</small>
        </span>
        <Button onClick={props.onReset} disabled={props.isBusy}>
          <Trans>放弃</Trans>
        </Button>
        <Button type="primary" onClick={props.onSave} loading={props.isBusy} disabled={count === 0}>
          <Trans>保存</Trans>
        </Button>
      </div>
    </section>
  );
}
