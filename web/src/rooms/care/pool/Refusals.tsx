import { Plural, useLingui } from "@lingui/react/macro";
import { Alert } from "antd";
import { byReason, type NotClaimed } from "@/rooms/care/pool/claiming";

/** Who was not claimed, by name and with the reason. */
export function Refusals({ refused, onClose }: { refused: NotClaimed[]; onClose: () => void }) {
  const { t } = useLingui();
  if (refused.length === 0) return null;
  return (
    <div className="pool-refusals">
      <Alert
        type="warning"
        showIcon
        role="alert"
        closable={{ onClose, "aria-label": t`关上` }}
        title={<Plural value={refused.length} one="有 # 位没领到" other="有 # 位没领到" />}
        description={
          <ul>
            {byReason(refused).map(({ why, names }) => (
              <li key={why}>
                <strong>{names.join(t`、`)}</strong>
                {t`：${why}`}
              </li>
            ))}
          </ul>
        }
      />
    </div>
  );
}
