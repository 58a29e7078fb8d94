/** An origin as browsers send it: lower case, without the default port; null when it is none. */
export function normaliseOrigin(origin: string): string | null {
  if (!URL.canParse(origin)) return null;
  const url = new URL(origin);
  const isOrigin = /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href && !origin.includes("*");
  return isOrigin ? url.origin : null;
}

/**
 * Whether a page of this origin may use a channel that lists `allowed` (empty: any). Without an origin the call comes
 * from no other site's page. `own` is the origin of the server itself, whose demo page and preview always may.
 */
export function originAllowed(allowed: readonly string[], origin: string | null, own: string | null): boolean {
  return origin === null || allowed.length === 0 || origin === own || allowed.includes(origin);
}
