import { useLingui } from "@lingui/react/macro";
import { App, Button } from "antd";
import { messageOf } from "@/api/problem";

const SECONDS = 8;

/** Tells what was done and offers to take it back: instead of asking "are you sure?" before. */
export function useUndo(): (done: string, undo: () => Promise<void>) => void {
  const { message } = App.useApp();
  const { t } = useLingui();
  return (done, undo) => {
    const key = `undo-${Date.now()}`;
    const takeBack = async () => {
      message.open({ key, type: "loading", content: t`正在撤销…`, duration: 0 });
      try {
        await undo();
        message.open({ key, type: "success", content: t`已撤销`, duration: 2 });
      } catch (error) {
        message.open({ key, type: "error", content: messageOf(error), duration: 5 });
      }
    };
    message.open({
      key,
      type: "success",
      duration: SECONDS,
      content: (
        <>
          {done}
          <Button type="link" size="small" onClick={takeBack}>
            {t`撤销`}
          </Button>
        </>
      ),
    });
  };
}
