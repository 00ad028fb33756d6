import { ExperimentOutlined } from "@ant-design/icons";
import { Trans } from "@lingui/react/macro";
import { Button } from "antd";
import { isPractising, leavePractice } from "@/lib/practice";
import "@/app/practice/practice.css";

/** Tells across every page that nothing here is real, and leads back. */
export function PracticeBanner() {
  if (!isPractising) return null;
  return (
    <aside className="practising">
      <ExperimentOutlined aria-hidden />
      <span>
        <Trans>
          <strong>练习区</strong> · 这里的客户都是编的，随便试
        </Trans>
      </span>
      <Button size="small" onClick={leavePractice}>
        <Trans>离开</Trans>
      </Button>
    </aside>
  );
}
