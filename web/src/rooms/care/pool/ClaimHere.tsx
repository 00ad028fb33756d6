import { useLingui } from "@lingui/react/macro";
import { App, Button } from "antd";
import { useState } from "react";
import type { CustomerOut } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { useClaimOne } from "@/rooms/care/pool/queries";

/** 领取, where the file of a customer of the pool stands open: taken, or told why not. */
export function ClaimHere({ customer }: { customer: CustomerOut }) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const claim = useClaimOne();
  const [isBusy, setBusy] = useState(false);
  const take = async () => {
    setBusy(true);
    try {
      const refusal = await claim(customer.id);
      if (refusal) message.warning(refusal);
      else message.success(t`领到了${customer.name}，首次联系排好了`);
    } catch (error) {
      message.error(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button size="small" type="primary" loading={isBusy} onClick={() => void take()}>
      {t`领取`}
    </Button>
  );
}
