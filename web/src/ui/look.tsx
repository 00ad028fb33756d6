import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useSyncExternalStore,
} from "react";
import { type Language, speak } from "@/lib/i18n";
import { useStored } from "@/lib/stored";

/** How this person wants the product to look; remembered in the browser, set before first paint. */
export interface Look {
  theme: "light" | "dark" | "system";
  size: "normal" | "large";
  language: Language;
}

export const DEFAULT_LOOK: Look = { theme: "system", size: "normal", language: "zh" };

interface LookState extends Look {
  isDark: boolean;
  change: (part: Partial<Look>) => void;
}

const LookContext = createContext<LookState | null>(null);
const DARK = "(prefers-color-scheme: dark)";

export function LookProvider({ children }: { children: ReactNode }) {
  const [stored, setStored] = useStored<Partial<Look>>("look", {});
  const look = { ...DEFAULT_LOOK, ...stored };
  const systemIsDark = useSyncExternalStore(
    (changed) => {
      const media = window.matchMedia(DARK);
      media.addEventListener("change", changed);
      return () => media.removeEventListener("change", changed);
    },
    () => window.matchMedia(DARK).matches,
  );
  const isDark = look.theme === "dark" || (look.theme === "system" && systemIsDark);
  useEffect(() => {
    document.documentElement.dataset.theme = isDark ? "dark" : "light";
    document.documentElement.dataset.size = look.size;
  }, [isDark, look.size]);
  const { theme, size, language } = look;
  const state = useMemo<LookState>(
    () => ({
      theme,
      size,
      language,
      isDark,
      change: (part) => {
        if (part.language) void speak(part.language);
        setStored((before) => ({ ...before, ...part }));
      },
    }),
    [theme, size, language, isDark, setStored],
  );
  return <LookContext value={state}>{children}</LookContext>;
}

export function useLook(): LookState {
  const state = useContext(LookContext);
  if (!state) throw new Error("useLook outside LookProvider");
  return state;
}
