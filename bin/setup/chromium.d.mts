/** Types for packages whose compiler settings take no JavaScript. */
export function findChromium(env?: Record<string, string | undefined>): string | null;
export function ensureChromium(): Promise<string>;
