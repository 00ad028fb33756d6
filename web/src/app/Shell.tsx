import { Outlet } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useMe } from "@/api/queries";
import { CommandBox } from "@/app/CommandBox";
import { Header } from "@/app/Header";
import { KeysHelp } from "@/app/KeysHelp";
import { useNewDay } from "@/app/newDay";
import { OfflineBanner } from "@/app/OfflineBanner";
import { PracticeBanner } from "@/app/practice/PracticeBanner";
import { QuickProvider } from "@/app/quick";
import { SideNav } from "@/app/SideNav";
import { SignInAgain } from "@/app/SignInAgain";
import { TabBar } from "@/app/TabBar";
import { ViewingBanner } from "@/app/ViewingBanner";
import { useKeyboard } from "@/lib/keys";
import { useIsPhone } from "@/lib/screen";
import "@/app/shell.css";

// Not needed for the first screen, and nothing to see.
const SendWaiting = lazy(() =>
  import("@/rooms/care/SendWaiting").then((module) => ({ default: module.SendWaiting })),
);

/** The frame of every page: navigation, head, and what can be reached from anywhere. */
export function Shell() {
  const isPhone = useIsPhone();
  const isViewing = useMe().viewing !== null;
  useKeyboard();
  useNewDay();
  return (
    <QuickProvider>
      <CommandBox>
        <div className="shell">
          {!isPhone && <SideNav />}
          <Header />
          <main className="shell-main" id="main">
            <OfflineBanner />
            <PracticeBanner />
            <ViewingBanner />
            <Outlet />
          </main>
          {isPhone && <TabBar />}
        </div>
        <KeysHelp />
        <SignInAgain />
        <Suspense fallback={null}>
          {/* What waits is one's own: it goes out once one looks through one's own eyes again. */}
          {!isViewing && <SendWaiting />}
        </Suspense>
      </CommandBox>
    </QuickProvider>
  );
}
