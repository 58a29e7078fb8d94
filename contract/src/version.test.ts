import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { API } from "./api.ts";
import { EVENTS } from "./events.ts";
import { PROBLEMS } from "./problems.ts";
import { ClientMessage, ServerMessage } from "./stream.ts";
import { OLDEST_SERVED, PROTOCOL_VERSION } from "./version.ts";

/** Changes when any word on the wire does. Then: raise PROTOCOL_VERSION unless nothing was released yet, and renew this. */
const KNOWN = { version: 1, hash: "de835576569178a0" };

test("[V1] the words on the wire change only together with the protocol's version", () => {
  const words = JSON.stringify({ EVENTS, PROBLEMS, ClientMessage, ServerMessage, API });
  const hash = createHash("sha256").update(words).digest("hex").slice(0, 16);
  expect({ version: PROTOCOL_VERSION, hash }).toEqual(KNOWN);
});

test("[V2] the oldest version served is never above the current one", () => {
  expect(OLDEST_SERVED).toBe(1);
  expect(OLDEST_SERVED).toBeLessThanOrEqual(PROTOCOL_VERSION);
});
