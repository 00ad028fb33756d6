import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Select } from "antd";
import { expect, it, vi } from "vitest";
import { EnterWaits } from "@/ui/EnterWaits";

const PEOPLE = [
  { value: 1, label: "王小梅" },
  { value: 2, label: "凌协作" },
];
// The list reads the number of a key, which the typing of user-event leaves out.
const ENTER = { key: "Enter", code: "Enter", keyCode: 13 };

function picker(onChange: (id: number) => void, people?: typeof PEOPLE) {
  return (
    <EnterWaits isReady={people !== undefined}>
      <Select
        autoFocus
        defaultOpen
        showSearch={{ optionFilterProp: "label" }}
        aria-label="同事"
        options={people ?? []}
        onChange={onChange}
      />
    </EnterWaits>
  );
}

it("keeps what was typed and its Enter until the people are there", async () => {
  const onChange = vi.fn();
  const { rerender } = render(picker(onChange));
  const input = screen.getByRole("combobox", { name: "同事" });
  await userEvent.type(input, "凌");
  fireEvent.keyDown(input, ENTER);
  expect(input).toHaveValue("凌");
  expect(input).toHaveAttribute("aria-expanded", "true");
  rerender(picker(onChange, PEOPLE));
  await waitFor(() => expect(onChange).toHaveBeenCalledTimes(1));
  expect(onChange.mock.calls[0]?.[0]).toBe(2);
});

it("presses nothing for who typed on after Enter", async () => {
  const onChange = vi.fn();
  const { rerender } = render(picker(onChange));
  const input = screen.getByRole("combobox", { name: "同事" });
  fireEvent.keyDown(input, ENTER);
  await userEvent.type(input, "凌");
  rerender(picker(onChange, PEOPLE));
  await new Promise((settled) => setTimeout(settled, 20));
  expect(onChange).not.toHaveBeenCalled();
});
