import { useLingui } from "@lingui/react/macro";
import { Button, Result, Skeleton, Steps } from "antd";
import type { ReactNode } from "react";
import type { ImportOut } from "@/api/doors";
import { messageOf } from "@/api/problem";
import { useIsPhone, usePageTitle } from "@/lib/screen";
import { FailedStep } from "@/rooms/doors/FailedStep";
import { type CustomersLink, ImportDone } from "@/rooms/doors/ImportDone";
import { LookStep } from "@/rooms/doors/LookStep";
import { useImport } from "@/rooms/doors/queries";
import { WaitStep } from "@/rooms/doors/WaitStep";
import "@/rooms/doors/doors.css";

interface ImportWizardProps {
  id: number;
  /** Back to the doors page. */
  back: ReactNode;
  customersLink: CustomersLink;
  /** A second file was given, after a first that could not be read. */
  onOther: (id: number) => void;
  onLeave: () => void;
}

/** One import from the file to its result. Its state lives on the server: whoever leaves and comes
 * back, or reloads, stands where it stands. */
export function ImportWizard(props: ImportWizardProps) {
  const { t } = useLingui();
  const { data: of, error, refetch } = useImport(props.id);
  usePageTitle(of ? t`导入 ${of.file_name}` : t`导入`);
  if (!of) {
    return (
      <div className="wizard">
        {error ? (
          <Result
            status="warning"
            title={messageOf(error)}
            extra={
              <>
                <Button onClick={() => void refetch()}>{t`再试一次`}</Button>
                {props.back}
              </>
            }
          />
        ) : (
          <Skeleton active style={{ padding: 24 }} />
        )}
      </div>
    );
  }
  return (
    <div className={isLook(of) ? "wizard is-look" : "wizard"}>
      <WizardHead of={of} back={props.back} />
      <Step of={of} {...props} />
    </div>
  );
}

function Step({ of, ...props }: { of: ImportOut } & ImportWizardProps) {
  if (isLook(of)) return <LookStep of={of} onLeave={props.onLeave} />;
  switch (of.state) {
    case "failed":
      return <FailedStep of={of} onOther={props.onOther} />;
    case "done":
    case "undone":
    case "cancelled":
      return <ImportDone of={of} customersLink={props.customersLink} onOther={props.onOther} />;
    default:
      return <WaitStep of={of} />;
  }
}

/** The look page stays while the rows are checked again with another mapping, and also where only
 * the mapping keeps a file from coming in. */
function isLook(of: ImportOut): boolean {
  if (of.state === "ready") return true;
  return of.columns.length > 0 && (of.state === "reading" || canBeMended(of));
}

function canBeMended(of: ImportOut): boolean {
  return of.state === "failed" && of.counts.done === 0 && of.sheet === "unknown";
}

function WizardHead({ of, back }: { of: ImportOut; back: ReactNode }) {
  const { t } = useLingui();
  const isPhone = useIsPhone();
  const current = of.state === "reading" ? 0 : isLook(of) ? 1 : of.state === "running" ? 2 : ENDED;
  return (
    <header className="wizard-head">
      {back}
      <h1 title={of.file_name}>{of.file_name}</h1>
      {!isPhone && (isLook(of) || SHOWS_STEPS.has(of.state)) && (
        <Steps
          className="wizard-steps"
          size="small"
          current={isLook(of) ? 1 : current}
          items={[{ title: t`读文件` }, { title: t`看一眼` }, { title: t`导入` }]}
        />
      )}
    </header>
  );
}

const ENDED = 3;
const SHOWS_STEPS: ReadonlySet<ImportOut["state"]> = new Set(["reading", "running", "done"]);
