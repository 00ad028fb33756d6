import { UserAddOutlined } from "@ant-design/icons";
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import {
  type ComponentType,
  createContext,
  type ReactNode,
  useContext,
  useMemo,
  useState,
} from "react";
import { NewCustomerDrawer } from "@/rooms/customers/NewCustomerDrawer";

export interface QuickDrawerProps {
  open: boolean;
  onClose: () => void;
  /** The customer at hand, where the action began on one. */
  customer: { id: number; name: string } | null;
  /** Text to begin with: what stood in the search box. */
  text: string;
}

export interface QuickAction {
  id: "new-customer" | "follow-up";
  key: string;
  label: MessageDescriptor;
  icon: ReactNode;
  /** The one people do most: the filled button, and the middle of the phone's tab bar. */
  isMain?: boolean;
  Drawer: ComponentType<QuickDrawerProps>;
}

/** What can be done from anywhere: a key, a button in the head, a line in the command box. */
export const QUICK_ACTIONS: QuickAction[] = [
  {
    id: "new-customer",
    key: "n",
    label: msg`新建客户`,
    icon: <UserAddOutlined />,
    Drawer: NewCustomerDrawer,
  },
];

interface Opening {
  id: QuickAction["id"];
  customer: QuickDrawerProps["customer"];
  text: string;
}

type Start = (
  id: QuickAction["id"],
  on?: { customer?: QuickDrawerProps["customer"]; text?: string },
) => void;

const QuickContext = createContext<Start>(() => {});

/** Opens the drawers of the quick actions over whatever page stands. */
export function QuickProvider({ children }: { children: ReactNode }) {
  const [opening, setOpening] = useState<Opening | null>(null);
  const start = useMemo<Start>(
    () => (id, on) => setOpening({ id, customer: on?.customer ?? null, text: on?.text ?? "" }),
    [],
  );
  return (
    <QuickContext value={start}>
      {children}
      {QUICK_ACTIONS.map(({ id, Drawer }) => (
        <Drawer
          key={id}
          open={opening?.id === id}
          onClose={() => setOpening(null)}
          customer={opening?.customer ?? null}
          text={opening?.text ?? ""}
        />
      ))}
    </QuickContext>
  );
}

/** `const start = useQuick(); start("follow-up", { customer })` */
export function useQuick(): Start {
  return useContext(QuickContext);
}
