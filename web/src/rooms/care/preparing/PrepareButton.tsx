import { ReadOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "antd";
import { useCallback, useState } from "react";
import type { CustomerRef } from "@/rooms/care/logging";
import { later } from "@/ui/later";

const { Drawer: PreparationDrawer, preload } = later(() =>
  import("@/rooms/care/preparing/PreparationDrawer").then((m) => m.PreparationDrawer),
);

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
  const close = useCallback(() => setOpen(false), []);
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
        // Where it does not come, the click says so.
        onPointerEnter={() => preload().catch(() => {})}
        onClick={open}
      >
        <Trans>准备</Trans>
      </Button>
      {wasOpen && <PreparationDrawer customer={customer} open={isOpen} onClose={close} />}
    </>
  );
}
