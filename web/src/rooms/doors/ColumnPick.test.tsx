import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it } from "vitest";
import type { ExportView } from "@/api/doors";
import { ColumnPick, sameColumns } from "@/rooms/doors/ColumnPick";

const VIEW: ExportView = {
  name: "list",
  label: "客户列表",
  columns: ["客户名称", "标签"],
  offered: ["客户名称", "资料完整度", "标签"],
  formats: ["xlsx", "csv"],
};

function Pick() {
  const [chosen, setChosen] = useState(VIEW.columns);
  return (
    <I18nProvider i18n={i18n}>
      <ColumnPick view={VIEW} chosen={chosen} onChange={setChosen} />
      <output>{chosen.join(" ")}</output>
    </I18nProvider>
  );
}

it("takes columns in and out in the order of the sheet, and goes back to the usual ones", async () => {
  const user = userEvent.setup();
  render(<Pick />);
  const chosen = () => screen.getByRole("status").textContent;
  await user.click(screen.getByRole("button", { name: /选栏目：2 \/ 3/ }));
  await user.click(screen.getByRole("checkbox", { name: "资料完整度" }));
  expect(chosen()).toBe("客户名称 资料完整度 标签");
  await user.click(screen.getByRole("checkbox", { name: "标签" }));
  expect(chosen()).toBe("客户名称 资料完整度");
  await user.click(screen.getByRole("button", { name: "恢复默认" }));
  expect(chosen()).toBe("客户名称 标签");
});

it("names columns only where they are not the usual ones", () => {
  expect(sameColumns(["标签", "客户名称"], VIEW.columns)).toBe(true);
  expect(sameColumns(["客户名称"], VIEW.columns)).toBe(false);
  expect(sameColumns(["客户名称", "资料完整度"], VIEW.columns)).toBe(false);
});
