import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useMemo, useState } from "react";
import { expect, it, vi } from "vitest";
import { ApiProblem } from "@/api/problem";
import { DataGrid } from "@/ui/grid/DataGrid";
import type { CellValue, DataGridProps, GridColumn } from "@/ui/grid/gridTypes";
import { useGridColumns } from "@/ui/grid/useGridColumns";

interface Guest {
  id: number;
  name: string;
  room: string | null;
  money: number | null;
}

const GUESTS: Guest[] = Array.from({ length: 40 }, (_, index) => ({
  id: index + 1,
  name: `客人${index + 1}`,
  room: "天字一号",
  money: (index + 1) * 10_000_00,
}));

function House(props: Partial<DataGridProps<Guest>>) {
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const columns = useGridColumns(
    "test",
    useMemo<GridColumn<Guest>[]>(
      () => [
        {
          id: "name",
          title: "客人",
          width: 200,
          primary: true,
          sort: "name",
          render: (g) => g.name,
        },
        {
          id: "room",
          title: "房间",
          width: 120,
          render: (g) => g.room,
          edit: { kind: "text", value: (g) => g.room },
        },
        {
          id: "money",
          title: "房钱",
          width: 100,
          render: (g) => g.money,
          edit: { kind: "money", value: (g) => g.money },
        },
      ],
      [],
    ),
  );
  return (
    <I18nProvider i18n={i18n}>
      <DataGrid
        label="客人"
        columns={columns}
        rows={GUESTS}
        hrefOf={(guest) => `/guests/${guest.id}`}
        onOpen={() => {}}
        selected={selected}
        onSelect={setSelected}
        card={(guest) => guest.name}
        empty="没有客人"
        {...props}
      />
    </I18nProvider>
  );
}

const focusedPlace = () => (document.activeElement as HTMLElement).dataset.place;
const cellAt = (place: string) => {
  const cell = document.querySelector<HTMLElement>(`[data-place="${place}"]`);
  if (!cell) throw new Error(`no cell at ${place}`);
  return cell;
};

it("moves by arrows and opens by Enter on the name", async () => {
  const user = userEvent.setup();
  const onOpen = vi.fn();
  render(<House onOpen={onOpen} />);
  await user.click(cellAt("0:1"));
  await user.keyboard("{ArrowDown}{ArrowDown}");
  await waitFor(() => expect(focusedPlace()).toBe("2:1"));
  await user.keyboard("{Home}");
  await waitFor(() => expect(focusedPlace()).toBe("2:0"));
  await user.keyboard("{Enter}");
  expect(onOpen).toHaveBeenCalledWith(GUESTS[2]);
});

it("draws only the rows in sight", () => {
  render(<House rows={Array.from({ length: 5000 }, (_, id) => ({ ...GUESTS[0], id }) as Guest)} />);
  expect(screen.getAllByRole("row").length).toBeLessThan(60);
});

it("edits a cell: Enter begins and saves, Esc leaves it alone", async () => {
  const user = userEvent.setup();
  const onEdit = vi.fn(async () => {});
  render(<House onEdit={onEdit} />);
  await user.click(cellAt("1:1"));
  await user.keyboard("{Enter}");
  const input = await screen.findByRole("textbox", { name: "房间" });
  await user.clear(input);
  await user.type(input, "地字二号{Enter}");
  expect(onEdit).toHaveBeenCalledWith(GUESTS[1], "room", "地字二号");
  await waitFor(() => expect(focusedPlace()).toBe("1:1"));

  await user.keyboard("{Enter}");
  await user.type(await screen.findByRole("textbox", { name: "房间" }), "不要了{Escape}");
  expect(onEdit).toHaveBeenCalledTimes(1);
});

it("goes on to the next cell with Tab, and saves nothing where nothing changed", async () => {
  const user = userEvent.setup();
  const onEdit = vi.fn(async () => {});
  render(<House onEdit={onEdit} />);
  await user.dblClick(cellAt("0:1"));
  await screen.findByRole("textbox", { name: "房间" });
  await user.keyboard("{Tab}");
  expect(await screen.findByRole("textbox", { name: "房钱" })).toHaveFocus();
  expect(onEdit).not.toHaveBeenCalled();
});

it("shows a refusal at the cell and gives back what was typed", async () => {
  const user = userEvent.setup();
  const onEdit = async (_row: Guest, _column: string, _value: CellValue) => {
    throw new ApiProblem({ status: 422, code: "invalid", title: "这间房住满了" });
  };
  render(<House onEdit={onEdit} />);
  await user.dblClick(cellAt("0:1"));
  const input = await screen.findByRole("textbox", { name: "房间" });
  await user.clear(input);
  await user.type(input, "柴房{Enter}");
  expect(await screen.findByRole("alert")).toHaveTextContent("这间房住满了");
  expect(cellAt("0:1")).toHaveAttribute("aria-invalid", "true");
  await user.keyboard("{Enter}");
  expect(await screen.findByRole("textbox", { name: "房间" })).toHaveValue("柴房");
  await user.keyboard("{Escape}");
  expect(screen.queryByRole("alert")).toBeNull();
});

it("selects by x, a range by Shift+x, and lets go by Esc", async () => {
  const user = userEvent.setup();
  render(<House />);
  await user.click(cellAt("1:1"));
  await user.keyboard("x{ArrowDown}{ArrowDown}");
  await waitFor(() => expect(focusedPlace()).toBe("3:1"));
  await user.keyboard("{Shift>}X{/Shift}");
  const isSelected = () =>
    screen.getAllByRole("row", { selected: true }).map((row) => row.getAttribute("aria-rowindex"));
  expect(isSelected()).toEqual(["3", "4", "5"]);
  await user.keyboard("{Escape}");
  expect(screen.queryAllByRole("row", { selected: true })).toEqual([]);
});

it("asks for the next page before the end is reached, and not while one is coming", () => {
  const onNearEnd = vi.fn();
  const { rerender } = render(<House hasMore isLoadingMore onNearEnd={onNearEnd} />);
  expect(onNearEnd).not.toHaveBeenCalled();
  rerender(<House hasMore onNearEnd={onNearEnd} />);
  expect(onNearEnd).toHaveBeenCalled();
});

it("keeps the rows on the screen when only a later page failed", () => {
  render(<House error="连不上服务器" />);
  expect(screen.getByText("客人1")).toBeInTheDocument();
});
