import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { App, Progress } from "antd";
import { useEffect, useRef } from "react";
import { countHolders } from "@/api/generated/fields";

/** Records that are being given another word. */
export interface Replacing {
  dictionary: string;
  value: string;
  job: number;
  records: number;
  from: string;
  to: string;
}

const EVERY = 1500;

/** Tells how far the replacing of a word has got, until nobody holds it. It goes on when one leaves. */
export function useReplacing(): (replacing: Replacing) => void {
  const { t } = useLingui();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const timers = useRef(new Set<number>());
  useEffect(() => {
    const running = timers.current;
    return () => {
      for (const timer of running) window.clearTimeout(timer);
      message.destroy();
    };
  }, [message]);
  return ({ dictionary, value, job, records, from, to }) => {
    const key = `replacing-${job}`;
    const show = (left: number) => {
      const percent = records === 0 ? 100 : Math.round(((records - left) / records) * 100);
      message.open({
        key,
        type: "loading",
        duration: 0,
        content: (
          <span className="replacing">
            {t`正在把“${from}”改成“${to}”，还剩 ${left} 条`}
            <Progress percent={percent} size="small" aria-label={t`进度`} />
          </span>
        ),
      });
    };
    const look = async () => {
      const left = await countHolders(dictionary, value)
        .then((answer) => answer.records)
        .catch(() => null);
      if (left === 0) {
        message.open({
          key,
          type: "success",
          duration: 5,
          content: t`${records} 条记录从“${from}”改成了“${to}”`,
        });
        for (const head of ["customers", "customer", "timeline"]) {
          void cache.invalidateQueries({ queryKey: [head] });
        }
        return;
      }
      if (left === null) {
        const told = t`正在后台把 ${records} 条记录从“${from}”改成“${to}”，不用等`;
        message.open({ key, type: "success", duration: 5, content: told });
        return;
      }
      show(left);
      timers.current.add(window.setTimeout(() => void look(), EVERY));
    };
    show(records);
    timers.current.add(window.setTimeout(() => void look(), EVERY));
  };
}
