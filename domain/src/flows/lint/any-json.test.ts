import { readdirSync, readFileSync } from "node:fs";
import { FINDING_CODES } from "@clew/contract/flows/findings";
import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalText, hashInput } from "../format/canonical.ts";
import { flowDiff } from "../format/diff.ts";
import { lockOf } from "../format/lock.ts";
import { isPublishable, lint } from "./lint.ts";

const FOLDER = new URL("../../../../examples/flows/", import.meta.url);
const examples = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".flow.json"))
  .map((name) => JSON.parse(readFileSync(new URL(name, FOLDER), "utf8")));
const world = { flows: new Map<string, unknown>(examples.map((flow) => [flow.key, flow])), complete: true };

test.each(examples.map((flow) => [flow.key, flow]))("[FF7] nothing is wrong with the example %s", (_, flow) => {
  expect(lint(flow, world)).toEqual([]);
});

/** Values that break things: other types, formulas and names of every kind. */
const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(
    "",
    "=",
    "={{",
    "{{",
    "{{}}",
    "'=x",
    "=a.b.c",
    "$continue",
    "P",
    "end",
    "ask",
    "=ask.reason",
  ),
  fc.constantFrom<unknown>(null, [], {}, [null], [[]], { type: "loop" }, { type: "route", to: null }, -0, 1e308),
  fc.constantFrom("__proto__", "constructor").map((name) => JSON.parse(`{"${name}": {"type": "end", "kind": "text"}}`)),
);
const changes = fc.array(
  fc.record({ at: fc.nat(), how: fc.constantFrom("set", "drop", "add", "copy"), to: anything, from: fc.nat() }),
  { minLength: 1, maxLength: 6 },
);

function broken(flow: unknown, steps: { at: number; how: string; to: unknown; from: number }[]): unknown {
  const copy = { root: structuredClone(flow) };
  for (const { at, how, to: drawn, from } of steps) {
    const to = structuredClone(drawn);
    const places = placesOf(copy);
    const place = places[at % places.length]!;
    const other = places[from % places.length]!;
    const target = place.of as Record<string, unknown>;
    if (how === "drop" && place.key !== "root") delete target[place.key];
    else if (how === "add" && typeof target[place.key] === "object" && target[place.key] !== null) {
      Object.defineProperty(target[place.key], `x${from}`, {
        value: to,
        enumerable: true,
        configurable: true,
        writable: true,
      });
    } else if (how === "copy") target[place.key] = structuredClone((other.of as Record<string, unknown>)[other.key]);
    else target[place.key] = to;
  }
  return JSON.parse(JSON.stringify(copy.root) ?? "null");
}

function placesOf(value: unknown): { of: object; key: string }[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [{ of: value, key }, ...placesOf(item)]);
}

test("[FF7] whatever is done to a flow, the linter answers with findings that have place, code and reason", () => {
  fc.assert(
    fc.property(fc.constantFrom(...examples), changes, (flow, steps) => {
      const changed = broken(flow, steps);
      for (const { path, code, message, severity, suggestion } of lint(changed, world)) {
        expect(path).toMatch(/^(\/.*)?$/s);
        expect(FINDING_CODES).toContain(code);
        expect(["error", "warning"]).toContain(severity);
        expect(message).not.toBe("");
        expect(suggestion).not.toBe("");
      }
      expect(() =>
        lint(changed, { flows: new Map([["loan.useOfFunds.form", changed]]), objects: new Map() }),
      ).not.toThrow();
    }),
    { numRuns: 400 },
  );
});

test("[FF7] any JSON at all is taken, as a flow and as another flow", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(isPublishable(lint(value))).toBe(false);
      lint(examples[0], { flows: new Map([[examples[0].key, value]]) });
    }),
    { numRuns: 300 },
  );
  let deep: unknown = "=x";
  for (let level = 0; level < 5_000; level += 1) deep = [deep];
  const call = { type: "http.call", connector: "c", method: "POST", path: "/", body: deep, next: "end" };
  const flow = { ...examples[0], start: "call", nodes: { call, end: { type: "end" } } };
  expect(lint(flow).map(({ message }) => message)).toContain("is nested too deep");
});

test("[FF2] a broken flow, too, is saved so that it reads the same and is written the same again", () => {
  fc.assert(
    fc.property(fc.constantFrom(...examples), changes, (flow, steps) => {
      const changed = broken(flow, steps);
      const text = canonicalText(changed);
      expect(JSON.parse(text)).toEqual(changed);
      expect(canonicalText(JSON.parse(text))).toBe(text);
      expect(hashInput(JSON.parse(text))).toBe(hashInput(changed));
    }),
    { numRuns: 300 },
  );
});

test("[FF5] differences are told of any two definitions, and none where the meaning is the same", () => {
  fc.assert(
    fc.property(fc.constantFrom(...examples), changes, (flow, steps) => {
      const changed = broken(flow, steps);
      expect(flowDiff(flow, changed).length === 0).toBe(hashInput(flow) === hashInput(changed));
      expect(() => lockOf(changed, () => ({ version: 1, hash: "0", definition: changed }))).not.toThrow();
    }),
    { numRuns: 300 },
  );
});
