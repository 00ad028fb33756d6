import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { ImportOptions } from "@/rooms/doors/ImportOptions";
import { importOf } from "@/test/importOf";

const SALES = { id: 1, name: "销售一部" };
const ALL = { reach: "all", shared: true, pool: true };
const ME = { id: 1, name: "王小梅", rights: {}, scopes: { customer: ALL } };
const WANG = { name: "王伟", department: SALES, is_active: true, is_service: false };

const PEOPLE = [
  { ...WANG, id: 2, username: "wangwei" },
  { ...WANG, id: 3, username: "wangwei2" },
  { ...WANG, id: 4, username: "svc-4", name: "官网", department: null, is_service: true },
  { ...WANG, id: 5, username: "zhouzhou", name: "周舟", is_active: false },
];

test("new customers can be given to colleagues who are here, each told from the namesakes", () => {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: 60_000 } } });
  client.setQueryData(["me"], ME);
  client.setQueryData(["people"], { items: PEOPLE });
  render(
    <QueryClientProvider client={client}>
      <I18nProvider i18n={i18n}>
        <ImportOptions of={importOf()} />
      </I18nProvider>
    </QueryClientProvider>,
  );
  fireEvent.mouseDown(screen.getByRole("combobox", { name: "新客户归谁" }));
  const offered = [...document.querySelectorAll(".ant-select-item-option-content")];
  expect(offered.map(({ textContent }) => textContent)).toEqual([
    "我自己",
    "王伟 · 销售一部 · wangwei",
    "王伟 · 销售一部 · wangwei2",
    "先不分给谁",
  ]);
});
