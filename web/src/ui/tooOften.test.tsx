import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { App } from "antd";
import { expect, test } from "vitest";
import { ApiProblem } from "@/api/problem";
import { useAgreement } from "@/ui/tooOften";

function PlanButton({ run, onEnd }: { run: (agreed: object) => Promise<string>; onEnd: Tell }) {
  const agree = useAgreement();
  return (
    <button type="button" onClick={() => agree(run).then(onEnd, onEnd)}>
      安排
    </button>
  );
}

type Tell = (told: unknown) => void;

function show(refused: { status: number; code: string }) {
  const sent: object[] = [];
  const ends: unknown[] = [];
  const run = async (agreed: object) => {
    sent.push(agreed);
    if ("agreed" in agreed) return "排好了";
    throw new ApiProblem({ ...refused, title: "11 月已联系 2 次，每月最多 2 次。" });
  };
  render(
    <I18nProvider i18n={i18n}>
      <App>
        <PlanButton run={run} onEnd={(end) => ends.push(end)} />
      </App>
    </I18nProvider>,
  );
  return { sent, ends };
}

const OFTEN = { status: 409, code: "too_often" };

test("one contact too many is asked about with the reason, and sent again once agreed", async () => {
  const { sent, ends } = show(OFTEN);
  await userEvent.click(screen.getByRole("button", { name: /安\s?排/ }));
  expect(await screen.findByText("11 月已联系 2 次，每月最多 2 次。")).toBeInTheDocument();
  expect(ends).toEqual([]);
  await userEvent.click(screen.getByRole("button", { name: "仍要安排" }));
  await waitFor(() => expect(ends).toEqual(["排好了"]));
  expect(sent).toEqual([{}, { agreed: true }]);
});

test("who thinks better of it sends nothing more", async () => {
  const { sent, ends } = show(OFTEN);
  await userEvent.click(screen.getByRole("button", { name: /安\s?排/ }));
  await userEvent.click(await screen.findByRole("button", { name: /取\s?消/ }));
  await waitFor(() => expect(ends).toEqual([null]));
  expect(sent).toEqual([{}]);
});

test("what else goes wrong is not asked about", async () => {
  const { sent, ends } = show({ status: 409, code: "stale" });
  await userEvent.click(screen.getByRole("button", { name: /安\s?排/ }));
  await waitFor(() => expect(ends).toHaveLength(1));
  expect(ends[0]).toBeInstanceOf(ApiProblem);
  expect(sent).toEqual([{}]);
});
