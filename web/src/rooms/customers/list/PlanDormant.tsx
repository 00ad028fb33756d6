import { CalendarOutlined } from "@ant-design/icons";
import { Plural } from "@lingui/react/macro";
import { Button } from "antd";
import { useState } from "react";
import { useRights } from "@/api/rights";
import { type CustomerFilters, queryOf } from "@/rooms/customers/list/filters";
import { PlanDialog } from "@/rooms/customers/list/PlanDialog";

/** One click from the sleeping ones to a plan for all of them. */
export function PlanDormant({ filters, total }: { filters: CustomerFilters; total: number }) {
  const [isOpen, setOpen] = useState(false);
  const mayLog = useRights().may("log");
  if (!mayLog || total === 0) return null;
  return (
    <>
      <Button type="primary" icon={<CalendarOutlined />} onClick={() => setOpen(true)}>
        <Plural value={total} one="给这 # 位安排跟进" other="给这 # 位安排跟进" />
      </Button>
      {isOpen && (
        <PlanDialog
          what={{ filters: { ...queryOf(filters) } }}
          count={total}
          onClose={() => setOpen(false)}
          onDone={() => setOpen(false)}
        />
      )}
    </>
  );
}
