type Given = Readonly<Record<string, unknown>>;

/** A value as it was given, as a map; empty for what is none. */
export const givenMap = (value: unknown): Given =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Given) : {};
/** A value as it was given, as what stands in a field. */
export const givenText = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";
