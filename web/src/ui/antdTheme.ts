import { type ThemeConfig, theme } from "antd";

/** Ink green: calm, its own, and readable on white (5.9:1) and under white text. */
const LIGHT = {
  accent: "#0f6a5c",
  link: "#0f6a5c",
  ink: "#1b2523",
  soft: "#52605c",
  faint: "#5f6c68",
  line: "#e2e7e5",
  page: "#f5f7f6",
  paper: "#ffffff",
  raised: "#ffffff",
  selected: "#e3f0ed",
  danger: "#b3261e",
  warning: "#8f5700",
  success: "#1a7048",
};

const DARK = {
  accent: "#1d7f70",
  link: "#6fcdbb",
  ink: "#e6ecea",
  soft: "#a9b5b1",
  faint: "#8f9b97",
  line: "#2d3633",
  page: "#101413",
  paper: "#161b1a",
  raised: "#1e2523",
  selected: "#1c3530",
  danger: "#ff9b90",
  warning: "#f0b65e",
  success: "#6fd0a0",
};

/** Ant Design in our colours. Our own parts read the same colours from ui/theme.css. */
export function antdTheme(isDark: boolean, large: boolean): ThemeConfig {
  const colour = isDark ? DARK : LIGHT;
  return {
    algorithm: isDark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: colour.accent,
      colorLink: colour.link,
      colorLinkHover: colour.link,
      colorError: isDark ? "#ff8f84" : colour.danger,
      colorErrorText: colour.danger,
      colorWarning: isDark ? "#d99a3c" : colour.warning,
      // The grounds of notices: antd would mix them from colours chosen for text.
      colorErrorBg: isDark ? "#3b1f1c" : "#fdecea",
      colorErrorBorder: isDark ? "#6b342e" : "#f3c5c0",
      colorWarningBg: isDark ? "#35290f" : "#fff2dc",
      colorWarningBorder: isDark ? "#5f4a1c" : "#f0d6a6",
      colorSuccess: isDark ? "#3da874" : colour.success,
      colorText: colour.ink,
      colorTextSecondary: colour.soft,
      colorTextTertiary: colour.faint,
      colorTextDescription: colour.soft,
      colorTextPlaceholder: colour.faint,
      colorTextQuaternary: colour.faint,
      colorBorder: isDark ? "#3a4441" : "#d0d7d4",
      colorBorderSecondary: colour.line,
      colorBgLayout: colour.page,
      colorBgContainer: colour.paper,
      colorBgElevated: colour.raised,
      controlItemBgActive: colour.selected,
      controlItemBgActiveHover: colour.selected,
      colorBgMask: isDark ? "rgba(0, 0, 0, 0.5)" : "rgba(18, 34, 30, 0.34)",
      fontFamily: "var(--font)",
      fontSize: large ? 16 : 14,
      borderRadius: 8,
      controlHeight: large ? 40 : 34,
      motionDurationMid: "0.14s",
      motionDurationSlow: "0.18s",
    },
    components: {
      Button: { primaryShadow: "none", defaultShadow: "none", fontWeight: 500 },
      Form: { itemMarginBottom: 18, verticalLabelPadding: "0 0 4px", labelColor: colour.soft },
      Checkbox: { borderRadiusSM: 4 },
      Drawer: { paddingLG: 20 },
      Segmented: {
        itemSelectedBg: isDark ? "#2f3a37" : "#ffffff",
        trackBg: isDark ? "#101413" : "#eaeeec",
      },
      Tooltip: { colorBgSpotlight: isDark ? "#36413e" : "#26312e" },
    },
  };
}
