import { useLingui } from "@lingui/react/macro";
import { createContext, type ReactNode, useCallback, useContext, useState } from "react";
import { useShortcut } from "@/lib/keys";
import { later } from "@/ui/later";

const { Drawer: Palette } = later(() => import("@/app/Palette").then((module) => module.Palette));
const CommandContext = createContext<() => void>(() => {});

/** Holds the one search and command box, behind Ctrl/⌘K and "/". */
export function CommandBox({ children }: { children: ReactNode }) {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  const [wasOpen, setWasOpen] = useState(false);
  const close = useCallback(() => setOpen(false), []);
  const show = () => {
    setWasOpen(true);
    setOpen(true);
  };
  const group = t`随时`;
  useShortcut({ keys: "mod+k", label: t`找客户、下命令`, group, always: true, run: show });
  useShortcut({ keys: "/", label: t`找客户、下命令`, group, run: show });
  return (
    <CommandContext value={show}>
      {children}
      {wasOpen && <Palette open={isOpen} onClose={close} />}
    </CommandContext>
  );
}

export function useCommandBox(): () => void {
  return useContext(CommandContext);
}
