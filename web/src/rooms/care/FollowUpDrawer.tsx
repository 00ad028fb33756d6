import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "antd";
import { useEffect, useState } from "react";
import { useMe } from "@/api/queries";
import { CustomerPick } from "@/rooms/care/CustomerPick";
import { useDraft } from "@/rooms/care/drafts";
import { FollowUpFields } from "@/rooms/care/FollowUpFields";
import { Field } from "@/rooms/care/fields";
import { type CustomerRef, useLogging } from "@/rooms/care/logging";
import { FormDrawer } from "@/ui/FormDrawer";
import "@/rooms/care/care.css";

interface FollowUpDrawerProps {
  open: boolean;
  onClose: () => void;
  customer: CustomerRef | null;
}

/** 记跟进, from anywhere: on the customer at hand, or on the one chosen first. */
export function FollowUpDrawer({ open, onClose, customer }: FollowUpDrawerProps) {
  const { t } = useLingui();
  const [picked, setPicked] = useState<CustomerRef | null>(null);
  const about = customer ?? picked;
  const { save, isBusy, problems } = useLogging(about, onClose);
  useEffect(() => {
    if (!open) setPicked(null);
  }, [open]);
  return (
    <FormDrawer
      title={t`记跟进`}
      open={open}
      onClose={onClose}
      onSubmit={save}
      submitLabel={t`记下`}
      isBusy={isBusy}
      width={576}
    >
      {about ? (
        <>
          <div className="about">
            <strong>{about.name}</strong>
            {!customer && (
              <Button type="link" size="small" onClick={() => setPicked(null)}>
                <Trans>换一位</Trans>
              </Button>
            )}
          </div>
          <FieldsOf key={about.id} customer={about} problems={problems} onEnter={save} />
        </>
      ) : (
        <Field label={t`客户`}>
          <CustomerPick onPick={setPicked} />
        </Field>
      )}
    </FormDrawer>
  );
}

interface FieldsOfProps {
  customer: CustomerRef;
  problems: Record<string, string>;
  onEnter: () => void;
}

function FieldsOf({ customer, ...rest }: FieldsOfProps) {
  const me = useMe();
  const { draft, change } = useDraft(me.id, customer.id);
  return <FollowUpFields customer={customer.id} draft={draft} change={change} {...rest} />;
}
