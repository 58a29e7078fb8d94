/**
 * A value as one line of text and back: texts stand as they are unless they would be read as something else, then in
 * quotes; all else is JSON.
 */
export function writtenOf(value: unknown): string {
  if (value === undefined) return "";
  if (typeof value !== "string") return JSON.stringify(value);
  return readsAsJson(value) ? JSON.stringify(value) : value;
}

export function readBack(written: string): unknown {
  return readsAsJson(written) ? JSON.parse(written) : written;
}

function readsAsJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
