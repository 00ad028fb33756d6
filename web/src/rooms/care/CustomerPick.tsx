import { Trans, useLingui } from "@lingui/react/macro";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useState } from "react";
import { search } from "@/api/generated/customers";
import { messageOf } from "@/api/problem";
import { useMe } from "@/api/queries";
import { phoneText } from "@/lib/phones";
import { recentCustomers } from "@/lib/recent";
import { useSettled } from "@/lib/screen";
import type { CustomerRef } from "@/rooms/care/logging";

const TYPING_PAUSE = 150;

interface Line {
  id: number;
  name: string;
  aside: string;
}

/** Whom it is about: found while one types, those looked at lately before that. */
export function CustomerPick({ onPick }: { onPick: (customer: CustomerRef) => void }) {
  const { t } = useLingui();
  const me = useMe();
  const [text, setText] = useState("");
  const query = useSettled(text.trim(), TYPING_PAUSE);
  const { data, error, isFetching } = useQuery({
    queryKey: ["search", query],
    queryFn: ({ signal }) => search({ q: query, limit: 12 }, { signal }),
    enabled: query !== "",
    placeholderData: keepPreviousData,
    staleTime: 15_000,
  });
  const lines: Line[] =
    text.trim() === ""
      ? recentCustomers(me.id).map(({ id, name, code }) => ({ id, name, aside: code }))
      : (data?.items ?? []).map(({ id, name, contact_name, phone }) => ({
          id,
          name,
          aside: [contact_name, phone && phoneText(phone)].filter(Boolean).join(" "),
        }));
  const none = error ? (
    messageOf(error)
  ) : text.trim() === "" ? (
    <Trans>输入名字、拼音、首字母或手机尾号</Trans>
  ) : isFetching || query !== text.trim() ? (
    <Trans>正在找…</Trans>
  ) : (
    <Trans>没有找到“{text.trim()}”</Trans>
  );
  return (
    <Select
      className="customer-pick"
      aria-label={t`哪位客户`}
      autoFocus
      defaultOpen
      showSearch={{ filterOption: false, onSearch: setText, searchValue: text }}
      placeholder={t`哪位客户？名字、拼音、首字母、手机尾号`}
      value={null as number | null}
      notFoundContent={<span className="soft">{none}</span>}
      options={lines.map((line) => ({
        value: line.id,
        label: (
          <span className="pick-line">
            <span>{line.name}</span>
            <span className="faint number">{line.aside}</span>
          </span>
        ),
      }))}
      onChange={(id) => {
        const line = lines.find((one) => one.id === id);
        if (line) onPick({ id: line.id, name: line.name });
      }}
    />
  );
}
