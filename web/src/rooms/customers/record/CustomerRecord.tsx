import { useLingui } from "@lingui/react/macro";
import { App, Skeleton } from "antd";
import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import type { CustomerOut } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { useMe } from "@/api/queries";
import { rememberCustomer } from "@/lib/recent";
import { useIsPhone, usePageTitle } from "@/lib/screen";
import { Contacts } from "@/rooms/customers/contacts/Contacts";
import { FileTabs } from "@/rooms/customers/dealings/FileTabs";
import { type FileTab, tabsOf } from "@/rooms/customers/dealings/fileTabs";
import { useAsked } from "@/rooms/customers/facts/asking";
import { Facts } from "@/rooms/customers/facts/Facts";
import { Collaborators } from "@/rooms/customers/passing/Collaborators";
import { MergedFrom } from "@/rooms/customers/quality/MergedFrom";
import { useCustomer, useDeleteCustomer } from "@/rooms/customers/queries";
import { CustomerGone, isGone } from "@/rooms/customers/record/CustomerGone";
import { PhoneBar } from "@/rooms/customers/record/PhoneBar";
import { RecordHead } from "@/rooms/customers/record/RecordHead";
import { useRecordEditing } from "@/rooms/customers/record/record";
import { ReviewBanner } from "@/rooms/customers/reviews/ReviewBanner";
import { StaleDialog } from "@/rooms/customers/stale/StaleDialog";
import { useUndo } from "@/ui/undo";
import "@/rooms/customers/record/record.css";

// The story stands first; what else the file holds is fetched when it is opened.
const Purchases = lazy(() =>
  import("@/rooms/customers/dealings/Purchases").then((m) => ({ default: m.Purchases })),
);
const Problems = lazy(() =>
  import("@/rooms/customers/dealings/Problems").then((m) => ({ default: m.Problems })),
);
const Attachments = lazy(() =>
  import("@/rooms/customers/attachments/Attachments").then((m) => ({ default: m.Attachments })),
);
const Growth = lazy(() =>
  import("@/rooms/customers/growth/Growth").then((m) => ({ default: m.Growth })),
);

type Slot = (customer: CustomerOut) => ReactNode;
type Part = "facts" | "story" | "next";

interface CustomerRecordProps {
  id: number;
  /** The customer was deleted: leave the page. */
  onGone: () => void;
  /** What the middle shows; it stands in the address. */
  tab: FileTab;
  onTab: (tab: FileTab) => void;
  /** What other rooms put into the page: the line to write in, the story, what is next. */
  composer?: Slot;
  story?: Slot;
  next?: Slot;
  /** The phone's way back, where no panel has one. */
  onBack?: () => void;
  /** Puts the customer back into the pool; absent where that may not be. */
  onGiveBack?: (() => void) | undefined;
  /** The button that tells what to know before a contact. */
  prepare?: Slot;
  /** The button that takes a customer of the pool. */
  claim?: Slot;
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
  // What is missing is filled in where it stands.
  useAsked(id, () => setPart("facts"));
  usePageTitle(customer?.name ?? t`客户`);
  useEffect(() => {
    if (customer) rememberCustomer(me.id, customer);
  }, [customer, me.id]);
  // Deleted or taken away meanwhile: what is still remembered of it must not stand any longer.
  if (error && (!customer || isGone(error)))
    return <CustomerGone error={error} onRetry={() => void refetch()} onLeave={onGone} />;
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
  // An address may name a tab this reader does not have.
  const tab = tabsOf(customer).some(([one]) => one === props.tab) ? props.tab : "story";
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
          onGiveBack={props.onGiveBack}
          onBack={isPhone ? props.onBack : undefined}
          prepare={props.prepare?.(customer)}
          claim={props.claim?.(customer)}
        >
          <ReviewBanner customer={customer} save={save} />
        </RecordHead>
        <div className="record-tabs" role="tablist" aria-label={t`这位客户的`}>
          {tabs.map((one) => (
            <button
              key={one.part}
              type="button"
              role="tab"
              aria-selected={part === one.part}
              onClick={() => setPart(one.part)}
            >
              {one.label}
            </button>
          ))}
        </div>
        <div className="record-facts">
          <MergedFrom customer={id} />
          {customer.fields.contact !== "hidden" && <Contacts customer={customer} />}
          <Collaborators customer={customer} />
          <Facts customer={customer} save={save} />
        </div>
        <div className="record-story">
          {!isPhone && customer.can.log && (
            <div className="record-composer">{props.composer?.(customer)}</div>
          )}
          <FileTabs customer={customer} tab={tab} onTab={props.onTab} />
          {tab === "story" ? (
            props.story?.(customer)
          ) : (
            <Suspense fallback={<Skeleton active title={false} paragraph={{ rows: 6 }} />}>
              {tab === "purchases" && <Purchases customer={customer} />}
              {tab === "problems" && <Problems customer={customer} />}
              {tab === "files" && <Attachments customer={customer} />}
              {tab === "growth" && <Growth customer={customer} />}
            </Suspense>
          )}
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
