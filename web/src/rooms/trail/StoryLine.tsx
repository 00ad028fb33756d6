import {
  DeleteOutlined,
  EditOutlined,
  GiftOutlined,
  SafetyOutlined,
  ShoppingOutlined,
  SmileOutlined,
} from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import { Button } from "antd";
import type { ReactNode } from "react";
import { useWords } from "@/api/fields";
import type { StoryItem } from "@/api/generated/zhike.schemas";
import { dayOf, planText, timeText } from "@/lib/days";
import { exactMoneyText } from "@/lib/money";
import { NoteLine } from "@/rooms/trail/NoteLine";
import { useOwnValues } from "@/rooms/trail/OwnValues";
import { usePromised } from "@/rooms/trail/Promised";
import { Extra, Head, Line, Words } from "@/rooms/trail/parts";
import { hasClockTime } from "@/rooms/trail/story";
import { Chip, ChoiceChip } from "@/ui/Chip";
import { wayIcon } from "@/ui/wayIcons";

interface StoryLineProps {
  item: StoryItem;
  looks: string[];
  below?: (item: StoryItem) => ReactNode;
  mayEdit: (item: StoryItem) => boolean;
  onEdit: (item: StoryItem) => void;
  onDelete: (item: StoryItem) => void;
}

/** One thing that happened. What people did stands in full; what the system noted, in a line. */
export function StoryLine(props: StoryLineProps) {
  const { item } = props;
  switch (item.kind) {
    case "follow_up":
      return <FollowUpLine {...props} />;
    case "care":
      return <CareLine item={item} />;
    case "feedback":
      return <FeedbackLine item={item} />;
    case "purchase":
      return <PurchaseLine item={item} />;
    case "problem":
      return <ProblemLine item={item} />;
    default:
      return <NoteLine item={item} looks={props.looks} />;
  }
}

function FollowUpLine({ item, below, mayEdit, onEdit, onDelete }: StoryLineProps) {
  const { t } = useLingui();
  const responses = useWords("response");
  const { detail } = item;
  const text = (name: string) => String(detail[name] ?? "");
  const at = text("contacted_at");
  const own = useOwnValues(detail.custom);
  const promised = usePromised(item);
  return (
    <Line icon={wayIcon(text("way"))} kind="follow_up">
      <Head
        title={item.title || t`跟进`}
        parts={[text("contact"), at && hasClockTime(at) ? timeText(at) : "", text("author")]}
      >
        <ChoiceChip value={text("response")} choices={responses} />
        {detail.is_late === true && <LateMark item={item} />}
        {mayEdit(item) && (
          <span className="story-tools">
            <Button
              type="text"
              size="small"
              icon={<EditOutlined />}
              aria-label={t`改这条跟进`}
              title={t`修改`}
              onClick={() => onEdit(item)}
            />
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              aria-label={t`删掉这条跟进`}
              title={t`删除`}
              onClick={() => onDelete(item)}
            />
          </span>
        )}
      </Head>
      <Words text={item.body} />
      <Extra
        lines={[
          [t`客户反馈`, text("customer_feedback")],
          [t`我方方案`, text("solution")],
          [t`异议`, text("objection")],
          [t`结果`, text("result")],
        ]}
      >
        {(own || promised) && (
          <>
            {own}
            {promised}
          </>
        )}
      </Extra>
      {below?.(item)}
    </Line>
  );
}

/** 补记: written down later than a day after the talk. */
function LateMark({ item }: { item: StoryItem }) {
  const { t } = useLingui();
  const on = String(item.detail.contacted_on ?? "");
  const told = on && t`${planText(on)}联系的，${planText(dayOf(item.at))}才记下`;
  return (
    <Chip color="amber" title={told}>
      {t`补记`}
    </Chip>
  );
}

function CareLine({ item }: { item: StoryItem }) {
  const { t } = useLingui();
  const { detail } = item;
  const cost = typeof detail.cost === "number" ? exactMoneyText(detail.cost) : "";
  return (
    <Line icon={<GiftOutlined />} kind="care">
      <Head title={item.title || t`维护`} parts={[String(detail.author ?? "")]} />
      <Words text={item.body} />
      <Extra
        lines={[
          [t`客户反馈`, String(detail.feedback ?? "")],
          [t`费用`, cost],
        ]}
      />
    </Line>
  );
}

function FeedbackLine({ item }: { item: StoryItem }) {
  const { t } = useLingui();
  const { detail } = item;
  const score = typeof detail.score === "number" ? detail.score : null;
  return (
    <Line icon={<SmileOutlined />} kind="feedback">
      <Head
        title={item.title ? t`反馈 · ${item.title}` : t`反馈`}
        parts={[String(detail.status ?? ""), String(detail.handler ?? "")]}
      >
        {score !== null && (
          <span className="story-score" title={t`满意度 ${score} 分`}>
            {"★".repeat(score)}
            <span className="faint">{"★".repeat(5 - score)}</span>
          </span>
        )}
      </Head>
      <Words text={item.body} />
      <Extra lines={[[t`改进建议`, String(detail.suggestion ?? "")]]} />
    </Line>
  );
}

function PurchaseLine({ item }: { item: StoryItem }) {
  const { t } = useLingui();
  const { detail } = item;
  const amount = typeof detail.amount === "number" ? exactMoneyText(detail.amount) : "";
  const code = String(detail.order_code ?? "");
  return (
    <Line icon={<ShoppingOutlined />} kind="purchase">
      <Head title={item.title || t`购买`} parts={[amount, code, item.actor?.name ?? ""]} />
      <Words text={item.body} />
      <Extra lines={[[t`备注`, String(detail.note ?? "")]]} />
    </Line>
  );
}

function ProblemLine({ item }: { item: StoryItem }) {
  const { t } = useLingui();
  const { detail } = item;
  return (
    <Line icon={<SafetyOutlined />} kind="problem">
      <Head title={item.title || t`潜在问题`} parts={[item.actor?.name ?? ""]} />
      <Words text={item.body} />
      <Extra
        lines={[
          [t`原因`, String(detail.cause ?? "")],
          [t`办法`, String(detail.solution ?? "")],
        ]}
      />
    </Line>
  );
}
