import { readdirSync, readFileSync } from "node:fs";
import type { FlowNode } from "@clew/contract/flows/definition";
import { NODE_TYPES, OUTCOMES } from "@clew/contract/flows/words";
import { expect, test } from "vitest";
import { canonicalText, hashInput } from "./canonical.ts";
import { flowDiff } from "./diff.ts";
import { links } from "./links.ts";
import { lockOf, references } from "./lock.ts";

const FOLDER = new URL("../../../../examples/flows/", import.meta.url);
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith(".flow.json"));
const textOf = (file: string) => readFileSync(new URL(file, FOLDER), "utf8");
const read = (key: string) => JSON.parse(textOf(`${key}.flow.json`));

test.each(FILES)("[E16] %s, read and saved without a change, is the same file byte by byte", (file) => {
  expect(canonicalText(JSON.parse(textOf(file)))).toBe(textOf(file));
});

test("[FF2] keys stand in the order of the schema whatever order they came in, names in that of the author", () => {
  const text = textOf("loan.useOfFunds.agent.flow.json");
  const turned = (value: unknown, isNames: boolean): unknown => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    const entries = Object.entries(value).map(
      ([name, item]) => [name, turned(item, ["nodes", "vars", "values"].includes(name))] as const,
    );
    return Object.fromEntries(isNames ? entries : entries.toReversed());
  };
  const flow = turned(JSON.parse(text), false);
  expect(JSON.stringify(flow)).not.toBe(JSON.stringify(JSON.parse(text)));
  expect(canonicalText(flow)).toBe(text);
});

test("[FF2] short lists stand on one line, long ones and those with objects on several, empty ones as they are", () => {
  const text = canonicalText({
    $schema: "flow/1",
    tags: ["a", "b"],
    nodes: {},
    other: [{ a: 1 }],
    long: ["x".repeat(120)],
  });
  expect(text).toBe(
    `{\n  "$schema": "flow/1",\n  "tags": ["a", "b"],\n  "nodes": {},\n  "other": [\n    {\n      "a": 1\n    }\n  ],\n` +
      `  "long": [\n    "${"x".repeat(120)}"\n  ]\n}\n`,
  );
});

test("[FF3] the hash is of the meaning: order of names and spaces do not count, every value does", () => {
  const flow = read("route.webchat");
  const nodes = Object.fromEntries(Object.entries(flow.nodes).toReversed());
  expect(hashInput({ ...flow, nodes })).toBe(hashInput(flow));
  expect(hashInput({ ...flow, start: "keep" })).not.toBe(hashInput(flow));
  expect(hashInput({ ...flow, nodes: { ...flow.nodes, end: { type: "end", note: "bye" } } })).not.toBe(hashInput(flow));
});

test("[FF4] a node's links are those of its outcomes, its branches and its faults", () => {
  const node: FlowNode = {
    type: "route",
    to: { queue: "a" },
    next: "one",
    unavailable: "two",
    faults: [{ match: ["timeout", "network"], next: "three" }],
  };
  expect(links(node)).toEqual([
    { outcome: "next", to: "one", pointer: "/next" },
    { outcome: "unavailable", to: "two", pointer: "/unavailable" },
    { outcome: "faults/0", to: "three", pointer: "/faults/0/next", label: "timeout network" },
  ]);
  const wait: FlowNode = { type: "wait", any: [{ label: "An hour", after: "PT1H", next: "one" }] };
  expect(links(wait)).toEqual([{ outcome: "any/0", to: "one", pointer: "/any/0/next", label: "An hour" }]);
  for (const type of NODE_TYPES) {
    const full = { type, ...Object.fromEntries(OUTCOMES[type].map((outcome) => [outcome, `to.${outcome}`])) };
    expect(links(full).map(({ outcome }) => outcome)).toEqual([...OUTCOMES[type]]);
  }
  expect(links({ type: "decision", branches: [null, { next: 1 }, { next: "a" }], else: {} })).toEqual([
    { outcome: "branches/2", to: "a", pointer: "/branches/2/next" },
  ]);
});

test("[FF5] a difference is told in nodes, links, words, variables and settings", () => {
  const before = read("loan.useOfFunds.agent");
  const after = structuredClone(before);
  after.settings.maxDuration = "P3D";
  after.vars.note = { type: "text?" };
  after.nodes.thank.text = "Thanks: {{label(answer.reason)}}.";
  after.nodes.ask.expired = "declined";
  after.nodes.ask.ifOpen = "supersede";
  after.nodes.late.branches[0].label = "Once more";
  after.nodes.farewell = { type: "end" };
  delete after.nodes.reload;
  expect(flowDiff(before, after)).toEqual([
    { what: "variable", path: "/vars/note", after: { type: "text?" } },
    { what: "setting", path: "/settings/maxDuration", before: "P7D", after: "P3D" },
    { what: "link", path: "/nodes/ask/expired", before: "late", after: "declined", node: "ask" },
    { what: "node-changed", path: "/nodes/ask/ifOpen", before: "reuse", after: "supersede", node: "ask" },
    {
      what: "text",
      path: "/nodes/thank/text",
      before: before.nodes.thank.text,
      after: after.nodes.thank.text,
      node: "thank",
    },
    { what: "node-removed", path: "/nodes/reload", before: before.nodes.reload, node: "reload" },
    {
      what: "node-changed",
      path: "/nodes/late/branches",
      before: before.nodes.late.branches,
      after: after.nodes.late.branches,
      node: "late",
    },
    { what: "node-added", path: "/nodes/farewell", after: { type: "end" }, node: "farewell" },
  ]);
  expect(flowDiff(before, JSON.parse(canonicalText(before)))).toEqual([]);
});

test("[FF6] the lock pins all that can be come to, and tells what is not live", () => {
  const call = (...keys: string[]) => ({
    nodes: Object.fromEntries(keys.map((flow, index) => [`n${index}`, { type: "subflow", flow }])),
  });
  const live = new Map([
    ["b", { version: 2, hash: "bb", definition: call("c", "a") }],
    ["c", { version: 7, hash: "cc", definition: call("b", "gone") }],
    ["fresh", { version: 1, hash: "ff", definition: call("c") }],
  ]);
  const flow = { key: "a", ...call("b", "a") };
  expect(lockOf(flow, (key) => live.get(key))).toEqual({
    lock: { b: { version: 2, hash: "bb" }, c: { version: 7, hash: "cc" } },
    missing: [{ key: "gone", flow: "c", node: "n1" }],
  });
  const atStart = { key: "a", nodes: { n: { type: "subflow", flow: "fresh", bind: "active-at-start" } } };
  expect(lockOf(atStart, (key) => live.get(key))).toEqual({ lock: {}, missing: [] });
  const bot = {
    nodes: { n: { type: "route", to: { bot: "helper", flow: "b" } }, f: { type: "cowork.open", flow: "c" } },
  };
  expect(references(bot)).toEqual([
    { node: "n", key: "b", locked: true },
    { node: "f", key: "c", locked: true },
  ]);
});
