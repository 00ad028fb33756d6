import { DeleteOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Skeleton } from "antd";
import { useEffect } from "react";
import { messageOf } from "@/api/problem";
import { useChoices, useMe } from "@/api/queries";
import { rememberCustomer } from "@/lib/recent";
import { usePageTitle } from "@/lib/screen";
import { useCustomer, useDeleteCustomer } from "@/rooms/customers/queries";
import { Chip, ChoiceChip } from "@/ui/Chip";
import { useUndo } from "@/ui/undo";
import { DueDay, KeyStar } from "@/ui/values";

interface CustomerRecordProps {
  id: number;
  /** The customer was deleted: leave the page. */
  onGone: () => void;
}

/** One customer, in the panel beside the list and as a page of its own. */
export function CustomerRecord({ id, onGone }: CustomerRecordProps) {
  const { t } = useLingui();
  const me = useMe();
  const types = useChoices("type");
  const { data: customer, error } = useCustomer(id);
  const { remove, restore } = useDeleteCustomer();
  const offerUndo = useUndo();
  usePageTitle(customer?.name ?? t`客户`);
  useEffect(() => {
    if (customer) rememberCustomer(me.id, customer);
  }, [customer, me.id]);
  if (error)
    return (
      <p className="record-message" role="alert">
        {messageOf(error)}
      </p>
    );
  if (!customer) return <Skeleton active className="record-message" />;
  const erase = async () => {
    await remove(id);
    onGone();
    offerUndo(t`删除了${customer.name}`, () => restore(id));
  };
  return (
    <article className="record">
      <h1>
        {customer.name} <KeyStar isKey={customer.is_key} />
      </h1>
      <p>
        <ChoiceChip value={customer.type} choices={types} />
        {customer.tags.map((tag) => (
          <Chip key={tag.id} color={tag.color}>
            {tag.name}
          </Chip>
        ))}
      </p>
      <p className="soft">
        {customer.code} · <Trans>下次跟进</Trans> <DueDay day={customer.next_follow_up_on} />
      </p>
      {customer.can.delete && (
        <Button danger type="text" icon={<DeleteOutlined />} onClick={erase}>
          <Trans>删除客户</Trans>
        </Button>
      )}
    </article>
  );
}
