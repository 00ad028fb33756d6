import { useLingui } from "@lingui/react/macro";
import { App, Button, Cascader } from "antd";
import { type ClipboardEvent, useEffect, useState } from "react";
import { findRegions, readAddress, regionsBelow } from "@/api/generated/fields";
import type { ReadingOut } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { useSettled } from "@/lib/screen";
import "@/ui/fields/fields.css";

/** A division of China: its code goes to the server, its label is for the reader. */
export interface RegionValue {
  code: string;
  label: string;
}

interface RegionInputProps {
  id?: string | undefined;
  value?: RegionValue | null | undefined;
  onChange?: ((region: RegionValue | null) => void) | undefined;
  /** A whole address was pasted: this is what stands behind the division. */
  onStreet?: ((street: string) => void) | undefined;
  autoFocus?: boolean | undefined;
  disabled?: boolean | undefined;
  "aria-label"?: string | undefined;
}

interface Option {
  value: string;
  label: string;
  whole: string;
  isLeaf: boolean;
  loading?: boolean;
  children?: Option[];
}

const TYPING_PAUSE = 200;
/** As long as this, what is pasted is an address and no name of a town. */
const ADDRESS = 7;

/** 省/市/区: found by typing (深圳南山, nanshan), chosen step by step, or read from a pasted address.
 * Where a name fits several places, one asks instead of guessing. */
export function RegionInput({ value, onChange, onStreet, ...rest }: RegionInputProps) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const [tree, setTree] = useState<Option[]>([]);
  const [typed, setTyped] = useState("");
  const [found, setFound] = useState<Option[]>([]);
  const [isOpen, setOpen] = useState(false);
  const [doubt, setDoubt] = useState<ReadingOut | null>(null);
  const asked = useSettled(typed.trim(), TYPING_PAUSE);

  useEffect(() => {
    if (!asked) return setFound([]);
    const stop = new AbortController();
    findRegions({ q: asked }, { signal: stop.signal })
      .then(({ items }) =>
        setFound(items.map((one) => ({ ...leaf(one), label: one.label, isLeaf: true }))),
      )
      .catch(() => setFound([]));
    return () => stop.abort();
  }, [asked]);

  const open = (next: boolean) => {
    setOpen(next);
    if (!next) setTyped("");
    if (next && tree.length === 0) {
      regionsBelow()
        .then(({ items }) => setTree(items.map(leaf)))
        .catch((error: unknown) => message.error(messageOf(error)));
    }
  };
  const loadBelow = async (chosen: Option[]) => {
    const at = chosen.at(-1);
    if (!at) return;
    at.loading = true;
    setTree((now) => [...now]);
    try {
      const { items } = await regionsBelow({ code: at.value });
      at.children = items.map(leaf);
      // 东莞 and 中山 have nothing below them.
      if (items.length === 0) at.isLeaf = true;
    } catch (error) {
      message.error(messageOf(error));
    } finally {
      at.loading = false;
      setTree((now) => [...now]);
    }
  };
  const take = (region: RegionValue | null) => {
    setDoubt(null);
    setTyped("");
    onChange?.(region);
  };
  const read = async (event: ClipboardEvent) => {
    const text = event.clipboardData.getData("text").trim();
    if (text.length < ADDRESS) return;
    event.preventDefault();
    try {
      const reading = await readAddress({ text });
      if (reading.sure) take({ code: reading.code, label: reading.label });
      else setDoubt(reading);
      if (reading.street && (reading.sure || reading.candidates.length > 0)) {
        onStreet?.(reading.street);
      }
      setOpen(false);
    } catch (error) {
      message.error(messageOf(error));
    }
  };
  return (
    <span className="region-input" onPaste={read}>
      <Cascader<Option>
        {...rest}
        allowClear
        changeOnSelect
        expandTrigger="click"
        open={isOpen}
        onOpenChange={open}
        options={typed.trim() ? found : tree}
        loadData={(chosen) => void loadBelow(chosen)}
        showSearch={{
          autoClearSearchValue: true,
          searchValue: typed,
          onSearch: setTyped,
          filter: () => true,
          limit: 30,
          render: (_, path) => path.at(-1)?.whole ?? "",
        }}
        notFoundContent={typed.trim() && asked ? t`没找到这个地方` : t`正在找…`}
        placeholder={t`选省市区，或粘贴整段地址`}
        displayRender={() => value?.label ?? ""}
        value={value?.code ? [value.code] : []}
        onChange={(_, chosen) => {
          const last = chosen?.at(-1) as Option | undefined;
          take(last ? { code: last.value, label: last.whole } : null);
        }}
      />
      {doubt && (
        <span className="region-doubt" role="status">
          {doubt.candidates.length > 0 ? t`是哪一个？` : t`没读出省市区，请选一下。`}
          {doubt.candidates.map((one) => (
            <Button key={one.code} size="small" onClick={() => take(one)}>
              {one.label}
            </Button>
          ))}
        </span>
      )}
    </span>
  );
}

function leaf({ code, name, label }: { code: string; name: string; label: string }): Option {
  return { value: code, label: name, whole: label, isLeaf: !code.endsWith("00") };
}
