import type { Flow } from "@clew/contract/flows/definition";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { advance } from "./advance.ts";
import type { Given, Input } from "./given.ts";
import { newRun } from "./new-run.ts";
import { isOver, type Run } from "./run.ts";
import { flowOf, typed } from "./testing/flow-of.ts";

/** A bit of everything, linked so that any way through comes back. */
const FLOW: Flow = flowOf(
  {
    get: { type: "records.get", object: "Case", where: [], into: "kase", next: "choose", notFound: "ask" },
    choose: {
      type: "decision",
      branches: [
        { when: "=kase.kind == 'loop'", next: "each" },
        { when: "=count > 3", next: "wait" },
      ],
      else: "screen",
    },
    each: { type: "loop", over: "=[1, 2, 3]", as: "item", body: "add", next: "sub" },
    add: { type: "assign", set: [{ var: "count", op: "add", value: "=item" }], next: "$continue" },
    sub: {
      type: "subflow",
      flow: "test.sub",
      in: { count: "=count" },
      out: { count: "more" },
      next: "ask",
      faults: [{ match: ["*"], next: "ask", as: "why" }],
    },
    ask: {
      type: "ask",
      text: "Well?",
      expect: { id: "word", kind: "text" },
      within: "PT1M",
      next: "call",
      gaveUp: "note",
      timeout: "screen",
    },
    call: {
      type: "http.call",
      connector: "x",
      method: "GET",
      path: "/a",
      map: { count: "/n" },
      next: "wait",
      faults: [{ match: ["network"], next: "note" }],
    },
    screen: { type: "screen", components: [], next: "form", cancelled: "wait" },
    form: { type: "cowork.form", flow: "test.sub", into: "kase", next: "get", expired: "form" },
    wait: {
      type: "wait",
      any: [
        { event: "paid", key: "k", when: "=event.n > 1", into: "kase", next: "get" },
        { after: "PT5M", next: "each" },
      ],
    },
    note: { type: "message.note", text: "{{count}} {{why.code}}", next: "choose" },
    late: { type: "end", outcome: "failed" },
  },
  {
    vars: typed({ kase: "map?", count: "number", why: "map?" }),
    settings: { onFault: "note", onExpired: "late", maxSteps: 80 },
  },
);
const SUB = flowOf(
  {
    say: { type: "message.send", text: "{{count}}", next: "done" },
    done: { type: "end", out: { more: "=count + 1" } },
  },
  { key: "test.sub", kind: "sub", inputs: typed({ count: "number" }) },
);

function world(): Given {
  let made = 0;
  return {
    now: 1_800_000_000_000,
    newId: () => `id-${++made}`,
    flow: (key) => (key === FLOW.key ? FLOW : key === SUB.key ? SUB : null),
    locked: () => 1,
    openTime: () => null,
    asset: () => null,
    checkScreen: (_node, values) =>
      "bad" in values ? { ok: false, problems: { bad: "no" } } : { ok: true, values, labels: {} },
    checkAnswer: (_component, text) =>
      text === "" ? { ok: false, problem: "no" } : { ok: true, value: text, label: null },
  };
}

const start = (now: number): Run =>
  newRun({
    id: "r",
    flow: FLOW,
    version: 1,
    inputs: {},
    conversationId: "c",
    sessionId: null,
    resolved: {},
    locale: "en",
    zone: "UTC",
    now,
  });

const data = fc.oneof(
  fc.jsonValue(),
  fc.record({ n: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ outcome: fc.constantFrom("submitted", "cancelled", "expired", "odd"), answers: fc.jsonValue() }),
  fc.record({ text: fc.string() }),
  fc.constant([{ kind: "loop" }]),
  fc.record({ id: fc.constant("form-1") }),
);
/** An input as drawn: whether it names what the run waits for is drawn too. */
const drawn = fc.record({
  right: fc.boolean(),
  branch: fc.constantFrom("any/0", "any/1", "answer", "timeout", "form-1", "assigned", "__proto__"),
  kind: fc.constantFrom(
    "result",
    "result",
    "result",
    "fault",
    "event",
    "event",
    "due",
    "answer",
    "continue",
    "begin",
    "retry",
    "expire",
    "cancel",
  ),
  outcome: fc.constantFrom(undefined, undefined, "notFound", "timeout", "branches/9", "constructor", "type"),
  code: fc.constantFrom("network", "timeout", "conflict"),
  button: fc.constantFrom("next", "back", "save", "cancel"),
  data,
  passed: fc.integer({ min: 0, max: 400_000 }),
});
type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never;

function inputOf(run: Run, one: Drawn): Input {
  const { blocked } = run;
  const id = one.right && blocked && "id" in blocked ? blocked.id : "another";
  const value = one.data as never;
  switch (one.kind) {
    case "result":
      return { type: "result", id, ...(one.outcome ? { outcome: one.outcome } : {}), value };
    case "fault":
      return { type: "fault", id, code: one.code as "network", message: "drawn" };
    case "event":
    case "due":
      return { type: one.kind, id, branch: one.branch, data: value } as Input;
    case "answer": {
      const values = typeof one.data === "object" && one.data !== null && !Array.isArray(one.data) ? one.data : {};
      return { type: "answer", id, button: one.button as "next", values: values as never };
    }
    default:
      return { type: one.kind } as Input;
  }
}

function played(
  inputs: readonly Drawn[],
  check: (before: Run, input: Input, given: Given) => void = () => undefined,
): Run {
  const given = world();
  let run = advance(start(given.now), { type: "begin" }, given).run;
  for (const one of inputs) {
    given.now += one.passed;
    const input = inputOf(run, one);
    check(run, input, given);
    run = advance(run, input, given).run;
  }
  return run;
}

describe("any sequence of inputs", () => {
  it("[FE18] leaves a run that is plain data, and never throws", () => {
    fc.assert(
      fc.property(fc.array(drawn, { maxLength: 40 }), (inputs) => {
        const run = played(inputs);
        expect(JSON.parse(JSON.stringify(run))).toEqual(run);
        expect(["running", "waiting"].includes(run.status)).toBe(!isOver(run));
        if (isOver(run)) expect(run.blocked).toBeNull();
        else expect(run.blocked).not.toBeNull();
      }),
      { numRuns: 400 },
    );
  });

  it("[FE18] the run that was given is left as it was; what names something else changes nothing", () => {
    fc.assert(
      fc.property(fc.array(drawn, { maxLength: 25 }), (inputs) => {
        played(inputs, (before, input, given) => {
          const copy = structuredClone(before);
          const { run, taken } = advance(before, input, { ...given, newId: () => "unused" });
          expect(before).toEqual(copy);
          if (!taken) expect(run).toBe(before);
          if ("id" in input && input.id === "another") expect(taken).toBe(false);
        });
      }),
      { numRuns: 150 },
    );
  });

  it("[FE18] the same inputs give the same run, also when the run is stored and read in between", () => {
    fc.assert(
      fc.property(fc.array(drawn, { maxLength: 25 }), (inputs) => {
        const stored = (() => {
          const given = world();
          let run = advance(start(given.now), { type: "begin" }, given).run;
          for (const one of inputs) {
            given.now += one.passed;
            run = JSON.parse(JSON.stringify(run)) as Run;
            run = advance(run, inputOf(run, one), given).run;
          }
          return run;
        })();
        expect(played(inputs)).toEqual(stored);
      }),
      { numRuns: 150 },
    );
  });
});
