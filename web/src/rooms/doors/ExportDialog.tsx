import { Trans } from "@lingui/react/macro";
import { Modal } from "antd";
import { ExportForm } from "@/rooms/doors/ExportForm";

interface ExportDialogProps {
  open: boolean;
  onClose: () => void;
  filters: object;
  about: string;
}

/** 导出 over the list: the customers that stand in it. */
export function ExportDialog({ open, onClose, filters, about }: ExportDialogProps) {
  return (
    <Modal
      open={open}
      onCancel={onClose}
      footer={null}
      destroyOnHidden
      width={460}
      title={<Trans>导出客户</Trans>}
    >
      <ExportForm filters={filters} about={about} view="list" />
    </Modal>
  );
}
