/** Colour arithmetic for the look: readable text on any brand colour, and a brand colour readable as text (WCAG 2). */
type Rgb = [number, number, number];

export const LIGHT_SURFACE = "#ffffff";
export const DARK_SURFACE = "#17181c";
/** The least contrast for text of normal size. */
const READABLE = 4.5;

/** The given text colour when it is readable on `background`, otherwise the better of near-black and white. */
export function textOn(background: string, wanted: string | null): string {
  if (wanted && contrast(wanted, background) >= READABLE) return wanted;
  // Where white fails, black always succeeds; anything softer than black would leave a gap between the two.
  return contrast("#ffffff", background) >= READABLE ? "#ffffff" : "#000000";
}

/** The colour, moved towards black or white just as far as it takes to be readable on `surface`. */
export function legible(colour: string, surface: string, least = READABLE): string {
  const target: Rgb = luminance(parse(surface)) > 0.4 ? [0, 0, 0] : [255, 255, 255];
  const from = parse(colour);
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = format(from.map((value, index) => value + ((target[index] as number) - value) * share) as Rgb);
    if (contrast(mixed, surface) >= least) return mixed;
  }
  return format(target);
}

/** Contrast ratio of two colours "#rrggbb", 1 to 21. */
export function contrast(one: string, other: string): number {
  const [a, b] = [luminance(parse(one)), luminance(parse(other))];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function parse(colour: string): Rgb {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) || 0) as Rgb;
}

function format(rgb: Rgb): string {
  return `#${rgb.map((value) => Math.round(value).toString(16).padStart(2, "0")).join("")}`;
}
