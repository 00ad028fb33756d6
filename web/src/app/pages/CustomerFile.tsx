import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useRouterState } from "@tanstack/react-router";
import { App } from "antd";
import { useState } from "react";
import { useFieldRights } from "@/api/fieldGroups";
import { deleteFollowUp, restoreFollowUp } from "@/api/generated/care";
import type { CustomerOut, StoryItem } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { useMe } from "@/api/queries";
import { useRights } from "@/api/rights";
import { seesPool } from "@/app/places";
import { useCustomerAtHand, useQuick } from "@/app/quick";
import { CareDrawer } from "@/rooms/care/CareDrawer";
import { EditFollowUpDrawer } from "@/rooms/care/EditFollowUpDrawer";
import { FollowUpFiles } from "@/rooms/care/followUpFiles/FollowUpFiles";
import { HandedOver } from "@/rooms/care/handedOver/HandedOver";
import { Corrections } from "@/rooms/care/history/Corrections";
import { NextSteps } from "@/rooms/care/NextSteps";
import { ClaimHere } from "@/rooms/care/pool/ClaimHere";
import { GiveBackDialog } from "@/rooms/care/pool/GiveBackDialog";
import { useMayClaim } from "@/rooms/care/pool/queries";
import { PrepareButton } from "@/rooms/care/preparing/PrepareButton";
import { refreshAround } from "@/rooms/care/queries";
import { QuickLine } from "@/rooms/care/quickLine/QuickLine";
import { ChecklistCard } from "@/rooms/care/sheets/ChecklistCard";
import { WaitingFollowUps } from "@/rooms/care/WaitingFollowUps";
import { type FileTab, readTab } from "@/rooms/customers/dealings/fileTabs";
import { useCustomer } from "@/rooms/customers/queries";
import { CustomerRecord } from "@/rooms/customers/record/CustomerRecord";
import { FeedbackDrawer } from "@/rooms/service/FeedbackDrawer";
import { Story } from "@/rooms/trail/Story";
import { useUndo } from "@/ui/undo";

interface CustomerFileProps {
  id: number;
  onGone: () => void;
  /** The way back on the phone; a panel has its own. */
  onBack?: () => void;
}

/** One customer with all the rooms have to say about it; a page, and the panel beside a list. */
export function CustomerFile({ id, onGone, onBack }: CustomerFileProps) {
  const { t } = useLingui();
  const me = useMe();
  const rights = useRights();
  const start = useQuick();
  const cache = useQueryClient();
  const { message } = App.useApp();
  const offerUndo = useUndo();
  const { data: customer, error } = useCustomer(id);
  const [tab, openTab] = useFileTab();
  const mayLog = customer?.can.log ?? false;
  const fieldRights = useFieldRights();
  const passesOn = fieldRights.edits("owner");
  const isMine = customer?.owner?.id === me.id;
  const mayGiveBack =
    passesOn && customer?.owner != null && (isMine || Boolean(customer.can.hand_over));
  const mayClaim = useMayClaim();
  const [opened, setOpened] = useState<"care" | "feedback" | "give-back" | null>(null);
  const [edited, setEdited] = useState<StoryItem | null>(null);
  useCustomerAtHand(
    id,
    customer?.name ?? "",
    customer ? stateOf(customer) : error ? "gone" : "loading",
  );

  const remove = async (item: StoryItem) => {
    const followUp = Number(item.record?.id);
    try {
      await deleteFollowUp(followUp);
    } catch (error) {
      message.error(messageOf(error));
      return;
    } finally {
      refreshAround(cache, id);
    }
    offerUndo(t`删掉了这条跟进`, async () => {
      await restoreFollowUp(followUp);
      refreshAround(cache, id);
    });
  };
  const close = () => setOpened(null);
  return (
    <>
      <CustomerRecord
        id={id}
        onGone={onGone}
        tab={tab}
        onTab={openTab}
        {...(onBack && { onBack })}
        onFollowUp={({ name }) => start("follow-up", { customer: { id, name } })}
        prepare={(one) => <PrepareButton customer={{ id, name: one.name }} />}
        claim={(one) => mayClaim && <ClaimHere customer={one} />}
        composer={(one) => <QuickLine key={id} customer={one} />}
        story={() => (
          <Story
            customer={id}
            before={
              <>
                {customer && <HandedOver customer={id} owner={customer.owner?.id ?? null} />}
                <WaitingFollowUps customer={id} />
              </>
            }
            isReadOnly={!mayLog}
            below={(item) => (
              <BelowFollowUp
                customer={id}
                item={item}
                hasFiles={(customer?.counts.attachments ?? 0) > 0}
              />
            )}
            mayEdit={(item) =>
              mayLog &&
              (item.actor?.id === me.id || customer?.owner?.id === me.id || rights.may("delete"))
            }
            onEdit={setEdited}
            onDelete={remove}
          />
        )}
        next={(one) => (
          <>
            <NextSteps
              customer={one}
              mayLog={mayLog}
              nextOn={one.next_follow_up_on}
              onCare={() => setOpened("care")}
              onFeedback={() => setOpened("feedback")}
            />
            <ChecklistCard
              customer={id}
              stage={fieldRights.shows("deal_stage") ? (one.deal_stage ?? "") : null}
              mayLog={mayLog}
            />
          </>
        )}
        onGiveBack={mayGiveBack ? () => setOpened("give-back") : undefined}
      />
      {customer && (
        <>
          <CareDrawer open={opened === "care"} onClose={close} customer={customer} />
          <FeedbackDrawer open={opened === "feedback"} onClose={close} customer={customer} />
          {opened === "give-back" && (
            <GiveBackDialog
              customer={customer}
              onClose={close}
              onDone={() => {
                close();
                if (!seesPool(me)) onGone();
              }}
            />
          )}
        </>
      )}
      <EditFollowUpDrawer customer={id} item={edited} onClose={() => setEdited(null)} />
    </>
  );
}

function stateOf({ access, can }: CustomerOut) {
  if (can.log) return "here";
  return access === "pool" ? "in-pool" : "read-only";
}

interface BelowFollowUpProps {
  customer: number;
  item: StoryItem;
  /** Has the customer any files at all? */
  hasFiles: boolean;
}

/** Its files, and how it was corrected. */
function BelowFollowUp({ customer, item, hasFiles }: BelowFollowUpProps) {
  const followUp = Number(item.record?.id);
  return (
    <>
      <FollowUpFiles customer={customer} followUp={followUp} hasFiles={hasFiles} />
      <Corrections followUp={followUp} version={Number(item.detail.version)} />
    </>
  );
}

/** The open tab, in the address of whichever page the file stands on: so that Back leads to the
 * one before, and a link opens what was seen. */
function useFileTab(): [FileTab, (tab: FileTab) => void] {
  const navigate = useNavigate();
  const tab = useRouterState({
    select: ({ location }) => readTab((location.search as { tab?: unknown }).tab),
  });
  const open = (next: FileTab) =>
    void navigate({
      to: ".",
      search: (before: Record<string, unknown>) => ({
        ...before,
        tab: next === "story" ? undefined : next,
      }),
      resetScroll: false,
    } as never);
  return [tab, open];
}
