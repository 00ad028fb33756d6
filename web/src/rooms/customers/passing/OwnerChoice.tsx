import { Trans, useLingui } from "@lingui/react/macro";
import { Dropdown } from "antd";
import type { CustomerOut } from "@/api/generated/zhike.schemas";
import { works } from "@/api/people";
import { usePeople } from "@/api/queries";
import type { SaveField } from "@/rooms/customers/record/record";

interface OwnerChoiceProps {
  customer: CustomerOut;
  mayPassOn: boolean;
  store: SaveField;
}

/** Whose customer it is; who may hand over passes it on, or puts it into the pool. */
export function OwnerChoice({ customer, mayPassOn, store }: OwnerChoiceProps) {
  const { t } = useLingui();
  const { data } = usePeople();
  const { owner } = customer;
  if (!mayPassOn) return owner && <Trans>{owner.name}负责</Trans>;
  const people = (data?.items ?? []).filter(works).map(({ id, name, label }) => ({
    key: String(id),
    label,
    onClick: () => store({ owner_id: id }, { owner: { id, name } }),
  }));
  const pool = {
    key: "pool",
    label: t`放回公海`,
    onClick: () => store({ owner_id: null }, { owner: null }),
  };
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        selectedKeys: owner ? [String(owner.id)] : [],
        items: owner ? [...people, { type: "divider" }, pool] : people,
      }}
    >
      <button type="button" className="link-button" title={t`换人负责`}>
        {owner ? <Trans>{owner.name}负责</Trans> : <Trans>没人负责，指定一位</Trans>}
      </button>
    </Dropdown>
  );
}
