import { CheckSquareOutlined } from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import { useWords } from "@/api/fields";
import { wayIcon } from "@/ui/wayIcons";

/** The sign of a step's way; without one it is something to prepare. */
export function StepIcon({ way }: { way: string | undefined }) {
  const { t } = useLingui();
  const label = useWords("way").find(({ value }) => value === way)?.label ?? t`内部准备`;
  return (
    <span className="step-icon" role="img" aria-label={label} title={label}>
      {way ? wayIcon(way) : <CheckSquareOutlined />}
    </span>
  );
}
