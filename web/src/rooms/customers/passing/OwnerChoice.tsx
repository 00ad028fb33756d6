import { Trans, useLingui } from "@lingui/react/macro";
import { Dropdown } from "antd";
import type { CustomerOut } from "@/api/generated/zhike.schemas";
import { useOwnerChoices } from "@/rooms/customers/passing/owners";
import type { SaveField } from "@/rooms/customers/record/record";

interface OwnerChoiceProps {
  customer: CustomerOut;
  mayPassOn: boolean;
  store: SaveField;
}

/** Whose customer it is; who may hand over passes it on, or puts it into the pool. */
export function OwnerChoice({ customer, mayPassOn, store }: OwnerChoiceProps) {
  const { t } = useLingui();
  const owners = useOwnerChoices();
  const { owner } = customer;
  if (!mayPassOn) return owner && <Trans>{owner.name}负责</Trans>;
  const people = owners.map(({ value, label }) => ({
    key: value,
    label,
    onClick: () =>
      store({ owner_id: Number(value) }, { owner: { id: Number(value), name: label } }),
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
