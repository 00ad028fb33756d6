import { useLingui } from "@lingui/react/macro";
import { App } from "antd";
import { ApiProblem } from "@/api/problem";

/** Runs what plans or notes a contact. Where that would be one too many for the month, it asks with
 * the server's reason, and runs it again once that was agreed. Gives null for "rather not". */
export function useAgreement() {
  const { t } = useLingui();
  const { modal } = App.useApp();
  return async <T>(
    run: (agreed: { agreed?: true }) => Promise<T>,
    words: { yes?: string } = {},
  ): Promise<T | null> => {
    try {
      return await run({});
    } catch (error) {
      if (!isTooOften(error)) throw error;
      const isAgreed = await modal.confirm({
        title: t`联系得有点密`,
        content: error.message,
        okText: words.yes ?? t`仍要安排`,
        cancelText: t`取消`,
      });
      return isAgreed ? run({ agreed: true }) : null;
    }
  };
}

/** Would it be one contact too many for the month? */
export function isTooOften(error: unknown): error is ApiProblem {
  return error instanceof ApiProblem && error.code === "too_often";
}
