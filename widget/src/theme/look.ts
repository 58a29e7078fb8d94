import type { Look } from "@clew/contract/channels";
import { DARK_SURFACE, LIGHT_SURFACE, legible, textOn } from "./colour.ts";

/** Custom properties of the look's tokens; the style sheets derive everything else from them. */
export function tokensOf(
  look: Pick<Look, "colour" | "colourText" | "radius" | "font">,
  dark: boolean,
): Record<string, string> {
  const surface = dark ? DARK_SURFACE : LIGHT_SURFACE;
  // A brand colour that drowns in the surface would hide buttons and bubbles: they need three to one against it.
  const accent = legible(look.colour, surface, 3);
  return {
    "--accent": accent,
    "--on-accent": textOn(accent, look.colourText),
    "--accent-text": legible(look.colour, dark ? "#24262c" : "#f1f2f5"),
    "--radius": `${look.radius}px`,
    "--font": look.font ? `${look.font}, var(--system-font)` : "var(--system-font)",
  };
}
