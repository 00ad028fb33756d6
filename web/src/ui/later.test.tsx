import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { App } from "antd";
import { type ComponentType, useState } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { later } from "@/ui/later";

interface Opened {
  open: boolean;
  onClose: () => void;
}

afterEach(() => vi.restoreAllMocks());

function Page({ Drawer }: { Drawer: ComponentType<Opened> }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <I18nProvider i18n={i18n}>
      <App>
        <button type="button" onClick={() => setOpen(true)}>
          打开
        </button>
        <Drawer open={isOpen} onClose={() => setOpen(false)} />
      </App>
    </I18nProvider>
  );
}

const isOnline = (online: boolean) =>
  vi.spyOn(window.navigator, "onLine", "get").mockReturnValue(online);
const press = () => userEvent.click(screen.getByRole("button", { name: "打开" }));
const Form: ComponentType<Opened> = ({ open }) => open && <p>表单</p>;

test("without a network the page stays, and a message tells; with it the drawer opens", async () => {
  const load = vi.fn(async () => Form);
  const { Drawer } = later<Opened>(load);
  isOnline(false);
  render(<Page Drawer={Drawer} />);
  await press();
  expect(await screen.findByText("没连上网，这一项还没准备好，连上后再试")).toBeInTheDocument();
  expect(load).not.toHaveBeenCalled();
  isOnline(true);
  await press();
  expect(await screen.findByText("表单")).toBeInTheDocument();
});

test("what did not come is asked for again", async () => {
  const load = vi.fn(async () => Form).mockRejectedValueOnce(new Error("gone"));
  render(<Page Drawer={later<Opened>(load).Drawer} />);
  await press();
  expect(await screen.findByText("这一项没打开，刷新一下页面再试")).toBeInTheDocument();
  await press();
  expect(await screen.findByText("表单")).toBeInTheDocument();
});

test("fetched ahead, it opens without a network", async () => {
  const load = vi.fn(async () => Form);
  const { Drawer, preload } = later<Opened>(load);
  await preload();
  isOnline(false);
  render(<Page Drawer={Drawer} />);
  await press();
  await waitFor(() => expect(screen.getByText("表单")).toBeInTheDocument());
  expect(load).toHaveBeenCalledOnce();
});
