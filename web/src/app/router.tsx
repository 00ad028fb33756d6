import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import { ErrorPage } from "@/app/ErrorPage";
import { NotFoundPage } from "@/app/NotFoundPage";
import { Shell } from "@/app/Shell";
import { currentMe, isSetupNeeded, safeTarget } from "@/app/session";
import { readFilters } from "@/rooms/customers/filters";

const root = createRootRoute({ notFoundComponent: NotFoundPage, errorComponent: ErrorPage });

const setup = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  component: lazyRouteComponent(() => import("@/app/pages/SetupPage"), "SetupPage"),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search: Record<string, unknown>): { to?: string } =>
    typeof search.to === "string" ? { to: search.to } : {},
  beforeLoad: ({ search }) => {
    if (isSetupNeeded()) throw redirect({ to: "/setup" });
    if (currentMe()) throw redirect({ href: safeTarget(search.to) });
  },
  component: lazyRouteComponent(() => import("@/app/pages/SignInPage"), "SignInPage"),
});

/** Everything behind the sign-in, inside the frame of navigation. */
const shell = createRoute({
  getParentRoute: () => root,
  id: "shell",
  beforeLoad: ({ location }) => {
    if (isSetupNeeded()) throw redirect({ to: "/setup" });
    if (!currentMe()) {
      const to = location.href === "/" ? {} : { to: location.href };
      throw redirect({ to: "/sign-in", search: to });
    }
  },
  component: Shell,
  errorComponent: ErrorPage,
});

const home = createRoute({
  getParentRoute: () => shell,
  path: "/",
  validateSearch: (search: Record<string, unknown>): { open?: number } => {
    const open = Number(search.open);
    return Number.isSafeInteger(open) && open > 0 ? { open } : {};
  },
  component: lazyRouteComponent(() => import("@/app/pages/TodayPage"), "TodayPage"),
});

const customers = createRoute({
  getParentRoute: () => shell,
  path: "/customers",
  validateSearch: readFilters,
  component: lazyRouteComponent(() => import("@/app/pages/CustomersPage"), "CustomersPage"),
});

const customer = createRoute({
  getParentRoute: () => shell,
  path: "/customers/$id",
  component: lazyRouteComponent(() => import("@/app/pages/CustomerPage"), "CustomerPage"),
});

const doors = createRoute({
  getParentRoute: () => shell,
  path: "/doors",
  component: lazyRouteComponent(() => import("@/app/pages/ImportsPage"), "ImportsPage"),
});

const oneImport = createRoute({
  getParentRoute: () => shell,
  path: "/doors/$id",
  component: lazyRouteComponent(() => import("@/app/pages/ImportPage"), "ImportPage"),
});

const settings = createRoute({
  getParentRoute: () => shell,
  path: "/settings",
  validateSearch: (search: Record<string, unknown>): { part?: string } =>
    typeof search.part === "string" ? { part: search.part } : {},
  component: lazyRouteComponent(() => import("@/app/pages/SettingsPage"), "SettingsPage"),
});

export const router = createRouter({
  routeTree: root.addChildren([
    setup,
    signIn,
    shell.addChildren([home, customers, customer, doors, oneImport, settings]),
  ]),
  defaultPreload: "intent",
  scrollRestoration: true,
  defaultPendingMs: 200,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
