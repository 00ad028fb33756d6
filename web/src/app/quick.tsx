import { EditOutlined, UserAddOutlined } from "@ant-design/icons";
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import {
  type ComponentType,
  createContext,
  lazy,
  type ReactNode,
  Suspense,
  useContext,
  useEffect,
  useMemo,
  useState,
} from "react";

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
  /** Lazy: the first page must not wait for a form nobody has opened yet. */
  Drawer: ComponentType<QuickDrawerProps>;
  /** Fetches the drawer's code, so that opening it does not wait for the network. */
  preload: () => Promise<unknown>;
}

const newCustomer = () => import("@/rooms/customers/NewCustomerDrawer");
const followUp = () => import("@/rooms/care/FollowUpDrawer");

/** What can be done from anywhere: a key, a button in the head, a line in the command box. */
export const QUICK_ACTIONS: QuickAction[] = [
  {
    id: "new-customer",
    key: "n",
    label: msg`新建客户`,
    icon: <UserAddOutlined />,
    Drawer: lazy(() => newCustomer().then((m) => ({ default: m.NewCustomerDrawer }))),
    preload: newCustomer,
  },
  {
    id: "follow-up",
    key: "f",
    label: msg`记跟进`,
    icon: <EditOutlined />,
    isMain: true,
    Drawer: lazy(() => followUp().then((m) => ({ default: m.FollowUpDrawer }))),
    preload: followUp,
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

let atHand: QuickDrawerProps["customer"] = null;

/** The customer on screen: a quick action that needs one begins on it without asking. */
export function useCustomerAtHand(id: number, name: string | undefined): void {
  useEffect(() => {
    if (name === undefined) return;
    const customer = { id, name };
    atHand = customer;
    return () => {
      if (atHand === customer) atHand = null;
    };
  }, [id, name]);
}

const QuickContext = createContext<Start>(() => {});

const UNHURRIED = 1500;

/** Opens the drawers of the quick actions over whatever page stands. */
export function QuickProvider({ children }: { children: ReactNode }) {
  const [opening, setOpening] = useState<Opening | null>(null);
  const [used, setUsed] = useState<ReadonlySet<string>>(new Set());
  const start = useMemo<Start>(
    () => (id, on) => {
      setUsed((before) => new Set(before).add(id));
      setOpening({ id, customer: on?.customer ?? atHand, text: on?.text ?? "" });
    },
    [],
  );
  useEffect(() => {
    const timer = window.setTimeout(() => {
      for (const action of QUICK_ACTIONS) action.preload().catch(() => {});
    }, UNHURRIED);
    return () => window.clearTimeout(timer);
  }, []);
  return (
    <QuickContext value={start}>
      {children}
      {QUICK_ACTIONS.filter(({ id }) => used.has(id)).map(({ id, Drawer }) => (
        <Suspense key={id} fallback={null}>
          <Drawer
            open={opening?.id === id}
            onClose={() => setOpening(null)}
            customer={opening?.customer ?? null}
            text={opening?.text ?? ""}
          />
        </Suspense>
      ))}
    </QuickContext>
  );
}

/** `const start = useQuick(); start("follow-up", { customer })` */
export function useQuick(): Start {
  return useContext(QuickContext);
}
