/** Types for packages whose compiler settings take no JavaScript. */
export function findChromium(env?: Record<string, string | undefined>): string | undefined;
export function ensureChromium(): Promise<string>;
