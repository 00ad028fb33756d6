import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { DataGrid } from "@/ui/grid/DataGrid";
import { useGridColumns } from "@/ui/grid/useGridColumns";

vi.hoisted(() => window.history.pushState(null, "", "/practice/customers"));

const COLUMNS = [{ id: "name", title: "客人", width: 200, primary: true, render: () => "甲" }];

function House() {
  const columns = useGridColumns("test", COLUMNS);
  return (
    <I18nProvider i18n={i18n}>
      <DataGrid
        label="客人"
        columns={columns}
        rows={[{ id: 1_000_000_007 }]}
        hrefOf={({ id }) => `/customers/${id}`}
        onOpen={() => {}}
        selected={new Set()}
        onSelect={() => {}}
        card={() => "甲"}
        empty="没有客人"
      />
    </I18nProvider>
  );
}

it("leads a new tab to the practice workspace too", () => {
  render(<House />);
  expect(screen.getByRole("link")).toHaveAttribute("href", "/practice/customers/1000000007");
});
