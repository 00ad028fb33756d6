import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { App, Input, InputNumber, Skeleton, Switch } from "antd";
import { useState } from "react";
import { changeOrganisation } from "@/api/generated/access";
import type { OrganisationPatch } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { ruleKey, useRules } from "@/rooms/access/roleQueries";
import { SettingsPart } from "@/ui/SettingsPart";
import { Trouble } from "@/ui/Trouble";
import "@/rooms/access/roles.css";

const MOST_REVEALS = 100_000;

/** 安全规则: what holds for everybody, whatever the role. Each change is saved as it is made. */
export function SafetyRules() {
  const { t } = useLingui();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const { data, error, refetch } = useRules();
  if (error && !data) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton active />;
  const change = async (part: OrganisationPatch) => {
    const before = data;
    cache.setQueryData(ruleKey, { ...data, ...part });
    try {
      cache.setQueryData(ruleKey, await changeOrganisation(part));
      void cache.invalidateQueries({ queryKey: ["me"] });
      message.success({ key: "rules", content: t`改好了` });
    } catch (problem) {
      cache.setQueryData(ruleKey, before);
      message.error(messageOf(problem));
    }
  };
  const limit = data.reveals_per_day;
  return (
    <>
      <SettingsPart title={t`单位`}>
        <div className="rule">
          <span className="role-what">
            <strong id="rule-name">
              <Trans>单位名称</Trans>
            </strong>
            <small>
              <Trans>显示在每位同事的左上角。</Trans>
            </small>
          </span>
          <SavedText value={data.name} onSave={(name) => void change({ name })} />
        </div>
      </SettingsPart>
      <SettingsPart title={t`安全规则`} note={t`对所有人都一样，不分角色。改了马上生效。`}>
        <ul className="role-rows">
          <li>
            <span className="role-what" id="rule-limit">
              <strong>
                <Trans>每人每天能看多少个完整号码</Trans>
              </strong>
              <small>
                {limit === 0 ? (
                  <Trans>填了 0：谁都看不了完整号码。</Trans>
                ) : (
                  <Trans>
                    看满 {limit} 个，当天就不能再看，第二天重新算。填 0 就是谁都不能看。
                  </Trans>
                )}
              </small>
            </span>
            <SavedNumber
              value={limit}
              labelledBy="rule-limit"
              onSave={(reveals_per_day) => void change({ reveals_per_day })}
            />
          </li>
          <li>
            <span className="role-what" id="rule-reason">
              <strong>
                <Trans>看完整号码要写原因</Trans>
              </strong>
              <small>
                <Trans>每次点开号码前，先写一句为什么看；原因记进审计日志。</Trans>
              </small>
            </span>
            <Switch
              aria-labelledby="rule-reason"
              checked={data.reveal_needs_reason}
              onChange={(reveal_needs_reason) => void change({ reveal_needs_reason })}
            />
          </li>
          <li>
            <span className="role-what" id="rule-care">
              <strong>
                <Trans>提示客户已有人负责</Trans>
              </strong>
              <small>
                <Trans>
                  录入或查找时，遇上别人的客户，告诉他“这位由谁负责”，免得两人抢同一家。关掉就什么都不说。
                </Trans>
              </small>
            </span>
            <Switch
              aria-labelledby="rule-care"
              checked={data.tells_who_cares}
              onChange={(tells_who_cares) => void change({ tells_who_cares })}
            />
          </li>
        </ul>
      </SettingsPart>
    </>
  );
}

/** Saved on Enter or when one goes on; Esc takes back what was typed. */
function SavedText({ value, onSave }: { value: string; onSave: (value: string) => void }) {
  const [text, setText] = useState<string | null>(null);
  const finish = () => {
    const next = (text ?? value).trim();
    setText(null);
    if (next && next !== value) onSave(next);
  };
  return (
    <Input
      aria-labelledby="rule-name"
      value={text ?? value}
      maxLength={100}
      onChange={(event) => setText(event.target.value)}
      onBlur={finish}
      onPressEnter={(event) => !event.nativeEvent.isComposing && finish()}
      onKeyDown={(event) => event.key === "Escape" && setText(null)}
    />
  );
}

interface SavedNumberProps {
  value: number;
  labelledBy: string;
  onSave: (value: number) => void;
}

function SavedNumber({ value, labelledBy, onSave }: SavedNumberProps) {
  const [typed, setTyped] = useState<number | null>(null);
  const finish = () => {
    if (typed !== null && typed !== value) onSave(typed);
    setTyped(null);
  };
  return (
    <InputNumber
      aria-labelledby={labelledBy}
      min={0}
      max={MOST_REVEALS}
      precision={0}
      value={typed ?? value}
      onChange={setTyped}
      onBlur={finish}
      onPressEnter={finish}
    />
  );
}
