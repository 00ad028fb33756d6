import { EditOutlined, PhoneOutlined, UserDeleteOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { App, Button, Skeleton } from "antd";
import { type ReactNode, useEffect, useState } from "react";
import { FieldRights } from "@/api/fieldGroups";
import { revealOfContact } from "@/api/generated/customers";
import type { CustomerOut } from "@/api/generated/zhike.schemas";
import { ApiProblem, messageOf } from "@/api/problem";
import { useMe } from "@/api/queries";
import { rememberCustomer } from "@/lib/recent";
import { useIsPhone, usePageTitle } from "@/lib/screen";
import { Collaborators } from "@/rooms/customers/Collaborators";
import { Contacts } from "@/rooms/customers/Contacts";
import { Facts } from "@/rooms/customers/Facts";
import { useCustomer, useDeleteCustomer } from "@/rooms/customers/queries";
import { RecordHead } from "@/rooms/customers/RecordHead";
import { useRecordEditing } from "@/rooms/customers/record";
import { StaleDialog } from "@/rooms/customers/StaleDialog";
import { EmptyState } from "@/ui/EmptyState";
import { useRevealReason } from "@/ui/RevealReason";
import { useUndo } from "@/ui/undo";
import "@/rooms/customers/customers.css";
import "@/rooms/customers/record.css";

type Slot = (customer: CustomerOut) => ReactNode;
type Part = "facts" | "story" | "next";

interface CustomerRecordProps {
  id: number;
  /** The customer was deleted: leave the page. */
  onGone: () => void;
  /** What other rooms put into the page: the line to write in, the story, what is next. */
  composer?: Slot;
  story?: Slot;
  next?: Slot;
  /** The phone's way back, where no panel has one. */
  onBack?: () => void;
  /** The phone's button at the bottom. */
  onFollowUp?: (customer: CustomerOut) => void;
}

/** One customer, in the panel beside the list and as a page of its own. Wide enough it stands in
 * three columns: who it is, the story, what is next; narrow it has a tab for each. */
export function CustomerRecord(props: CustomerRecordProps) {
  const { id, onGone } = props;
  const { t } = useLingui();
  const me = useMe();
  const isPhone = useIsPhone();
  const { data: customer, error, refetch } = useCustomer(id);
  const { save, stale, closeStale } = useRecordEditing(id);
  const { remove, restore } = useDeleteCustomer();
  const { message } = App.useApp();
  const offerUndo = useUndo();
  const [part, setPart] = useState<Part>("story");
  usePageTitle(customer?.name ?? t`客户`);
  useEffect(() => {
    if (customer) rememberCustomer(me.id, customer);
  }, [customer, me.id]);
  // Deleted or taken away meanwhile: what is still remembered of it must not stand any longer.
  if (error && (!customer || isGone(error)))
    return <NotThere error={error} onRetry={() => void refetch()} onLeave={onGone} />;
  if (!customer) return <Loading />;
  const erase = async () => {
    try {
      await remove(id);
    } catch (refused) {
      message.error(messageOf(refused));
      return;
    }
    onGone();
    offerUndo(t`删除了${customer.name}`, () => restore(id));
  };
  const tabs: { part: Part; label: string }[] = [
    { part: "facts", label: t`概况` },
    { part: "story", label: t`动态` },
    { part: "next", label: t`下一步` },
  ];
  return (
    <article className="record" data-part={part}>
      <div className="record-layout">
        <RecordHead
          customer={customer}
          save={save}
          onDelete={erase}
          onBack={isPhone ? props.onBack : undefined}
        />
        <div className="record-tabs" role="tablist" aria-label={t`这位客户的`}>
          {tabs.map((tab) => (
            <button
              key={tab.part}
              type="button"
              role="tab"
              aria-selected={part === tab.part}
              onClick={() => setPart(tab.part)}
            >
              {tab.label}
            </button>
          ))}
        </div>
        <div className="record-facts">
          {customer.fields.contact !== "hidden" && <Contacts customer={customer} />}
          <Collaborators customer={customer} />
          <Facts customer={customer} save={save} />
        </div>
        <div className="record-story">
          {!isPhone && customer.can.log && (
            <div className="record-composer">{props.composer?.(customer)}</div>
          )}
          {props.story?.(customer)}
        </div>
        <div className="record-next">{props.next?.(customer)}</div>
      </div>
      {isPhone && props.onFollowUp && (
        <PhoneBar customer={customer} onFollowUp={() => props.onFollowUp?.(customer)} />
      )}
      {stale && <StaleDialog edit={stale} onClose={closeStale} />}
    </article>
  );
}

/** At the thumb: call, and note what was said. */
function PhoneBar({ customer, onFollowUp }: { customer: CustomerOut; onFollowUp: () => void }) {
  const { message } = App.useApp();
  const why = useRevealReason();
  const first = customer.contacts.find((one) => one.is_primary) ?? customer.contacts[0];
  const field = first?.mobile?.valid ? "mobile" : first?.landline?.valid ? "landline" : null;
  const mayCall =
    field !== null && customer.can.reveal && new FieldRights(customer.fields).reads(field);
  if (!mayCall && !customer.can.log) return null;
  const call = async () => {
    if (!first || !field) return;
    const reason = await why.ask();
    if (reason === null) return;
    try {
      const { value } = await revealOfContact(first.id, { field, ...(reason && { reason }) });
      window.location.href = `tel:${value.replace(/[^\d+]/g, "")}`;
    } catch (error) {
      message.error(messageOf(error));
    }
  };
  return (
    <div className="phone-bar">
      {mayCall &&
        why.around(
          <Button size="large" icon={<PhoneOutlined />} onClick={call}>
            <Trans>打给{first?.name}</Trans>
          </Button>,
        )}
      {customer.can.log && (
        <Button size="large" type="primary" icon={<EditOutlined />} onClick={onFollowUp}>
          <Trans>记跟进</Trans>
        </Button>
      )}
    </div>
  );
}

interface NotThereProps {
  error: unknown;
  onRetry: () => void;
  onLeave: () => void;
}

function NotThere({ error, onRetry, onLeave }: NotThereProps) {
  const { t } = useLingui();
  return (
    <div className="record-message" role="alert">
      <EmptyState
        icon={<UserDeleteOutlined />}
        title={isGone(error) ? t`没有这位客户` : t`没打开这位客户`}
        action={
          isGone(error) ? (
            <Button onClick={onLeave}>{t`看全部客户`}</Button>
          ) : (
            <Button onClick={onRetry}>{t`再试一次`}</Button>
          )
        }
      >
        {messageOf(error)}
      </EmptyState>
    </div>
  );
}

function isGone(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 404;
}

function Loading() {
  return (
    <div className="record" aria-busy>
      <div className="record-layout">
        <div className="record-head">
          <Skeleton active title={{ width: "40%" }} paragraph={{ rows: 1, width: "60%" }} />
        </div>
        <div className="record-facts is-loading">
          <Skeleton active paragraph={{ rows: 8 }} />
        </div>
        <div className="record-story">
          <Skeleton active title={false} paragraph={{ rows: 8 }} />
        </div>
        <div className="record-next is-loading">
          <Skeleton active paragraph={{ rows: 3 }} />
        </div>
      </div>
    </div>
  );
}
