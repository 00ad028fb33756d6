import { Trans } from "@lingui/react/macro";
import { Button } from "antd";
import { messageOf } from "@/api/problem";
import "@/ui/parts.css";

interface TroubleProps {
  error: unknown;
  onRetry: () => void;
}

/** In the place of what could not be fetched: why, and another try. */
export function Trouble({ error, onRetry }: TroubleProps) {
  return (
    <p className="trouble" role="alert">
      <span>{messageOf(error)}</span>
      <Button size="small" onClick={onRetry}>
        <Trans>再试一次</Trans>
      </Button>
    </p>
  );
}
