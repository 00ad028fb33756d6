import { OrderedListOutlined } from "@ant-design/icons";
import { Trans } from "@lingui/react/macro";
import { Button } from "antd";
import { lazy, Suspense, useState } from "react";
import type { Chosen } from "@/rooms/care/playbooks/queries";

const StartDialog = lazy(() =>
  import("@/rooms/care/playbooks/StartDialog").then((m) => ({ default: m.StartDialog })),
);

interface StartButtonProps {
  chosen: Chosen;
  count: number;
  onDone: () => void;
}

/** Starts a plan with the selected of a list. */
export function StartButton({ chosen, count, onDone }: StartButtonProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button icon={<OrderedListOutlined />} disabled={count === 0} onClick={() => setOpen(true)}>
        <Trans>启动计划</Trans>
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <StartDialog
            chosen={chosen}
            count={count}
            onClose={(isStarted) => {
              setOpen(false);
              if (isStarted) onDone();
            }}
          />
        </Suspense>
      )}
    </>
  );
}
