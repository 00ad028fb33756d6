import { CheckOutlined } from "@ant-design/icons";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { App, Button, Drawer, Skeleton } from "antd";
import { useState } from "react";
import type { FieldOf, FieldType } from "@/api/fields";
import { messageOf } from "@/api/problem";
import { useIsPhone } from "@/lib/screen";
import { applyPreset, archiveField, type Preset } from "@/rooms/fields/fieldApi";
import { useFieldRefresh, usePresets } from "@/rooms/fields/fieldQueries";
import { RECORDS, TYPES, UNKNOWN_TYPE } from "@/rooms/fields/fieldWords";
import { Trouble } from "@/ui/Trouble";
import { useUndo } from "@/ui/undo";

interface PresetsProps {
  open: boolean;
  onClose: () => void;
  /** Fields were added, most of them to this kind of record. */
  onAdded: (of: FieldOf) => void;
}

/** 行业模板: what others of the trade keep of their customers, added by one click. */
export function Presets({ open, onClose, onAdded }: PresetsProps) {
  const { t } = useLingui();
  const isPhone = useIsPhone();
  const { data, error, refetch } = usePresets(open);
  return (
    <Drawer
      title={t`行业模板`}
      open={open}
      onClose={onClose}
      placement={isPhone ? "bottom" : "right"}
      size={isPhone ? "92dvh" : 560}
      destroyOnHidden
    >
      <p className="soft presets-note">
        <Trans>同行常记的字段，一点就加上。只加还没有的，已有的不动；加上以后怎么改都行。</Trans>
      </p>
      {error && !data ? (
        <Trouble error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton active />
      ) : (
        <ul className="presets">
          {data.items.map((preset) => (
            <PresetCard
              key={preset.name}
              preset={preset}
              onAdded={(of) => {
                onAdded(of);
                onClose();
              }}
            />
          ))}
        </ul>
      )}
    </Drawer>
  );
}

function PresetCard({ preset, onAdded }: { preset: Preset; onAdded: (of: FieldOf) => void }) {
  const { t, i18n } = useLingui();
  const { message } = App.useApp();
  const undo = useUndo();
  const refresh = useFieldRefresh();
  const [isBusy, setBusy] = useState(false);
  const records = [...new Set(preset.fields.map((one) => one.of))];
  const add = async () => {
    setBusy(true);
    try {
      const { items } = await applyPreset(preset.name);
      await refresh();
      const first = items[0];
      if (!first) {
        message.info(t`这些字段都已经有了`);
        return;
      }
      const names = items.map((one) => one.label).join("、");
      undo(t`加了 ${items.length} 个字段：${names}`, async () => {
        for (const one of items) await archiveField(one);
        await refresh();
      });
      onAdded(first.of);
    } catch (error) {
      message.error(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <li className="preset">
      <header>
        <span>
          <strong>{preset.label}</strong>
          {preset.note && <small>{preset.note}</small>}
        </span>
        <Button
          loading={isBusy}
          disabled={preset.applied}
          icon={preset.applied ? <CheckOutlined /> : null}
          onClick={() => void add()}
        >
          {preset.applied ? (
            t`已加上`
          ) : (
            <Plural value={preset.fields.length} one="加上 # 个字段" other="加上 # 个字段" />
          )}
          <span className="visually-hidden">{t`：${preset.label}`}</span>
        </Button>
      </header>
      {records.map((of) => (
        <p key={of} className="preset-fields">
          {records.length > 1 && (
            <span className="faint">{i18n._(RECORDS[of as FieldOf] ?? RECORDS.customer)}</span>
          )}
          {preset.fields
            .filter((one) => one.of === of)
            .map((one) => (
              <span key={one.label} className="preset-field" title={one.choices.join("、")}>
                {(TYPES[one.type as FieldType] ?? UNKNOWN_TYPE).icon}
                {one.label}
              </span>
            ))}
        </p>
      ))}
    </li>
  );
}
