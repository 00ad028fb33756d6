import { useLingui } from "@lingui/react/macro";
import { App } from "antd";
import type { ContactOut } from "@/api/generated/zhike.schemas";
import { asksForPeace } from "@/rooms/customers/contacts/peace";

/** Asks before somebody is called who wants no calls; true where one may go on. */
export function useDisturbing(contact: ContactOut | undefined): () => Promise<boolean> {
  const { t } = useLingui();
  const { modal } = App.useApp();
  return async () => {
    if (!contact || !asksForPeace(contact)) return true;
    return modal.confirm({
      title: t`${contact.name}请勿联系`,
      content: contact.do_not_contact_reason || t`他说过不想被联系。`,
      okText: t`还是要打`,
      cancelText: t`不打了`,
    });
  };
}
