import { LinkOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { App, Button, Modal, Select, Skeleton } from "antd";
import { useState } from "react";
import { getCustomer, listCustomers } from "@/api/generated/customers";
import { individual, setIndividual } from "@/api/generated/dealings";
import type { ContactOut, SuggestionOut } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { useSettled } from "@/lib/screen";

interface SamePersonProps {
  contact: ContactOut;
  customer: number;
  open: boolean;
  onClose: () => void;
  onLinked: () => Promise<void>;
}

const FOUND = 12;

/** 也是别家的联系人: links a contact with the same human being at another customer. */
export function SamePerson({ contact, customer, open, onClose, onLinked }: SamePersonProps) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const [isBusy, setBusy] = useState(false);
  const proposed = useQuery({
    queryKey: ["individual", contact.id],
    queryFn: ({ signal }) => individual(contact.id, { signal }),
    enabled: open,
  });
  const link = async (other: number) => {
    setBusy(true);
    try {
      await setIndividual(contact.id, { contact_id: other });
      await onLinked();
      onClose();
    } catch (error) {
      message.error(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  const suggestions = proposed.data?.suggestions ?? [];
  return (
    <Modal
      title={t`${contact.name}也是谁家的联系人`}
      open={open}
      onCancel={onClose}
      footer={null}
      destroyOnHidden
    >
      {proposed.isPending && <Skeleton active title={false} paragraph={{ rows: 2 }} />}
      {suggestions.length > 0 && (
        <ul className="same-person" aria-label={t`可能是同一个人`}>
          {suggestions.map((one) => (
            <Suggestion
              key={one.contact_id}
              suggestion={one}
              isBusy={isBusy}
              onLink={() => void link(one.contact_id)}
            />
          ))}
        </ul>
      )}
      <Choose customer={customer} isBusy={isBusy} onLink={(other) => void link(other)} />
    </Modal>
  );
}

interface SuggestionProps {
  suggestion: SuggestionOut;
  isBusy: boolean;
  onLink: () => void;
}

function Suggestion({ suggestion, isBusy, onLink }: SuggestionProps) {
  const { t } = useLingui();
  const words: Record<string, string> = {
    mobile: t`手机`,
    landline: t`固话`,
    email: t`邮箱`,
    wechat: t`微信`,
  };
  const reasons = suggestion.reasons.map((one) => words[one] ?? one).join("、");
  return (
    <li>
      <span>
        <strong>{suggestion.name}</strong> {suggestion.customer_name}
        <small>
          <Trans>{reasons}相同</Trans>
        </small>
      </span>
      <Button type="primary" ghost icon={<LinkOutlined />} loading={isBusy} onClick={onLink}>
        <Trans>是同一个人</Trans>
      </Button>
    </li>
  );
}

interface ChooseProps {
  customer: number;
  isBusy: boolean;
  onLink: (contact: number) => void;
}

/** First the customer, then who of its contacts. */
function Choose({ customer, isBusy, onLink }: ChooseProps) {
  const { t } = useLingui();
  const [typed, setTyped] = useState("");
  const [company, setCompany] = useState<number | null>(null);
  const [chosen, setChosen] = useState<number | null>(null);
  const q = useSettled(typed.trim(), 200);
  const found = useQuery({
    queryKey: ["customers", "pick", q],
    queryFn: ({ signal }) => listCustomers({ q, limit: FOUND }, { signal }),
    enabled: q !== "",
  });
  const there = useQuery({
    queryKey: ["customer", company],
    queryFn: ({ signal }) => getCustomer(company ?? 0, { signal }),
    enabled: company !== null,
  });
  const companies = (found.data?.items ?? []).filter((one) => one.id !== customer);
  return (
    <div className="same-person-choose">
      <Select
        aria-label={t`哪家客户`}
        placeholder={t`哪家客户？输入名称查找`}
        showSearch={{ filterOption: false, onSearch: setTyped }}
        notFoundContent={q && !found.isPending ? t`没找到` : null}
        options={companies.map((one) => ({ value: one.id, label: one.name }))}
        value={company}
        onChange={(id: number) => {
          setCompany(id);
          setChosen(null);
        }}
      />
      {company !== null && (
        <Select
          aria-label={t`哪位联系人`}
          placeholder={t`哪位联系人`}
          loading={there.isPending}
          options={(there.data?.contacts ?? []).map((one) => ({
            value: one.id,
            label: [one.name, one.title].filter(Boolean).join(" · "),
          }))}
          value={chosen}
          onChange={setChosen}
        />
      )}
      <Button
        type="primary"
        disabled={chosen === null}
        loading={isBusy}
        onClick={() => chosen !== null && onLink(chosen)}
      >
        <Trans>关联</Trans>
      </Button>
    </div>
  );
}
