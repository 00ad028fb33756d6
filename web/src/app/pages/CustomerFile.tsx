import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useRouterState } from "@tanstack/react-router";
import { App } from "antd";
import { useState } from "react";
import { deleteFollowUp, restoreFollowUp } from "@/api/generated/care";
import type { StoryItem } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { useMe } from "@/api/queries";
import { useRights } from "@/api/rights";
import { useCustomerAtHand, useQuick } from "@/app/quick";
import { CareDrawer } from "@/rooms/care/CareDrawer";
import { Composer } from "@/rooms/care/Composer";
import { EditFollowUpDrawer } from "@/rooms/care/EditFollowUpDrawer";
import { NextSteps } from "@/rooms/care/NextSteps";
import { refreshAround } from "@/rooms/care/queries";
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
  const [opened, setOpened] = useState<"care" | "feedback" | null>(null);
  const [edited, setEdited] = useState<StoryItem | null>(null);
  useCustomerAtHand(
    id,
    customer?.name ?? "",
    customer ? (mayLog ? "here" : "read-only") : error ? "gone" : "loading",
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
        composer={(one) => <Composer key={id} customer={one} />}
        story={() => (
          <Story
            customer={id}
            before={<WaitingFollowUps customer={id} />}
            isReadOnly={!mayLog}
            mayEdit={(item) =>
              mayLog &&
              (item.actor?.id === me.id || customer?.owner?.id === me.id || rights.may("delete"))
            }
            onEdit={setEdited}
            onDelete={remove}
          />
        )}
        next={(one) => (
          <NextSteps
            customer={one}
            mayLog={mayLog}
            nextOn={one.next_follow_up_on}
            onCare={() => setOpened("care")}
            onFeedback={() => setOpened("feedback")}
          />
        )}
      />
      {customer && (
        <>
          <CareDrawer open={opened === "care"} onClose={close} customer={customer} />
          <FeedbackDrawer open={opened === "feedback"} onClose={close} customer={customer} />
        </>
      )}
      <EditFollowUpDrawer customer={id} item={edited} onClose={() => setEdited(null)} />
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
