import { i18n } from "@lingui/core";
import { messages as chinese } from "@/locales/zh.po";

export type Language = "zh" | "en";

i18n.load("zh", chinese);
i18n.activate("zh");

export function currentLanguage(): Language {
  return i18n.locale === "en" ? "en" : "zh";
}

/** Switches every text; English is fetched only by those who read it. */
export async function speak(language: Language): Promise<void> {
  if (language === "en") {
    const { messages } = await import("@/locales/en.po");
    i18n.load("en", messages);
  }
  i18n.activate(language);
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
}
