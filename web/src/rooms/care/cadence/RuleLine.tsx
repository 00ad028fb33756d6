import { DeleteOutlined } from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import { Button, Switch } from "antd";
import type { CadenceRuleOut } from "@/api/generated/zhike.schemas";
import { isOwn } from "@/rooms/care/cadence/draft";
import { Chip } from "@/ui/Chip";

interface RuleLineProps {
  rule: CadenceRuleOut;
  isBusy: boolean;
  onOpen: () => void;
  onTurn: (is_on: boolean) => void;
  onRemove: () => void;
}

/** One rule: its name, what it says in a sentence, and whether it counts. */
export function RuleLine({ rule, isBusy, onOpen, onTurn, onRemove }: RuleLineProps) {
  const { t } = useLingui();
  return (
    <div className={`cadence-rule ${rule.is_on ? "" : "is-off"}`}>
      <div className="cadence-rule-what">
        <button type="button" onClick={onOpen}>
          {rule.name}
        </button>{" "}
        {rule.track === "return_visit" && <Chip color="violet">{t`回访`}</Chip>}
        {!rule.is_on && <Chip color="grey">{t`停用`}</Chip>}
        <p>{rule.told}</p>
      </div>
      {isOwn(rule) && (
        <Button
          type="text"
          icon={<DeleteOutlined />}
          aria-label={t`删除“${rule.name}”`}
          title={t`删除`}
          disabled={isBusy}
          onClick={onRemove}
        />
      )}
      <Switch
        aria-label={t`启用“${rule.name}”`}
        checked={rule.is_on}
        loading={isBusy}
        onChange={onTurn}
      />
    </div>
  );
}
