import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import { mustEnrol } from "@/api/access";
import { ErrorPage } from "@/app/ErrorPage";
import { NotFoundPage } from "@/app/NotFoundPage";
import { pageTop } from "@/app/pageTop";
import { Shell } from "@/app/Shell";
import { currentMe, isSetupNeeded, safeTarget } from "@/app/session";
import { basePath } from "@/lib/practice";
import { readPoolFilters } from "@/rooms/care/pool/filters";
import { readStart } from "@/rooms/care/today/readStart";
import { readFilters } from "@/rooms/customers/list/filters";
import { readMerge, readQuality } from "@/rooms/customers/quality/parts";
import { readReviewFilters } from "@/rooms/customers/reviews/reviewFilters";
import { readTrashFilters } from "@/rooms/customers/trash/trashFilters";
import { readAuditFilters } from "@/rooms/trail/audit";

interface SignInSearch {
  /** Where one wanted to go. */
  to?: string;
  /** Why single sign-on failed. */
  error?: string;
  /** Single sign-on comes back here; a second step may be waiting. */
  back?: true;
}

const root = createRootRoute({ notFoundComponent: NotFoundPage, errorComponent: ErrorPage });

const setup = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  component: lazyRouteComponent(() => import("@/app/pages/SetupPage"), "SetupPage"),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search: Record<string, unknown>): SignInSearch => ({
    ...(typeof search.to === "string" && { to: search.to }),
    ...(typeof search.error === "string" && { error: search.error }),
    ...(search.back !== undefined && { back: true }),
  }),
  beforeLoad: ({ search }) => {
    if (isSetupNeeded()) throw redirect({ to: "/setup" });
    if (currentMe()) throw redirect({ href: safeTarget(search.to) });
  },
  component: lazyRouteComponent(() => import("@/app/pages/SignInPage"), "SignInPage"),
});

/** Signed in, but the role asks for a second factor that is not there yet. */
const secondFactor = createRoute({
  getParentRoute: () => root,
  path: "/second-factor",
  validateSearch: (search: Record<string, unknown>): { to?: string } =>
    typeof search.to === "string" ? { to: search.to } : {},
  beforeLoad: ({ search }) => {
    const me = currentMe();
    if (!me) throw redirect({ to: "/sign-in", search });
    if (!mustEnrol(me)) throw redirect({ href: safeTarget(search.to) });
  },
  component: lazyRouteComponent(() => import("@/app/pages/EnrolmentPage"), "EnrolmentPage"),
});

/** Everything behind the sign-in, inside the frame of navigation. */
const shell = createRoute({
  getParentRoute: () => root,
  id: "shell",
  beforeLoad: ({ location }) => {
    if (isSetupNeeded()) throw redirect({ to: "/setup" });
    const to = location.href === "/" ? {} : { to: location.href };
    const me = currentMe();
    if (!me) throw redirect({ to: "/sign-in", search: to });
    if (mustEnrol(me)) throw redirect({ to: "/second-factor", search: to });
  },
  component: Shell,
  errorComponent: ErrorPage,
});

const home = createRoute({
  getParentRoute: () => shell,
  path: "/",
  validateSearch: readStart,
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

const pool = createRoute({
  getParentRoute: () => shell,
  path: "/pool",
  validateSearch: readPoolFilters,
  component: lazyRouteComponent(() => import("@/app/pages/PoolPage"), "PoolPage"),
});

const reviews = createRoute({
  getParentRoute: () => shell,
  path: "/reviews",
  validateSearch: readReviewFilters,
  component: lazyRouteComponent(() => import("@/app/pages/ReviewsPage"), "ReviewsPage"),
});

const quality = createRoute({
  getParentRoute: () => shell,
  path: "/quality",
  validateSearch: readQuality,
  component: lazyRouteComponent(() => import("@/app/pages/QualityPage"), "QualityPage"),
});

const merge = createRoute({
  getParentRoute: () => shell,
  path: "/merge",
  validateSearch: readMerge,
  component: lazyRouteComponent(() => import("@/app/pages/MergePage"), "MergePage"),
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

/** Which part of the settings, and which record of it, stands open. */
function readSettings(search: Record<string, unknown>): SettingsSearch {
  const role = Number(search.role);
  return {
    ...(typeof search.part === "string" && { part: search.part }),
    ...(Number.isSafeInteger(role) && role > 0 && { role }),
    ...(typeof search.item === "string" && { item: search.item }),
    ...(typeof search.error === "string" && { error: search.error }),
  };
}

interface SettingsSearch {
  part?: string;
  role?: number;
  /** What stands open within the part: a kind of record, a dictionary. */
  item?: string;
  /** Why linking with single sign-on failed. */
  error?: string;
}

const settings = createRoute({
  getParentRoute: () => shell,
  path: "/settings",
  validateSearch: readSettings,
  component: lazyRouteComponent(() => import("@/app/pages/SettingsPage"), "SettingsPage"),
});

const audit = createRoute({
  getParentRoute: () => shell,
  path: "/settings/audit",
  validateSearch: readAuditFilters,
  component: lazyRouteComponent(() => import("@/app/pages/AuditPage"), "AuditPage"),
});

const trash = createRoute({
  getParentRoute: () => shell,
  path: "/settings/trash",
  validateSearch: readTrashFilters,
  component: lazyRouteComponent(() => import("@/app/pages/TrashPage"), "TrashPage"),
});

export const router = createRouter({
  routeTree: root.addChildren([
    setup,
    signIn,
    secondFactor,
    shell.addChildren([
      home,
      customers,
      customer,
      pool,
      reviews,
      quality,
      merge,
      doors,
      oneImport,
      settings,
      audit,
      trash,
    ]),
  ]),
  basepath: basePath,
  defaultPreload: "intent",
  scrollRestoration: true,
  scrollToTopSelectors: [pageTop],
  defaultPendingMs: 200,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
