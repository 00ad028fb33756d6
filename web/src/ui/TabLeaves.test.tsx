import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Select } from "antd";
import { expect, it, vi } from "vitest";
import { EditCell } from "@/ui/grid/EditCell";
import { TabLeaves } from "@/ui/TabLeaves";

const WORDS = [
  { value: "tea", label: "茶" },
  { value: "wine", label: "酒" },
];

// The list reads the number of a key, which the typing of user-event leaves out.
const TAB = { key: "Tab", code: "Tab", keyCode: 9 };

it("leaves an open list with Tab, without taking the word that is lit", async () => {
  const user = userEvent.setup();
  const onChange = vi.fn();
  render(
    <TabLeaves>
      <Select mode="multiple" autoFocus options={WORDS} onChange={onChange} aria-label="爱好" />
    </TabLeaves>,
  );
  const input = screen.getByRole("combobox", { name: "爱好" });
  await user.keyboard("{Enter}");
  expect(input).toHaveAttribute("aria-expanded", "true");
  expect(fireEvent.keyDown(input, TAB)).toBe(true);
  expect(onChange).not.toHaveBeenCalled();
});

it("goes on from a cell with an open list as it was", () => {
  const onSave = vi.fn();
  render(
    <EditCell
      row={{ drink: null }}
      title="喝什么"
      editor={{ kind: "choice", value: (row: { drink: null }) => row.drink, choices: WORDS }}
      onSave={onSave}
      onCancel={() => {}}
    />,
  );
  fireEvent.keyDown(screen.getByRole("combobox", { name: "喝什么" }), TAB);
  expect(onSave.mock.calls).toEqual([[null, "right"]]);
});
