import { ExportOutlined } from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import { Button } from "antd";
import { useCallback, useState } from "react";
import { useMe } from "@/api/queries";
import { countText } from "@/lib/money";
import { type CustomerFilters, queryOf } from "@/rooms/customers/list/filters";
import { useCustomerSummary } from "@/rooms/customers/queries";
import { later } from "@/ui/later";

const { Drawer: ExportDialog } = later(() =>
  import("@/rooms/doors/ExportDialog").then((m) => m.ExportDialog),
);

/** 导出 at the head of the customer list: what stands in the list, and nothing else. */
export function ExportButton({ filters }: { filters: CustomerFilters }) {
  const { t } = useLingui();
  const me = useMe();
  const { data: summary } = useCustomerSummary(filters);
  const [isOpen, setOpen] = useState(false);
  const [wasOpened, setOpened] = useState(false);
  const close = useCallback(() => setOpen(false), []);
  if (!me.rights.export) return null;
  const count = countText(summary?.count ?? 0);
  return (
    <>
      <Button
        icon={<ExportOutlined />}
        onClick={() => {
          setOpened(true);
          setOpen(true);
        }}
      >
        {t`导出`}
      </Button>
      {wasOpened && (
        <ExportDialog
          open={isOpen}
          onClose={close}
          filters={queryOf(filters)}
          about={t`列表里现在的 ${count} 位客户。`}
        />
      )}
    </>
  );
}
