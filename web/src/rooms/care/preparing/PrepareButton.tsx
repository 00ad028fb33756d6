import { ReadOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "antd";
import { lazy, Suspense, useState } from "react";
import type { CustomerRef } from "@/rooms/care/logging";

const load = () => import("@/rooms/care/preparing/PreparationDrawer");
const PreparationDrawer = lazy(() => load().then((m) => ({ default: m.PreparationDrawer })));

interface PrepareButtonProps {
  customer: CustomerRef;
  /** In a row of many: small and without a frame. */
  isSmall?: boolean;
}

/** 准备: one click, and what to know before talking to the customer is there to read. */
export function PrepareButton({ customer, isSmall = false }: PrepareButtonProps) {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  const [wasOpen, setWasOpen] = useState(false);
  const open = () => {
    setWasOpen(true);
    setOpen(true);
  };
  return (
    <>
      <Button
        className="prepare-button"
        icon={<ReadOutlined />}
        aria-label={t`联系${customer.name}前看一眼`}
        title={t`联系前看一眼：上次谈到、答应过的、怎么说`}
        {...(isSmall && { size: "small" as const, type: "text" as const })}
        onPointerEnter={() => void load()}
        onClick={open}
      >
        <Trans>准备</Trans>
      </Button>
      {wasOpen && (
        <Suspense fallback={null}>
          <PreparationDrawer customer={customer} open={isOpen} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
