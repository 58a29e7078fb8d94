import { expect } from "vitest";

/** Looks again until it is so; for what no single element of a page can tell. */
export function eventually<T>(look: () => T | Promise<T>, message = "") {
  return expect.poll(look, { timeout: 20_000, interval: 100, message });
}
