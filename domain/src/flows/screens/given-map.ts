type GivenMap = Readonly<Record<string, unknown>>;

/** A text of the map; "" when there is none, null for what is no text. */
export function ownText(map: GivenMap, name: string): string | null {
  const held = Object.hasOwn(map, name) ? map[name] : undefined;
  return held === undefined || held === null ? "" : typeof held === "string" ? held : null;
}

/** A map as it came from outside. */
export function isGivenMap(given: unknown): given is GivenMap {
  return typeof given === "object" && given !== null && !Array.isArray(given);
}
