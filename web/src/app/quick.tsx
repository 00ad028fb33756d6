import { EditOutlined, UserAddOutlined } from "@ant-design/icons";
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { App } from "antd";
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
} from "react";
import { type Action, useRights } from "@/api/rights";
import { pagePath } from "@/lib/practice";
import { type Later, later } from "@/ui/later";

export interface QuickDrawerProps {
  open: boolean;
  onClose: () => void;
  /** The customer at hand, where the action began on one. */
  customer: { id: number; name: string } | null;
  /** Text to begin with: what stood in the search box. */
  text: string;
}

export interface QuickAction extends Later<QuickDrawerProps> {
  id: "new-customer" | "follow-up";
  key: string;
  /** The right it takes. */
  needs: Action;
  label: MessageDescriptor;
  icon: ReactNode;
  /** The one people do most: the filled button, and the middle of the phone's tab bar. */
  isMain?: boolean;
}

// The first page must not wait for a form nobody has opened yet.
const newCustomer = later<QuickDrawerProps>(() =>
  import("@/rooms/customers/entering/NewCustomerDrawer").then((m) => m.NewCustomerDrawer),
);
const followUp = later<QuickDrawerProps>(async () => {
  const dialog = import("@/rooms/care/quickLine/QuickDialog");
  // A day is chosen without a network as well.
  await Promise.all([dialog, import("@/ui/DayCalendar")]);
  return (await dialog).QuickDialog;
});

/** What can be done from anywhere: a key, a button in the head, a line in the command box. */
export const QUICK_ACTIONS: QuickAction[] = [
  {
    id: "new-customer",
    key: "n",
    needs: "create",
    label: msg`新建客户`,
    icon: <UserAddOutlined />,
    ...newCustomer,
  },
  {
    id: "follow-up",
    key: "f",
    needs: "log",
    label: msg`记跟进`,
    icon: <EditOutlined />,
    isMain: true,
    ...followUp,
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

/** The customer on screen. */
interface AtHand {
  id: number;
  name: string;
  /** Still on its way, there to be read only, to be claimed first, there, or not to be had. */
  state: "loading" | "read-only" | "in-pool" | "here" | "gone";
}

let atHand: AtHand | null = null;
/** A key pressed before its customer was there; it waits a while for it. */
let waiting: { id: number; until: number; begin: (customer: AtHand) => void } | null = null;
const PATIENCE = 15_000;

/** Tells which customer is on screen: a quick action that needs one begins on it without asking,
 * and waits for it while it loads, rather than begin on nobody. */
export function useCustomerAtHand(id: number, name: string, state: AtHand["state"]): void {
  useEffect(() => {
    const customer = { id, name, state };
    atHand = customer;
    if (state !== "loading") {
      const early = waiting;
      waiting = null;
      if (early?.id === id && Date.now() < early.until) early.begin(customer);
    }
    return () => {
      if (atHand === customer) atHand = null;
    };
  }, [id, name, state]);
}

/** The customer the address names, as a page or beside a list: it is known before the page is. */
function customerInAddress({ pathname, search } = window.location): AtHand | null {
  const named =
    /^\/customers\/(\d{1,15})$/.exec(pagePath(pathname))?.[1] ??
    /[?&]open=(\d{1,15})\b/.exec(search)?.[1];
  return named ? { id: Number(named), name: "", state: "loading" } : null;
}

const QuickContext = createContext<Start>(() => {});

/** Milliseconds after which the drawers are fetched even from a page that is never idle. */
const LATEST = 1000;

/** The mark in the page's timeline from when on the drawers open without a network. */
const FETCHED = "quick-actions-fetched";

/** Fetches the drawers ahead: one may be without a network by the time one opens them. */
function usePreloaded(): void {
  useEffect(() => {
    const fetchAll = () => {
      // What does not come is tried again with the network, or when it is opened.
      Promise.all(QUICK_ACTIONS.map((action) => action.preload())).then(
        () => performance.mark(FETCHED),
        () => {},
      );
    };
    const timer = window.setTimeout(fetchAll, LATEST);
    const idle = window.requestIdleCallback?.(fetchAll);
    window.addEventListener("online", fetchAll);
    return () => {
      window.clearTimeout(timer);
      if (idle !== undefined) window.cancelIdleCallback(idle);
      window.removeEventListener("online", fetchAll);
    };
  }, []);
}

/** Opens the drawers of the quick actions over whatever page stands. */
export function QuickProvider({ children }: { children: ReactNode }) {
  const [opening, setOpening] = useState<Opening | null>(null);
  const actions = useQuickActions();
  const [used, setUsed] = useState<ReadonlySet<string>>(new Set());
  const { message } = App.useApp();
  const { t } = useLingui();
  const start = useMemo<Start>(
    () => (id, on) => {
      const begin = (customer: QuickDrawerProps["customer"]) => {
        setUsed((before) => new Set(before).add(id));
        setOpening({ id, customer, text: on?.text ?? "" });
      };
      const beginAt = (customer: AtHand) => {
        if (customer.state === "gone") begin(null);
        else if (customer.state === "here") begin({ id: customer.id, name: customer.name });
        else if (customer.state === "in-pool") message.info(t`公海客户，领取后才能记跟进`);
        else message.info(t`这位客户你只能看，不能记跟进`);
      };
      if (id !== "follow-up" || on?.customer) return begin(on?.customer ?? null);
      const customer = atHand ?? customerInAddress();
      if (!customer) return begin(null);
      if (customer.state !== "loading") return beginAt(customer);
      waiting = { id: customer.id, until: Date.now() + PATIENCE, begin: beginAt };
    },
    [message, t],
  );
  usePreloaded();
  const close = useCallback(() => setOpening(null), []);
  return (
    <QuickContext value={start}>
      {children}
      {actions
        .filter(({ id }) => used.has(id))
        .map(({ id, Drawer }) => (
          <Drawer
            key={id}
            open={opening?.id === id}
            onClose={close}
            customer={opening?.customer ?? null}
            text={opening?.text ?? ""}
          />
        ))}
    </QuickContext>
  );
}

/** Those of them the person may do. */
export function useQuickActions(): QuickAction[] {
  const rights = useRights();
  return QUICK_ACTIONS.filter((action) => rights.may(action.needs));
}

/** `const start = useQuick(); start("follow-up", { customer })` */
export function useQuick(): Start {
  return useContext(QuickContext);
}
