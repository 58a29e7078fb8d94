import { useComputedColorScheme, useMantineColorScheme } from "@mantine/core";

/** Light or dark, and the switch between them. */
export function useScheme(): { dark: boolean; toggle(): void } {
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme("light") === "dark";
  return { dark, toggle: () => setColorScheme(dark ? "light" : "dark") };
}
