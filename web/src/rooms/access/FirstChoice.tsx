import { FileExcelOutlined, SmileOutlined } from "@ant-design/icons";
import { Trans } from "@lingui/react/macro";

interface FirstChoiceProps {
  onImport: () => void;
  onLook: () => void;
}

/** After the first start: bring the sheet, or look around. */
export function FirstChoice({ onImport, onLook }: FirstChoiceProps) {
  return (
    <div className="first-choice">
      <button type="button" onClick={onImport}>
        <FileExcelOutlined />
        <strong>
          <Trans>带上你的 Excel</Trans>
        </strong>
        <span>
          <Trans>把正在用的客户表拖进来，先看一眼再入库，不满意能整批撤回。</Trans>
        </span>
      </button>
      <button type="button" onClick={onLook}>
        <SmileOutlined />
        <strong>
          <Trans>先随便看看</Trans>
        </strong>
        <span>
          <Trans>里面还是空的，记下第一位客户只要名字和电话。</Trans>
        </span>
      </button>
    </div>
  );
}
