import { CloseOutlined, PlusOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Input } from "antd";
import { useMe } from "@/api/queries";
import { addDays, today } from "@/lib/days";
import type { FollowUpDraft } from "@/rooms/care/draft";
import { Field } from "@/rooms/care/fields";
import type { Problems } from "@/rooms/care/logging";
import { OwnFields, type OwnOnFile } from "@/rooms/care/OwnFields";
import { AnswerHelp } from "@/rooms/care/sheets/AnswerHelp";
import { DayInput } from "@/ui/DayInput";
import { PersonSelect } from "@/ui/fields/PersonSelect";

interface PromisesProps {
  draft: FollowUpDraft;
  change: (part: Partial<FollowUpDraft>) => void;
}

interface MoreFieldsProps extends PromisesProps {
  customer: number;
  problems: Problems;
  own?: OwnOnFile | undefined;
  /** A past follow-up is corrected: plans and to-dos have their own place. */
  isPast?: boolean;
}

/** 更多: what the customer said, what we offered, objections, the result, and promises made. */
export function MoreFields({ draft, change, isPast = false, ...props }: MoreFieldsProps) {
  const { t } = useLingui();
  const texts = [
    { name: "feedback", label: t`客户反馈与需求变化`, hint: t`他怎么说，需求变了没有` },
    { name: "solution", label: t`我方方案`, hint: t`介绍了什么、报价多少、给了哪个案例` },
    { name: "objection", label: t`异议`, hint: t`还有什么顾虑` },
    { name: "result", label: t`结果`, hint: t`谈成什么样` },
  ] as const;
  return (
    <div className="more-fields">
      {texts.map(({ name, label, hint }) => (
        <Field key={name} label={label}>
          <Input.TextArea
            aria-label={label}
            placeholder={hint}
            autoSize={{ minRows: 1, maxRows: 8 }}
            value={draft[name]}
            onChange={(event) => change({ [name]: event.target.value })}
          />
          {name === "objection" && (
            <AnswerHelp
              customer={props.customer}
              objection={draft.objection}
              onTake={(words) =>
                change({ solution: [draft.solution.trimEnd(), words].filter(Boolean).join("\n") })
              }
            />
          )}
        </Field>
      ))}
      <OwnFields
        customer={props.customer}
        draft={draft}
        change={change}
        problems={props.problems}
        onFile={props.own}
      />
      {!isPast && draft.next && (
        <div className="field-pair">
          <Field label={t`下次几点`}>
            <Input
              type="time"
              aria-label={t`下次几点`}
              value={draft.next.time}
              onChange={(event) =>
                draft.next && change({ next: { ...draft.next, time: event.target.value } })
              }
            />
          </Field>
          <Field label={t`要准备的资料`}>
            <Input
              aria-label={t`要准备的资料`}
              placeholder={t`报价单、案例册…`}
              maxLength={200}
              value={draft.next.materials}
              onChange={(event) =>
                draft.next && change({ next: { ...draft.next, materials: event.target.value } })
              }
            />
          </Field>
        </div>
      )}
      {!isPast && <Promises draft={draft} change={change} />}
    </div>
  );
}

/** What was promised and has to be done besides: 寄样品, 发合同. */
function Promises({ draft, change }: PromisesProps) {
  const { t } = useLingui();
  const me = useMe();
  const set = (index: number, part: Partial<FollowUpDraft["todos"][number]>) =>
    change({ todos: draft.todos.map((todo, at) => (at === index ? { ...todo, ...part } : todo)) });
  return (
    <Field label={t`答应了要做的事`}>
      {draft.todos.map((todo, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines have no other name
        <div className="promise" key={index}>
          <Input
            aria-label={t`要做的事`}
            autoFocus={todo.title === ""}
            placeholder={t`比如 寄样品`}
            maxLength={200}
            value={todo.title}
            onChange={(event) => set(index, { title: event.target.value })}
          />
          <span className="pick-day">
            <DayInput
              aria-label={t`哪天之前`}
              value={todo.due_on}
              onChange={(day) => day && set(index, { due_on: day })}
            />
          </span>
          <span className="promise-who">
            <PersonSelect
              aria-label={t`谁来做`}
              value={todo.assignee_id ?? me.id}
              onChange={(person) => set(index, { assignee_id: person ?? me.id })}
            />
          </span>
          <Button
            type="text"
            icon={<CloseOutlined />}
            aria-label={t`去掉这件事`}
            onClick={() => change({ todos: draft.todos.filter((_, at) => at !== index) })}
          />
        </div>
      ))}
      <Button
        type="link"
        size="small"
        className="flush-link"
        icon={<PlusOutlined />}
        onClick={() =>
          change({ todos: [...draft.todos, { title: "", due_on: addDays(today(), 1) }] })
        }
      >
        <Trans>加一件</Trans>
      </Button>
    </Field>
  );
}
