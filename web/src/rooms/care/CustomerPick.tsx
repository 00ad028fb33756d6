import { Trans, useLingui } from "@lingui/react/macro";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { useState } from "react";
import { search } from "@/api/generated/customers";
import { messageOf } from "@/api/problem";
import { useMe } from "@/api/queries";
import { phoneText } from "@/lib/phones";
import { recentCustomers } from "@/lib/recent";
import { useSettled } from "@/lib/screen";
import type { CustomerRef } from "@/rooms/care/logging";
import { useToday } from "@/rooms/care/queries";

const TYPING_PAUSE = 150;
const SHOWN_DUE = 5;

interface Line extends CustomerRef {
  aside: string;
}

/** Whom it is about: found while one types; before that those looked at lately, and those due. */
export function CustomerPick({ onPick }: { onPick: (customer: CustomerRef) => void }) {
  const { t } = useLingui();
  const [text, setText] = useState("");
  const word = text.trim();
  const query = useSettled(word, TYPING_PAUSE);
  const { data, error, isFetching } = useQuery({
    queryKey: ["search", query],
    queryFn: ({ signal }) => search({ q: query, limit: 12 }, { signal }),
    enabled: query !== "",
    placeholderData: keepPreviousData,
    staleTime: 15_000,
  });
  const recent = useRecent();
  const due = useDue(recent);
  const found: Line[] = (data?.items ?? []).map(({ id, name, contact_name, phone }) => ({
    id,
    name,
    aside: [contact_name, phone && phoneText(phone)].filter(Boolean).join(" "),
  }));
  const groups =
    word === ""
      ? [
          { heading: t`最近看过`, lines: recent },
          { heading: t`今天该联系`, lines: due },
        ]
      : [{ heading: "", lines: found }];
  const isSettled = query === word && !isFetching;
  return (
    <Command className="customer-pick" shouldFilter={false} loop label={t`哪位客户`}>
      <Command.Input
        autoFocus
        value={text}
        onValueChange={setText}
        placeholder={t`名字、拼音、首字母、手机尾号…`}
      />
      <Command.List>
        {groups.map(
          ({ heading, lines }) =>
            lines.length > 0 && (
              <Command.Group key={heading} heading={heading}>
                {lines.map((line) => (
                  <Command.Item
                    key={line.id}
                    value={String(line.id)}
                    onSelect={() => onPick({ id: line.id, name: line.name })}
                  >
                    <span>{line.name}</span>
                    <span className="faint number">{line.aside}</span>
                  </Command.Item>
                ))}
              </Command.Group>
            ),
        )}
        {word !== "" && found.length === 0 && isSettled && (
          <p className="pick-none" role="status">
            {error ? messageOf(error) : <Trans>没有找到“{word}”</Trans>}
          </p>
        )}
      </Command.List>
    </Command>
  );
}

function useRecent(): Line[] {
  const me = useMe();
  return recentCustomers(me.id).map(({ id, name, code }) => ({ id, name, aside: code }));
}

function useDue(known: Line[]): Line[] {
  const { data } = useToday();
  const due = [...(data?.due ?? []), ...(data?.overdue ?? [])].flatMap(({ customer }) =>
    customer && !known.some((one) => one.id === customer.id) ? [customer] : [],
  );
  const once = due.filter((one, at) => due.findIndex(({ id }) => id === one.id) === at);
  return once
    .slice(0, SHOWN_DUE)
    .map(({ id, name, contact_name }) => ({ id, name, aside: contact_name }));
}
