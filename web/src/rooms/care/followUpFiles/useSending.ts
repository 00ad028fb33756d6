import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useMemo } from "react";
import { refreshFiles } from "@/ui/files/useUploads";

const LONG = 6;

/** What happens when a file of a follow-up has arrived, or was refused. */
export function useSending() {
  const { t } = useLingui();
  const { message } = App.useApp();
  const cache = useQueryClient();
  return useMemo(
    () => (customer: number, followUp: number) => ({
      followUp,
      onSent: () => void refreshFiles(cache, customer),
      onRefused: (name: string, problem: string) =>
        void message.error(t`跟进记下了，${name}没传上：${problem}`, LONG),
    }),
    [cache, message, t],
  );
}
