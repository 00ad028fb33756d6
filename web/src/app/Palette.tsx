import { ClockCircleOutlined, SearchOutlined, TeamOutlined, UserOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Modal } from "antd";
import { Command } from "cmdk";
import { useState } from "react";
import { search } from "@/api/generated/customers";
import type { Hit } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { useMe } from "@/api/queries";
import { usePlaces } from "@/app/places";
import { useQuick, useQuickActions } from "@/app/quick";
import { keyCaps } from "@/lib/keys";
import { phoneText } from "@/lib/phones";
import { recentCustomers } from "@/lib/recent";
import { useSettled } from "@/lib/screen";
import { KeyStar } from "@/ui/values";
import "@/app/palette.css";

const TYPING_PAUSE = 120;

/** One box for all: finds customers while one types, and does what a button would do. */
export function Palette({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useLingui();
  return (
    <Modal
      open={open}
      onCancel={onClose}
      footer={null}
      closable={false}
      width={620}
      className="palette"
      style={{ top: "12vh" }}
      destroyOnHidden
      title={<span className="visually-hidden">{t`找客户、下命令`}</span>}
      transitionName=""
    >
      <PaletteBody onClose={onClose} />
    </Modal>
  );
}

function PaletteBody({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useLingui();
  const me = useMe();
  const navigate = useNavigate();
  const start = useQuick();
  const actions = useQuickActions();
  const mayCreate = actions.some((action) => action.id === "new-customer");
  const [text, setText] = useState("");
  const [picked, setPicked] = useState("");
  const query = useSettled(text.trim(), TYPING_PAUSE);
  const { data, error, isFetching } = useQuery({
    queryKey: ["search", query],
    queryFn: ({ signal }) => search({ q: query, limit: 12 }, { signal }),
    enabled: query !== "",
    placeholderData: keepPreviousData,
    staleTime: 15_000,
  });
  const found = text.trim() === "" ? [] : (data?.items ?? []);
  const inCare = text.trim() === "" ? [] : (data?.in_care ?? []);
  const isSettled = query === text.trim() && !isFetching;
  const recent = text.trim() === "" ? recentCustomers(me.id) : [];
  const go = (id: number) => {
    onClose();
    void navigate({ to: "/customers/$id", params: { id: String(id) } });
  };
  const places = usePlaces();
  const commands = [
    ...actions.map((action) => ({
      id: action.id,
      label: i18n._(action.label),
      icon: action.icon,
      key: action.key,
      run: () => start(action.id),
    })),
    ...places.map((place) => ({
      id: place.to,
      label: t`去${i18n._(place.label)}`,
      icon: place.icon,
      key: "",
      run: () => void navigate({ to: place.to }),
    })),
    ...places.flatMap((place) =>
      (place.does ?? [])
        .filter((deed) => me.rights[deed.needs])
        .map((deed) => ({
          id: `${place.to} ${deed.label.id}`,
          label: i18n._(deed.label),
          icon: place.icon,
          key: "",
          run: () => void navigate({ to: place.to }),
        })),
    ),
  ].filter(
    (command) =>
      text.trim() === "" || command.label.toLowerCase().includes(text.trim().toLowerCase()),
  );
  const isNothing = text.trim() !== "" && found.length === 0 && inCare.length === 0 && isSettled;
  const mayOffer = isNothing && !error && mayCreate;
  const choices = [
    ...found.map((one) => `c${one.id}`),
    ...(mayOffer ? ["create"] : []),
    ...recent.map((one) => `r${one.id}`),
    ...commands.map((command) => command.id),
  ];
  // Left to itself, the list may mark nothing when results come while what was marked goes.
  const marked = choices.includes(picked) ? picked : (choices[0] ?? "");

  return (
    <Command
      shouldFilter={false}
      loop
      label={t`找客户、下命令`}
      value={marked}
      // Whatever is first stays marked as results come, until somebody moves on.
      onValueChange={(value) => setPicked(value === choices[0] ? "" : value)}
    >
      <div className="palette-input">
        <SearchOutlined />
        <Command.Input
          autoFocus
          value={text}
          onValueChange={setText}
          placeholder={t`名字、拼音、首字母、手机尾号…`}
        />
        <kbd>Esc</kbd>
      </div>
      <Command.List>
        {found.length > 0 && (
          <Command.Group heading={t`客户`}>
            {found.map((one) => (
              <Command.Item key={one.id} value={`c${one.id}`} onSelect={() => go(one.id)}>
                <FoundLine found={one} />
              </Command.Item>
            ))}
          </Command.Group>
        )}
        {inCare.map(({ owner, department }) => (
          <p key={owner} className="palette-care" role="status">
            <TeamOutlined />
            {department ? (
              <Trans>
                已有同事在跟进：{owner}（{department}）
              </Trans>
            ) : (
              <Trans>已有同事在跟进：{owner}</Trans>
            )}
          </p>
        ))}
        {isNothing && (
          <div className="palette-none" role="status">
            {error ? messageOf(error) : <Trans>没有找到“{text.trim()}”</Trans>}
            {mayOffer && (
              <Command.Item
                value="create"
                onSelect={() => {
                  onClose();
                  start("new-customer", { text: text.trim() });
                }}
              >
                <UserOutlined />
                <Trans>新建客户“{text.trim()}”</Trans>
              </Command.Item>
            )}
          </div>
        )}
        {recent.length > 0 && (
          <Command.Group heading={t`最近看过`}>
            {recent.map((one) => (
              <Command.Item key={one.id} value={`r${one.id}`} onSelect={() => go(one.id)}>
                <ClockCircleOutlined />
                <span className="palette-name">{one.name}</span>
                <span className="palette-aside">{one.code}</span>
              </Command.Item>
            ))}
          </Command.Group>
        )}
        {commands.length > 0 && (
          <Command.Group heading={t`命令`}>
            {commands.map((command) => (
              <Command.Item
                key={command.id}
                value={command.id}
                onSelect={() => {
                  onClose();
                  command.run();
                }}
              >
                {command.icon}
                <span className="palette-name">{command.label}</span>
                {command.key && (
                  <span className="palette-aside">
                    {keyCaps(command.key).map((cap) => (
                      <kbd key={cap}>{cap}</kbd>
                    ))}
                  </span>
                )}
              </Command.Item>
            ))}
          </Command.Group>
        )}
      </Command.List>
    </Command>
  );
}

function FoundLine({ found }: { found: Hit }) {
  const who = [found.contact_name, found.phone && phoneText(found.phone)].filter(Boolean).join(" ");
  return (
    <>
      <UserOutlined />
      <span className="palette-name">
        {found.name} <KeyStar isKey={found.is_key} />
      </span>
      <span className="palette-aside number">{who}</span>
      <span className="palette-aside palette-owner">{found.owner_name}</span>
    </>
  );
}
