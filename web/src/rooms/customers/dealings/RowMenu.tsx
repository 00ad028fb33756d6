import { EllipsisOutlined } from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import { Button, Dropdown } from "antd";

interface RowMenuProps {
  label: string;
  mayEdit: boolean;
  onEdit: () => void;
  onErase: () => void;
}

/** What can be done with one record; nothing where it may only be read. */
export function RowMenu({ label, mayEdit, onEdit, onErase }: RowMenuProps) {
  const { t } = useLingui();
  if (!mayEdit) return <span />;
  return (
    <Dropdown
      trigger={["click"]}
      placement="bottomRight"
      menu={{
        items: [
          { key: "edit", label: t`修改`, onClick: onEdit },
          { key: "erase", label: t`删除`, danger: true, onClick: onErase },
        ],
      }}
    >
      <Button type="text" size="small" icon={<EllipsisOutlined />} aria-label={label} />
    </Dropdown>
  );
}
