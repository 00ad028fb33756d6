import { PrinterOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Drawer, Skeleton } from "antd";
import { getPreparationOnPaperUrl } from "@/api/generated/preparing";
import { apiPath } from "@/lib/practice";
import { useIsPhone } from "@/lib/screen";
import type { CustomerRef } from "@/rooms/care/logging";
import { CardParts } from "@/rooms/care/preparing/CardParts";
import { usePreparation } from "@/rooms/care/preparing/queries";
import { Trouble } from "@/ui/Trouble";

interface PreparationDrawerProps {
  customer: CustomerRef;
  open: boolean;
  onClose: () => void;
}

/** 准备卡: read before one calls or rings the bell; beside the page on the desk, and on the phone
 * over it. Printed it is one page, by the reader's rights as it is here. */
export function PreparationDrawer({ customer, open, onClose }: PreparationDrawerProps) {
  const { t } = useLingui();
  const isPhone = useIsPhone();
  return (
    <Drawer
      title={t`准备 · ${customer.name}`}
      open={open}
      onClose={onClose}
      placement={isPhone ? "bottom" : "right"}
      size={isPhone ? "92dvh" : 640}
      className="preparation-drawer"
      destroyOnHidden
      extra={
        <Button
          icon={<PrinterOutlined />}
          href={apiPath(getPreparationOnPaperUrl(customer.id))}
          target="_blank"
          rel="noopener"
          aria-label={t`打印准备卡`}
        >
          {isPhone ? null : <Trans>打印</Trans>}
        </Button>
      }
    >
      <Body customer={customer.id} />
    </Drawer>
  );
}

function Body({ customer }: { customer: number }) {
  const { data, error, refetch } = usePreparation(customer);
  if (data) return <CardParts card={data} />;
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  return <Skeleton active paragraph={{ rows: 10 }} />;
}
