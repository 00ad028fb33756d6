import { LoadingOutlined } from "@ant-design/icons";
import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { useLingui } from "@lingui/react/macro";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { App as AntdApp, ConfigProvider } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import { useMemo } from "react";
import { cache } from "@/api/queries";
import { router } from "@/app/router";
import { antdTheme } from "@/ui/antdTheme";
import { LookProvider, useLook } from "@/ui/look";

export function App() {
  return (
    <QueryClientProvider client={cache}>
      <I18nProvider i18n={i18n}>
        <LookProvider>
          <Dressed />
        </LookProvider>
      </I18nProvider>
    </QueryClientProvider>
  );
}

function Dressed() {
  const { t } = useLingui();
  const { isDark, size, language } = useLook();
  const theme = useMemo(() => antdTheme(isDark, size === "large"), [isDark, size]);
  dayjs.locale(language === "zh" ? "zh-cn" : "en");
  return (
    <ConfigProvider
      theme={theme}
      locale={language === "zh" ? zhCN : enUS}
      button={{
        // "确 定" with a gap between two characters is antd's own habit, nobody else's.
        autoInsertSpace: false,
        // antd's own one is faded out, and stays (read out as "loading") where the answer is quick.
        loadingIcon: <LoadingOutlined aria-label={t`请稍候`} />,
      }}
    >
      <AntdApp className="app-root" message={{ maxCount: 3 }}>
        <RouterProvider router={router} />
      </AntdApp>
    </ConfigProvider>
  );
}
