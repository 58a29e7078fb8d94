import { expect, test } from "vitest";
import { lint } from "./lint.ts";
import { background, END, said } from "./testing/flows.ts";
import type { ConnectorLimits } from "./world.ts";

const LIMITS: ConnectorLimits = {
  methods: ["GET", "POST"],
  refusalOf: (path) => (path.includes("/../") ? "The path leads out of the base address" : null),
};
const connectors = new Map([["risk-api", LIMITS]]);
const calls = (more: object) =>
  background({
    call: { type: "http.call", connector: "risk-api", method: "GET", path: "/", next: "end", ...more },
    end: END,
  });

test("[FD20] connectors are checked where it is known which there are and what they allow", () => {
  expect(said(calls({ connector: "none", method: "PUT", path: "/a/../../b" }))).toEqual([]);
  expect(said(calls({}), { connectors })).toEqual([]);
  expect(said(calls({ connector: "none", method: "PUT" }), { connectors })).toEqual([
    "error unknown-name /nodes/call/connector",
  ]);
  expect(said(calls({ method: "PUT", path: "/a/../../b" }), { connectors })).toEqual([
    "error not-allowed /nodes/call/method",
    "error not-allowed /nodes/call/path",
  ]);
  expect(said(calls({ path: "='/a/../../b'" }), { connectors })).toEqual([]);
  const suggestions = (known: Map<string, ConnectorLimits>) =>
    lint(calls({ connector: "elsewhere" }), { connectors: known }).map(({ suggestion }) => suggestion);
  expect(suggestions(connectors)).toEqual(["there are: risk-api"]);
  expect(suggestions(new Map())).toEqual(["an admin makes it first"]);
});
