import { EyeOutlined, InboxOutlined, ShareAltOutlined } from "@ant-design/icons";
import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { CustomerOut } from "@/api/generated/zhike.schemas";
import { useMe } from "@/api/queries";

/** One line that tells how one came to this customer, or why nothing here can be changed. */
export function AccessNote({ customer, claim }: { customer: CustomerOut; claim?: ReactNode }) {
  const { role_name: role } = useMe();
  const line = (icon: ReactNode, words: ReactNode) => (
    <p className="access-note">
      <span aria-hidden>{icon}</span> {words}
    </p>
  );
  switch (customer.access) {
    case "shared_read":
      return line(<ShareAltOutlined />, <Trans>共享给你，可查看</Trans>);
    case "shared_edit":
      return line(
        <ShareAltOutlined />,
        customer.can.edit ? <Trans>共享给你，可修改</Trans> : <Trans>共享给你，可查看</Trans>,
      );
    case "pool":
      if (!claim)
        return line(<InboxOutlined />, <Trans>公海客户，领取后才能跟进。请主管转给你。</Trans>);
      return line(
        <InboxOutlined />,
        <>
          <Trans>公海客户，领取后就能跟进</Trans> {claim}
        </>,
      );
    default:
      if (customer.can.edit) return null;
      return line(<EyeOutlined />, <Trans>你的角色是{role}，这份档案可以看，不能改</Trans>);
  }
}
