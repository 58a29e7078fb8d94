/** Counted when the connection is back: what changed meanwhile was told to nobody. */
export const MISSED = "missed";

/** Rises when what `noun` names may have changed on the server. */
export function revisionOf(configuration: Readonly<Record<string, number>>, noun: string): number {
  return (configuration[noun] ?? 0) + (configuration[MISSED] ?? 0);
}
