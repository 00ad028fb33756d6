import { Trans } from "@lingui/react/macro";
import { Button } from "antd";
import "@/ui/fields/fields.css";

interface StreetQuestionProps {
  /** The rest of an address that was pasted into the region. */
  street: string;
  onReplace: () => void;
  onKeep: () => void;
}

/** A pasted address brings a street along where one stands already: which shall it be? */
export function StreetQuestion({ street, onReplace, onKeep }: StreetQuestionProps) {
  return (
    <span className="region-doubt" role="status">
      <span>
        <Trans>地址已经填了，换成“{street}”吗？</Trans>
      </span>
      <Button size="small" onClick={onReplace}>
        <Trans>替换</Trans>
      </Button>
      <Button size="small" type="text" onClick={onKeep}>
        <Trans>保留</Trans>
      </Button>
    </span>
  );
}
