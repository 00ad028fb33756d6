import { useLingui } from "@lingui/react/macro";
import { Input } from "antd";
import type { KeyboardEvent } from "react";
import type { FollowUpDraft } from "@/rooms/care/draft";
import { ResponsePills, WayPills, WhenPick } from "@/rooms/care/fields";
import { useContactsOf } from "@/rooms/care/queries";
import { amountOf, amountText, needOf, needText } from "@/rooms/care/quickLine/filling";
import type { EditorName } from "@/rooms/care/quickLine/useChips";
import { DayInput } from "@/ui/DayInput";
import { PersonSelect } from "@/ui/fields/PersonSelect";
import { Pills } from "@/ui/Pills";

interface ChipEditorProps {
  name: Exclude<EditorName, "next">;
  customer: number;
  draft: FollowUpDraft;
  change: (part: Partial<FollowUpDraft>) => void;
  onClose: () => void;
}

const BUDGET_LENGTH = 60;
const TITLE_LENGTH = 200;

/** Changes one of the chips, right under them. Enter and Esc go back to the sentence. */
export function ChipEditor({ onClose, ...props }: ChipEditorProps) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only listens for the closing keys
    <div className="ql-editor" onKeyDown={(event) => closeOn(event, onClose)}>
      <Inner {...props} />
    </div>
  );
}

/** Enter and Esc in an editor close it, and do nothing else. */
export function closeOn(event: KeyboardEvent, close: () => void): void {
  const isDone =
    event.key === "Enter" &&
    !event.ctrlKey &&
    !event.metaKey &&
    !event.nativeEvent.isComposing &&
    event.target instanceof HTMLInputElement;
  if (!isDone && event.key !== "Escape") return;
  event.preventDefault();
  event.stopPropagation();
  close();
}

function Inner({ name, customer, draft, change }: Omit<ChipEditorProps, "onClose">) {
  const { t } = useLingui();
  switch (name) {
    case "when":
      return <WhenPick draft={draft} change={change} />;
    case "way":
      return <WayPills draft={draft} change={change} />;
    case "who":
      return <WhoPills customer={customer} draft={draft} change={change} />;
    case "answer":
      return <ResponsePills draft={draft} change={change} />;
    case "need":
      return (
        <Input
          autoFocus
          aria-label={t`客户的需求`}
          value={needText(draft.feedback)}
          onChange={(event) => change({ feedback: needOf(event.target.value) })}
        />
      );
    case "amount":
      return (
        <Input
          autoFocus
          aria-label={t`金额`}
          value={amountText(draft.result)}
          onChange={(event) => change({ result: amountOf(event.target.value) })}
        />
      );
    case "money":
      return (
        <Input
          autoFocus
          aria-label={t`客户的预算`}
          maxLength={BUDGET_LENGTH}
          value={draft.budget}
          onChange={(event) => change({ budget: event.target.value })}
        />
      );
    default:
      return <TodoEditor at={Number(name.slice("todo-".length))} draft={draft} change={change} />;
  }
}

type EditorProps = Pick<ChipEditorProps, "draft" | "change">;

function WhoPills({ customer, draft, change }: EditorProps & { customer: number }) {
  const { t } = useLingui();
  const contacts = useContactsOf(customer);
  if (contacts.length === 0)
    return <p className="ql-note">{t`这位客户还没有联系人，名字留在这句话里`}</p>;
  return (
    <Pills
      label={t`和谁聊的`}
      value={draft.contactId === null ? null : String(draft.contactId)}
      options={contacts.map(({ id, name, title }) => ({
        value: String(id),
        label: [name, title].filter(Boolean).join(" "),
      }))}
      onChange={(id) => change({ contactId: id === null ? null : Number(id), person: null })}
      mayClear
    />
  );
}

function TodoEditor({ at, draft, change }: EditorProps & { at: number }) {
  const { t } = useLingui();
  const todo = draft.todos[at];
  if (!todo) return null;
  const set = (part: Partial<typeof todo>) =>
    change({ todos: draft.todos.map((one, other) => (other === at ? { ...one, ...part } : one)) });
  return (
    <div className="ql-todo-editor">
      <Input
        autoFocus
        aria-label={t`要做的事`}
        maxLength={TITLE_LENGTH}
        value={todo.title}
        onChange={(event) => set({ title: event.target.value })}
      />
      <span className="pick-day">
        <DayInput
          aria-label={t`哪天之前`}
          value={todo.due_on}
          onChange={(day) => day && set({ due_on: day })}
        />
      </span>
      <PersonSelect
        aria-label={t`交给谁`}
        value={todo.assignee_id}
        onChange={(person) => {
          const { assignee_id: _before, ...rest } = todo;
          const next = person === null ? rest : { ...rest, assignee_id: person };
          change({ todos: draft.todos.map((one, other) => (other === at ? next : one)) });
        }}
      />
    </div>
  );
}
