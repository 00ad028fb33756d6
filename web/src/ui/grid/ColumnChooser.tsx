import { ArrowDownOutlined, ArrowUpOutlined, TableOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Popover } from "antd";
import type { GridColumns } from "@/ui/grid/useGridColumns";

/** The button behind which people choose and order their columns. */
export function ColumnChooser<Row>({ columns }: { columns: GridColumns<Row> }) {
  const { t } = useLingui();
  const all = columns.table.getAllLeafColumns();
  const list = (
    <div className="column-chooser" role="dialog" aria-label={t`选列`}>
      <ul>
        {all.map((column, index) => {
          const title = String(column.columnDef.header);
          const isFixed = !column.getCanHide();
          return (
            <li key={column.id}>
              <label>
                <input
                  type="checkbox"
                  checked={column.getIsVisible()}
                  disabled={isFixed}
                  onChange={() => column.toggleVisibility()}
                />
                {title}
              </label>
              <span className="column-moves">
                <Button
                  type="text"
                  size="small"
                  icon={<ArrowUpOutlined />}
                  aria-label={t`${title}往前移`}
                  disabled={isFixed || index <= 1}
                  onClick={() => columns.move(column.id, all[index - 1]?.id ?? column.id)}
                />
                <Button
                  type="text"
                  size="small"
                  icon={<ArrowDownOutlined />}
                  aria-label={t`${title}往后移`}
                  disabled={isFixed || index === all.length - 1}
                  onClick={() => columns.move(column.id, all[index + 1]?.id ?? column.id)}
                />
              </span>
            </li>
          );
        })}
      </ul>
      <Button type="link" size="small" disabled={!columns.isChanged} onClick={columns.reset}>
        <Trans>恢复原样</Trans>
      </Button>
    </div>
  );
  return (
    <Popover content={list} trigger="click" placement="bottomRight" arrow={false}>
      <Button icon={<TableOutlined />}>
        <Trans>列</Trans>
      </Button>
    </Popover>
  );
}
