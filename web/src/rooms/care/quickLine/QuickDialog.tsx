import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Drawer, Modal } from "antd";
import { useEffect, useState } from "react";
import { useMe } from "@/api/queries";
import { useIsPhone } from "@/lib/screen";
import { changeDraft, dropDraft, readDraft } from "@/rooms/care/drafts";
import { passOn } from "@/rooms/care/followUpFiles/chosen";
import type { CustomerRef } from "@/rooms/care/logging";
import { QuickLine } from "@/rooms/care/quickLine/QuickLine";
import { useKeyboardHeight } from "@/rooms/care/quickLine/useKeyboardHeight";
import { NOBODY, WhoLine } from "@/rooms/care/quickLine/WhoLine";
import "@/rooms/care/care.css";
import "@/rooms/care/quickLine/quickLine.css";

interface QuickDialogProps {
  open: boolean;
  onClose: () => void;
  customer: CustomerRef | null;
}

/** The line from anywhere: over the page on the desk, over the keyboard on the phone. */
export function QuickDialog(props: QuickDialogProps) {
  const { open, onClose } = props;
  const { t } = useLingui();
  const isPhone = useIsPhone();
  const keyboard = useKeyboardHeight(open && isPhone);
  const title = t`记跟进`;
  if (isPhone)
    return (
      <Drawer
        title={title}
        open={open}
        onClose={onClose}
        placement="bottom"
        className="quick-sheet"
        styles={{ wrapper: { height: "auto", bottom: keyboard } }}
        destroyOnHidden
      >
        <Body {...props} />
      </Drawer>
    );
  return (
    <Modal
      title={title}
      open={open}
      onCancel={onClose}
      footer={null}
      width={680}
      className="quick-dialog"
      style={{ top: "12vh" }}
      destroyOnHidden
      transitionName=""
    >
      <Body {...props} />
    </Modal>
  );
}

function Body({ open, onClose, customer }: QuickDialogProps) {
  const me = useMe();
  const [picked, setPicked] = useState<CustomerRef | null>(null);
  const about = customer ?? picked;
  useEffect(() => {
    if (!open) setPicked(null);
  }, [open]);
  const pick = (one: CustomerRef, said: string) => {
    const before = readDraft(me.id, one.id).content.trim();
    changeDraft(me.id, one.id, { content: [before, said].filter(Boolean).join(" ") });
    changeDraft(me.id, NOBODY, { content: "" });
    passOn(me.id, NOBODY, one.id);
    setPicked(one);
  };
  /** The words and the files go along to whoever is chosen next. */
  const unpick = (one: CustomerRef) => {
    const { content } = readDraft(me.id, one.id);
    dropDraft(me.id, one.id);
    changeDraft(me.id, NOBODY, { content });
    passOn(me.id, one.id, NOBODY);
    setPicked(null);
  };
  if (!about) return <WhoLine onPick={pick} />;
  return (
    <>
      <div className="about">
        <strong>{about.name}</strong>
        {!customer && (
          <Button type="link" size="small" onClick={() => unpick(about)}>
            <Trans>换一位</Trans>
          </Button>
        )}
      </div>
      <QuickLine
        key={about.id}
        customer={about}
        isAsked
        isBare
        onSaved={onClose}
        onLeave={onClose}
      />
    </>
  );
}
