import { CopyOutlined, EnterOutlined } from "@ant-design/icons";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button } from "antd";
import { useWords } from "@/api/fields";
import type { PhraseOut } from "@/api/generated/zhike.schemas";
import { WithGaps } from "@/rooms/care/sheets/WithGaps";
import { Chip, ChoiceChip } from "@/ui/Chip";

interface PhraseCardProps {
  phrase: PhraseOut;
  onCopy: () => void;
  /** Puts it into what is being written; absent where nothing is. */
  onTake?: (() => void) | undefined;
  /** What putting it there is called. */
  target: string;
}

/** One phrase to be said: why it fits this customer, the words, and taking them along. */
export function PhraseCard({ phrase, onCopy, onTake, target }: PhraseCardProps) {
  const { t } = useLingui();
  const stages = useWords("deal_stage");
  const { title, objection, stage, fits, used } = phrase;
  return (
    <li className="phrase">
      <div className="phrase-head">
        <strong>{title}</strong>
        {objection && <Chip color="amber">{objection}</Chip>}
        <ChoiceChip value={stage} choices={stages} />
      </div>
      <p className="phrase-words">
        <WithGaps text={phrase.body} />
      </p>
      <div className="phrase-foot">
        <span className="phrase-why">
          {fits.length > 0 && (
            <span className="phrase-fits" title={t`因为这位客户的标签或联系人的角色`}>
              <Trans>适合：{fits.join("、")}</Trans>
            </span>
          )}
          {used > 0 && (
            <span className="faint">
              <Plural value={used} one="用过 # 次" other="用过 # 次" />
            </span>
          )}
        </span>
        <Button
          size="small"
          icon={<CopyOutlined />}
          aria-label={t`复制“${title}”`}
          onClick={onCopy}
        >
          {t`复制`}
        </Button>
        {onTake && (
          <Button
            size="small"
            icon={<EnterOutlined />}
            aria-label={t`${target}：“${title}”`}
            onClick={onTake}
          >
            {target}
          </Button>
        )}
      </div>
    </li>
  );
}
