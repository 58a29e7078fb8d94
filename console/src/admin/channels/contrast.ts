/** Relative luminance of "#rrggbb" (WCAG 2), 0 to 1. */
function luminance(colour: string): number {
  const channel = (at: number) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

export function isColour(text: string): boolean {
  return /^#[0-9a-fA-F]{6}$/.test(text);
}

/** Contrast of two colours, 1 to 21. */
export function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** Black or white, whichever is easier to read on the colour. */
export function readableOn(colour: string): "#000000" | "#ffffff" {
  return contrast(colour, "#000000") > contrast(colour, "#ffffff") ? "#000000" : "#ffffff";
}

/** `good` is enough for running text (4.5), `large` for large text and icons only (3), `poor` for neither. */
export function contrastVerdict(ratio: number): "good" | "large" | "poor" {
  if (ratio >= 4.5) return "good";
  return ratio >= 3 ? "large" : "poor";
}
