import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

const clew: MantineColorsTuple = [
  "#eef0fc", "#dcdff6", "#b7bdea", "#909ade", "#6f7bd4", "#5b69ce", "#4a58c8", "#3d4ab4", "#343fa2", "#293390",
];
/** Cool and quiet: the text and lines of a screen that is looked at for eight hours. */
const slate: MantineColorsTuple = [
  "#f7f8fa", "#eff1f4", "#e3e6eb", "#d0d5dc", "#aab2bd", "#7f8996", "#5f6975", "#454e5a", "#2e3540", "#1b2028",
];
const dark: MantineColorsTuple = [
  "#d5d9e0", "#b4bac4", "#99a1ad", "#6f7783", "#434a55", "#323843", "#262b34", "#1d2128", "#171a20", "#101217",
];

export const theme = createTheme({
  primaryColor: "clew",
  primaryShade: { light: 6, dark: 5 },
  colors: { clew, slate, gray: slate, dark },
  fontFamily: 'Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Arabic", sans-serif',
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace",
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.25rem" },
  lineHeights: { xs: "1.35", sm: "1.4", md: "1.5", lg: "1.5", xl: "1.4" },
  defaultRadius: "md",
  radius: { xs: "0.25rem", sm: "0.375rem", md: "0.5rem", lg: "0.75rem", xl: "1rem" },
  headings: { fontWeight: "620", sizes: { h1: { fontSize: "1.25rem" }, h2: { fontSize: "1.0625rem" }, h3: { fontSize: "0.9375rem" } } },
  cursorType: "pointer",
  respectReducedMotion: true,
  autoContrast: true,
  components: {
    Button: { defaultProps: { size: "sm" } },
    TextInput: { defaultProps: { size: "sm" } },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: false, fz: "xs" } },
    Modal: { defaultProps: { centered: true, radius: "lg", overlayProps: { backgroundOpacity: 0.35, blur: 1 } } },
    Menu: { defaultProps: { shadow: "md", radius: "md" } },
    ActionIcon: { defaultProps: { variant: "subtle", color: "gray" } },
  },
});

/** Names for what surfaces mean, so that style sheets never choose between light and dark themselves. */
export const variables: CSSVariablesResolver = () => ({
  variables: { "--clew-rail": "3.5rem", "--clew-bar": "3.25rem" },
  light: {
    "--mantine-color-dimmed": "#5c6672",
    "--mantine-color-placeholder": "#6b7480",
    "--mantine-color-error": "#c02b2b",
    "--clew-ground": "#f4f5f7",
    "--clew-surface": "#ffffff",
    "--clew-raised": "#ffffff",
    "--clew-line": "#e3e6eb",
    "--clew-hover": "#f0f2f5",
    "--clew-chosen": "#e9ecfb",
    "--clew-bubble-in": "#eef0f3",
    "--clew-bubble-out": "#e3e7fb",
    "--clew-note": "#fff6db",
    "--clew-note-line": "#eed58a",
    "--clew-note-text": "#6b4e00",
    "--clew-good": "#1f7a45",
    "--clew-warn": "#96570a",
    "--clew-bad": "#c02b2b",
    "--clew-accent": "#3d4ab4",
  },
  dark: {
    "--mantine-color-body": "#171a20",
    "--mantine-color-dimmed": "#9aa3b0",
    "--mantine-color-placeholder": "#8a93a0",
    "--mantine-color-error": "#ff8a8a",
    "--clew-ground": "#101217",
    "--clew-surface": "#171a20",
    "--clew-raised": "#1d2128",
    "--clew-line": "#2a303a",
    "--clew-hover": "#1f242c",
    "--clew-chosen": "#272d4a",
    "--clew-bubble-in": "#242932",
    "--clew-bubble-out": "#2b3260",
    "--clew-note": "#332a10",
    "--clew-note-line": "#5c4a16",
    "--clew-note-text": "#f2d98e",
    "--clew-good": "#6fcf97",
    "--clew-warn": "#f0b45f",
    "--clew-bad": "#ff8a8a",
    "--clew-accent": "#a9b3f5",
  },
});
