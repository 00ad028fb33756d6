import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Skeleton, Switch } from "antd";
import { useId } from "react";
import { change, reset } from "@/api/generated/practice";
import type { PracticeOut } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { Making } from "@/app/practice/Making";
import { practiceKey, usePractice } from "@/app/practice/queries";
import { momentText } from "@/lib/days";
import { SettingsPart } from "@/ui/SettingsPart";
import { Trouble } from "@/ui/Trouble";
import "@/app/practice/practice.css";

/** 设置 → 练习区: laying it anew, now or every night. */
export function PracticeSettings() {
  const { t } = useLingui();
  const { data, error, refetch } = usePractice();
  return (
    <SettingsPart
      title={t`练习区`}
      note={t`给新同事练手的地方：客户都是编的，和正式数据分开存放。每个人从右上角的头像菜单进入。`}
    >
      {error && !data ? (
        <Trouble error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <Standing of={data} />
      ) : (
        <Skeleton active title={false} paragraph={{ rows: 2 }} />
      )}
    </SettingsPart>
  );
}

function Standing({ of }: { of: PracticeOut }) {
  const { t } = useLingui();
  const cache = useQueryClient();
  const { modal, message } = App.useApp();
  const settle = {
    onSuccess: (told: PracticeOut) => cache.setQueryData(practiceKey, told),
    onError: (error: Error) => void message.error(messageOf(error)),
  };
  const resetting = useMutation({ mutationFn: () => reset(), ...settle });
  const nightly = useMutation({
    mutationFn: (is_nightly: boolean) => change({ is_nightly }),
    ...settle,
  });
  const madeAt = of.made_at ? momentText(of.made_at) : "";
  const label = useId();
  const isThere = of.state === "ready";
  const isBusy = of.state === "making" || of.resetting || resetting.isPending;
  const ask = () =>
    modal.confirm({
      title: t`重置练习区？`,
      content: t`大家在练习区里做的改动都会清空，换成一批新的虚构客户。正式数据不受影响。`,
      okText: t`重置`,
      onOk: () => resetting.mutateAsync().catch(() => {}),
    });
  return (
    <div className="practice-standing">
      <p>
        {isThere ? (
          <Trans>
            {of.customers} 位虚构客户，{madeAt}准备好
          </Trans>
        ) : (
          of.state === "none" && <Trans>还没有准备过，第一位同事进入时会自动准备</Trans>
        )}
      </p>
      <Making of={of} isAsked />
      <div className="practice-actions">
        <Button onClick={isThere ? ask : () => resetting.mutate()} loading={isBusy}>
          {isThere ? t`重置练习区` : t`现在就准备`}
        </Button>
      </div>
      <div className="practice-nightly">
        <Switch
          aria-labelledby={label}
          checked={of.is_nightly}
          loading={nightly.isPending}
          onChange={(on) => nightly.mutate(on)}
        />
        <span id={label}>
          <Trans>每晚自动重置</Trans>
          <small>
            <Trans>凌晨清空白天的练习，第二天从头再来</Trans>
          </small>
        </span>
      </div>
    </div>
  );
}
