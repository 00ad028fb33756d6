import { CloudSyncOutlined, WarningOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { App, Button } from "antd";
import type { FieldJson } from "@/api/fields";
import { useMe } from "@/api/queries";
import { emptyDraft, type FollowUpDraft, isEmptyDraft } from "@/rooms/care/draft";
import { changeDraft, readDraft } from "@/rooms/care/drafts";
import { takeBack } from "@/rooms/care/followUpFiles/chosen";
import { drop, useWaiting, type Waiting } from "@/rooms/care/outbox";
import { READ } from "@/rooms/care/quickLine/filling";
import "@/rooms/care/care.css";

/** Follow-ups written without a connection: of one customer, or all of them. */
export function WaitingFollowUps({ customer }: { customer?: number }) {
  const { t } = useLingui();
  const me = useMe();
  const waiting = useWaiting(me.id).filter(
    (one) => customer === undefined || one.customer.id === customer,
  );
  if (waiting.length === 0) return null;
  return (
    <ul className="waiting" aria-label={t`等网络的跟进`}>
      {waiting.map((one) => (
        <WaitingLine key={one.key} waiting={one} person={me.id} isNamed={customer === undefined} />
      ))}
    </ul>
  );
}

interface WaitingLineProps {
  waiting: Waiting;
  person: number;
  isNamed: boolean;
}

function WaitingLine({ waiting, person, isNamed }: WaitingLineProps) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const { body, customer, problem } = waiting;
  const backToDraft = () => {
    if (!isEmptyDraft(readDraft(person, customer.id))) {
      message.warning(t`这位客户还有一条没写完的跟进，先记下它，再来改这条`);
      return;
    }
    changeDraft(person, customer.id, draftOf(waiting));
    takeBack(waiting.key);
    drop(person, waiting.key);
  };
  return (
    <li className={problem ? "is-refused" : ""}>
      {problem ? <WarningOutlined /> : <CloudSyncOutlined />}
      <span>
        {isNamed && <strong>{customer.name} </strong>}
        {body.content}
        <small>{problem ?? <Trans>等网络恢复，会自动补记</Trans>}</small>
      </span>
      {problem && (
        <Button size="small" onClick={backToDraft}>
          <Trans>改一改</Trans>
        </Button>
      )}
    </li>
  );
}

/** What was to be sent, as a draft to correct. */
function draftOf({ body, budget = "" }: Waiting): FollowUpDraft {
  return {
    ...emptyDraft(body.way ?? "phone"),
    content: body.content ?? "",
    contactId: body.contact_id ?? null,
    on: body.contacted_on ?? null,
    feedback: body.customer_feedback ?? "",
    solution: body.solution ?? "",
    response: body.response ?? null,
    objection: body.objection ?? "",
    result: body.result ?? "",
    next: body.next?.on
      ? {
          on: body.next.on,
          time: body.next.time ?? "",
          matter: body.next.matter ?? "",
          materials: body.next.materials ?? "",
          ...(body.next.by_rule && { byRule: true }),
        }
      : null,
    todos: (body.todos ?? []).map(({ title, due_on, assignee_id }) => ({
      title,
      due_on,
      ...(assignee_id && { assignee_id }),
    })),
    budget,
    custom: (body.custom ?? {}) as Record<string, FieldJson>,
    // It was looked at once already: reading it again must not change what was meant.
    byHand: READ.filter((name) => name !== "next" || body.next || body.by_rule === false),
  };
}
