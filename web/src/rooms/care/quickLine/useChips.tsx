import { useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { useDictionary } from "@/api/fields";
import type { UnderstoodOut } from "@/api/generated/zhike.schemas";
import { usePeople } from "@/api/queries";
import { calendarText, type Day, daysBetween, dayText, planText, today } from "@/lib/days";
import type { FollowUpDraft } from "@/rooms/care/draft";
import { useContactsOf } from "@/rooms/care/queries";
import { amountText, needText } from "@/rooms/care/quickLine/filling";
import type { Kind } from "@/rooms/care/quickLine/marks";
import { choiceLabel } from "@/ui/Chip";
import { wayIcon } from "@/ui/wayIcons";

/** Which editor stands open under the chips. */
export type EditorName = Exclude<Kind, "todo" | "vague"> | "amount" | `todo-${number}`;

export interface ChipSpec {
  name: EditorName;
  kind: Kind;
  label: string;
  text: string;
  icon?: ReactNode;
  aside?: string;
  isAssumed?: boolean;
  /** What the draft is without it; absent where it cannot be done without. */
  without?: Partial<FollowUpDraft>;
}

interface Row {
  label: string;
  chips: ChipSpec[];
}

const NEAR = 2;

/** The draft as chips, in rows: what was, what comes next, what was promised. */
export function useChips(
  customer: number,
  draft: FollowUpDraft,
  reading: UnderstoodOut | null,
  budgetOnFile: string | null,
): { past: Row; next: Row; todos: Row } {
  const { t } = useLingui();
  const ways = useDictionary("way");
  const responses = useDictionary("response");
  const contacts = useContactsOf(customer);
  const { data: people } = usePeople();
  const contact = contacts.find(({ id }) => id === draft.contactId);
  const who = contact?.name ?? draft.person;
  const past: (ChipSpec | null)[] = [
    {
      name: "when",
      kind: "when",
      label: t`时间`,
      text: pastText(draft.on ?? today()),
      isAssumed: draft.on === null && !reading?.date,
      ...(draft.on !== null && { without: { on: null } }),
    },
    {
      name: "way",
      kind: "way",
      label: t`方式`,
      text: choiceLabel(draft.way, ways),
      icon: wayIcon(draft.way),
      isAssumed: !reading?.way && !draft.byHand.includes("way"),
    },
    who
      ? {
          name: "who",
          kind: "who",
          label: t`和谁`,
          text: who,
          isAssumed: !contact,
          ...(!contact && contacts.length > 0 && { aside: t`档案里没有` }),
          without: { contactId: null, person: null },
        }
      : contacts.length > 1
        ? { name: "who", kind: "who", label: t`和谁`, text: t`和谁聊的`, isAssumed: true }
        : null,
    draft.response
      ? {
          name: "answer",
          kind: "answer",
          label: t`客户响应`,
          text: choiceLabel(draft.response, responses),
          without: { response: null },
        }
      : null,
    draft.feedback
      ? {
          name: "need",
          kind: "need",
          label: t`需求`,
          text: t`需求 ${needText(draft.feedback)}`,
          without: { feedback: "" },
        }
      : null,
    draft.result
      ? {
          name: "amount",
          kind: "money",
          label: t`金额`,
          text: t`金额 ${amountText(draft.result)}`,
          without: { result: "" },
        }
      : null,
    draft.budget && budgetOnFile !== null
      ? {
          name: "money",
          kind: "money",
          label: t`预算`,
          text: t`预算 ${draft.budget}`,
          ...(budgetOnFile && budgetOnFile !== draft.budget && { aside: t`原 ${budgetOnFile}` }),
          without: { budget: "" },
        }
      : null,
  ];
  const { next } = draft;
  return {
    past: { label: t`跟进`, chips: past.filter((chip) => chip !== null) },
    next: {
      label: t`下次`,
      chips: next
        ? [
            {
              name: "next",
              kind: "next",
              label: t`下次`,
              text: [planText(next.on), next.time, next.matter].filter(Boolean).join(" "),
              without: { next: null, answer: null },
            },
          ]
        : [],
    },
    todos: {
      label: t`待办`,
      chips: draft.todos.map((todo, at) => ({
        name: `todo-${at}`,
        kind: "todo",
        label: t`待办`,
        text: todo.title || t`要做什么`,
        aside: [
          people?.items.find(({ id }) => id === todo.assignee_id)?.label,
          t`${dayText(todo.due_on)}之前`,
        ]
          .filter(Boolean)
          .join(" · "),
        without: { todos: draft.todos.filter((_, other) => other !== at) },
      })),
    },
  };
}

/** The day of a talk: 11月22日 今天, 11月18日 周三. */
function pastText(day: Day): string {
  return Math.abs(daysBetween(day, today())) <= NEAR
    ? `${calendarText(day)} ${dayText(day)}`
    : planText(day);
}
