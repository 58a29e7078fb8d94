import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { seal, unseal } from "./sealed.ts";

test("[I31] what is sealed is read with its key only, is never the same twice, and cannot be changed unseen", () => {
  const key = randomBytes(32);
  const sealed = seal(key, "AT61 1904 3002 3457 3201");
  expect(unseal(key, sealed)).toBe("AT61 1904 3002 3457 3201");
  expect(sealed).not.toBe(seal(key, "AT61 1904 3002 3457 3201"));
  expect(() => unseal(randomBytes(32), sealed)).toThrow();
  const changed = Buffer.from(sealed, "base64");
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
  expect(() => unseal(key, changed.toString("base64"))).toThrow();
});
