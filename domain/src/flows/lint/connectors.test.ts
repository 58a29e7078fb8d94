import { expect, test } from "vitest";
import { lint } from "./lint.ts";
import { asking, background, END, form, said } from "./testing/flows.ts";
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

test("[FD20] a connector that judges an answer has to allow it", () => {
  const asks = form(asking([{ id: "order", kind: "text", label: "Order", check: "reader" }]));
  const reader = { methods: ["GET"], refusalOf: () => null };
  expect(said(asks, { connectors: new Map([["reader", reader]]) })).toEqual([
    "error not-allowed /nodes/ask/components/0/check",
  ]);
  expect(said(asks, { connectors: new Map([["reader", { ...reader, methods: ["POST"] }]]) })).toEqual([]);
});

const call = (next: string, more: object = {}) => ({
  ...{ type: "http.call", connector: "bank", method: "POST", path: "/", body: { pin: "=pin" }, next },
  ...more,
});
const SECRET = { inputs: { pin: { type: "text", required: true, privacy: "secret" } } };

test("[FD18] a second call is told that the secret it names is wiped by then; one after a failure is not", () => {
  const lost = "warning privacy /nodes/again/body/pin";
  expect(said(background({ once: call("again"), again: call("end"), end: END }, SECRET))).toEqual([lost]);
  const far = { once: call("note"), note: call("again", { body: null }), again: call("end"), end: END };
  expect(said(background(far, SECRET))).toEqual([lost]);
  const faults = [{ match: ["http.5xx"], next: "again" }];
  expect(said(background({ once: call("end", { faults }), again: call("end"), end: END }, SECRET))).toEqual([]);
  const open = { inputs: { pin: { type: "text", required: true } } };
  expect(said(background({ once: call("again"), again: call("end"), end: END }, open))).toEqual([]);
});

test("[FD18] a secret that was asked for anew is there", () => {
  const ask = {
    type: "cowork.form",
    flow: "some.form",
    into: "answer",
    next: "check",
    cancelled: "end",
    expired: "end",
  };
  const pin = { body: { pin: "=answer.pin" } };
  const flows = new Map([
    ["some.form", form({ end: END }, { outputs: { pin: { type: "text?", privacy: "secret" } } })],
  ]);
  const of = (next: string) =>
    said(
      background(
        {
          ask,
          check: call("choose", pin),
          choose: { type: "decision", branches: [{ when: "=answer == null", next }], else: "end" },
          end: END,
        },
        { vars: { answer: { type: "map?" } } },
      ),
      { flows },
    ).filter((line) => line.includes("privacy"));
  expect(of("ask")).toEqual([]);
  expect(of("check")).toEqual(["warning privacy /nodes/check/body/pin"]);
});
