import { describe, expect, it } from "vitest";
import { flowOf, typed } from "./testing/flow-of.ts";
import { play } from "./testing/play.ts";

const set = (name: string, value: unknown, more: object = {}) => ({
  type: "assign",
  set: [{ var: name, value, ...more }],
});

describe("decisions and assignments", () => {
  it("[FE4] a decision takes the first branch that is true, else the other way; null is not true", () => {
    const flow = flowOf({
      choose: {
        type: "decision",
        branches: [
          { when: "=n == null && missing", next: "never" },
          { when: "=n > 1", next: "big" },
          { when: "=n > 0", next: "small" },
        ],
        else: "none",
      },
      never: set("was", "never"),
      big: set("was", "big"),
      small: set("was", "small"),
      none: set("was", "none"),
    });
    const was = (n: number | null) =>
      play({
        flow: { ...flow, inputs: typed({ n: "number?", missing: "boolean?" }), vars: typed({ was: "text" }) },
        inputs: { n },
      }).run.frames[0]?.values.was;
    expect([2, 1, 0].map(was)).toEqual(["big", "small", "none"]);
    const traced = play({
      flow: { ...flow, inputs: typed({ n: "number?" }), vars: typed({ was: "text" }) },
      inputs: { n: 2 },
    });
    expect(traced.trace.map(({ node, outcome }) => [node, outcome])).toEqual([
      ["choose", "branches/1"],
      ["big", "next"],
    ]);
  });

  it("[FE4] a condition that is neither true nor false is a fault of the formula", () => {
    const flow = flowOf({ a: { type: "decision", branches: [{ when: "='text'", next: "a" }], else: "a" } });
    expect(play({ flow }).run).toMatchObject({ status: "faulted", fault: { code: "expr", node: "a" } });
  });

  it("[FE5] values are set, added to, appended and taken out, members of maps too, one after the other", () => {
    const flow = flowOf(
      {
        a: {
          type: "assign",
          set: [
            { var: "total", value: 2 },
            { var: "total", op: "add", value: "=total + 1" },
            { var: "list", op: "append", value: "x" },
            { var: "list", op: "append", value: "y" },
            { var: "list", op: "remove", value: "x" },
            { var: "who.name.first", value: "Ana" },
            { var: "greeting", value: "Hello {{who.name.first}}" },
          ],
        },
      },
      { vars: typed({ total: "number", list: "list<text>", who: "map", greeting: "text" }) },
    );
    expect(play({ flow }).run.frames[0]?.values).toEqual({
      total: 5,
      list: ["y"],
      who: { name: { first: "Ana" } },
      greeting: "Hello Ana",
    });
  });

  it("[FE5] appending to what is no list and adding to what is no number are faults, and too large values too", () => {
    for (const [op, value, code] of [
      ["append", "x", "expr"],
      ["remove", "x", "expr"],
      ["add", 1, "expr"],
      ["set", "y".repeat(70_000), "limit"],
    ] as const) {
      const flow = flowOf({ a: set("word", "x"), b: set("word", value, { op }) }, { vars: typed({ word: "text" }) });
      (flow.nodes.a as { next?: string }).next = "b";
      expect(play({ flow }).run).toMatchObject({ status: "faulted", fault: { code, node: "b" } });
    }
  });

  it("[FE6] a node that is to be skipped does nothing and goes on", () => {
    const flow = flowOf(
      { a: { ...set("word", "set"), skipIf: "=no", next: "b" }, b: { type: "end", out: { word: "=word" } } },
      { inputs: typed({ no: "boolean" }), vars: typed({ word: "text" }) },
    );
    expect(play({ flow, inputs: { no: true } }).run.out).toEqual({ word: null });
    expect(play({ flow, inputs: { no: false } }).run.out).toEqual({ word: "set" });
  });
});

describe("loops", () => {
  const over = (body: Record<string, object>, more: object = {}) =>
    flowOf(
      {
        each: {
          type: "loop",
          over: "=items",
          as: "item",
          body: Object.keys(body)[0],
          next: "done",
          empty: "none",
          ...more,
        },
        ...body,
        done: { type: "end", out: { seen: "=seen" } },
        none: { type: "end", out: { seen: "nothing" } },
      },
      { inputs: typed({ items: "list<number>" }), vars: typed({ seen: "list<number>" }) },
    );
  const collect = { type: "assign", set: [{ var: "seen", op: "append", value: "=item" }], next: "$continue" };

  it("[FE7] each item in turn, out of it by $break, the other way when there is nothing", () => {
    const flow = over({
      look: { type: "decision", branches: [{ when: "=item == 3", next: "$break" }], else: "keep" },
      keep: collect,
    });
    expect(play({ flow, inputs: { items: [1, 2] } }).run.out).toEqual({ seen: [1, 2] });
    expect(play({ flow, inputs: { items: [1, 3, 4] } }).run.out).toEqual({ seen: [1] });
    expect(play({ flow, inputs: { items: [] } }).run.out).toEqual({ seen: "nothing" });
  });

  it("[FE7] visits count within one item, so a long list is no endless loop, and too long a list is refused", () => {
    const items = Array.from({ length: 300 }, (_, index) => index);
    const flow = over({ keep: collect });
    const { run } = play({ flow, inputs: { items } });
    expect(run.status).toBe("completed");
    expect((run.out.seen as number[]).length).toBe(300);
    expect(play({ flow: over({ keep: collect }, { max: 10 }), inputs: { items } }).run.fault?.code).toBe("limit");
  });

  it("[FE7] loops stand in one another", () => {
    const flow = flowOf(
      {
        rows: { type: "loop", over: "=[1, 2]", as: "row", body: "columns", next: "done" },
        columns: { type: "loop", over: "=[10, 20]", as: "column", body: "keep", next: "$continue" },
        keep: { type: "assign", set: [{ var: "seen", op: "append", value: "=row + column" }], next: "$continue" },
        done: { type: "end", out: { seen: "=seen" } },
      },
      { vars: typed({ seen: "list<number>" }) },
    );
    expect(play({ flow }).run.out).toEqual({ seen: [11, 21, 12, 22] });
  });

  it("[FE7] a loop that is left by a link and come to again begins anew", () => {
    const flow = over({
      look: { type: "decision", branches: [{ when: "=size(seen) == 1", next: "again" }], else: "keep" },
      again: { type: "assign", set: [{ var: "seen", op: "append", value: 100 }], next: "each" },
      keep: collect,
    });
    const { run } = play({ flow, inputs: { items: [1, 2] } });
    expect(run.out).toEqual({ seen: [1, 100, 1, 2] });
    expect(run.frames[0]?.loops).toEqual([]);
  });

  it("[FE7] $continue outside a loop is a fault, not a crash", () => {
    const flow = flowOf({ a: { type: "decision", branches: [{ when: "=true", next: "$continue" }], else: "a" } });
    expect(play({ flow }).run.fault).toMatchObject({ code: "expr", node: "a" });
  });
});

describe("subflows", () => {
  const child = flowOf(
    {
      work: { type: "decision", branches: [{ when: "=amount > 100", next: "tooMuch" }], else: "done" },
      tooMuch: { type: "end", outcome: "failed", out: { double: 1 } },
      done: { type: "end", out: { double: "=amount * 2" } },
    },
    { key: "test.double", kind: "sub", inputs: { amount: { type: "number", required: true } } as never },
  );
  const parent = (amount: unknown, more: object = {}) =>
    flowOf(
      {
        call: {
          type: "subflow",
          flow: "test.double",
          in: { amount },
          out: { result: "double" },
          next: "done",
          ...more,
        },
        done: { type: "end", out: { result: "=result", why: "=why.code" } },
      },
      { vars: typed({ result: "number", why: "map?" }) },
    );

  it("[FE8] gives inputs, takes outputs; its variables are its own", () => {
    const { run, trace } = play({ flow: parent(21), others: [child] });
    expect(run).toMatchObject({ status: "completed", out: { result: 42 } });
    expect(trace.map(({ flow, node }) => `${flow} ${node}`)).toEqual([
      "test.main call",
      "test.double work",
      "test.double done",
      "test.main done",
    ]);
    expect(Object.keys(run.frames[0]?.values ?? {})).toEqual(["result", "why"]);
  });

  it("[FE8] one that gives up, misses an input or does not exist is a fault where it was called", () => {
    const faults = [{ match: ["*"], next: "done", as: "why" }];
    const caught = (amount: unknown, others = [child]) => play({ flow: parent(amount, { faults }), others }).run.out;
    expect(caught(101)).toEqual({ result: null, why: "cancelled" });
    expect(caught(null)).toEqual({ result: null, why: "validation" });
    expect(caught(1, [])).toEqual({ result: null, why: "notFound" });
  });

  it("[FE8] a fault inside surfaces at the call when nobody inside has a path for it", () => {
    const broken = flowOf({ a: set("x", "=nothing + 'a' * 2") }, { key: "test.double", kind: "sub" });
    const { run } = play({
      flow: parent(1, { faults: [{ match: ["expr"], next: "done", as: "why" }] }),
      others: [broken],
    });
    expect(run).toMatchObject({ status: "completed", out: { why: "expr" } });
  });

  it("[FE8] what one that gave up has put out is not taken for the outputs of the next", () => {
    const flow = flowOf(
      {
        first: {
          type: "subflow",
          flow: "test.double",
          in: { amount: 101 },
          next: "then",
          faults: [{ match: ["*"], next: "then" }],
        },
        then: { type: "subflow", flow: "test.quiet", out: { result: "double" } },
      },
      { vars: typed({ result: "number" }) },
    );
    const quiet = flowOf({ a: set("x", 1) }, { key: "test.quiet", kind: "sub", vars: typed({ x: "number" }) });
    const { run } = play({ flow, others: [child, quiet] });
    expect(run).toMatchObject({ status: "completed", out: {} });
    expect(run.frames[0]?.values.result).toBeNull();
  });

  it("[E2] one that calls itself ends at depth ten with a fault", () => {
    const flow = flowOf({ again: { type: "subflow", flow: "test.main" } });
    const { run, trace } = play({ flow });
    expect(run).toMatchObject({ status: "faulted", fault: { code: "limit" } });
    expect(trace.filter(({ outcome }) => outcome === "enter")).toHaveLength(9);
  });

  it("[E2] a formula of lists in lists in lists runs out of its budget in less than 50 ms", () => {
    const items = Array.from({ length: 200 }, (_, index) => index);
    const macros = "=items.map(a, items.map(b, items.map(c, a + b + c)))";
    const flow = flowOf(
      { a: set("x", macros) },
      { inputs: typed({ items: "list<number>" }), vars: typed({ x: "list<any>" }) },
    );
    const least = Math.min(
      ...[1, 2, 3].map(() => {
        const from = performance.now();
        expect(play({ flow, inputs: { items } }).run.fault).toMatchObject({
          code: "expr",
          detail: expect.stringMatching(/budget/),
        });
        return performance.now() - from;
      }),
    );
    expect(least).toBeLessThan(50);
  });

  it("[FE9] what people read for a choice travels with it: into variables, subflows and out of them", () => {
    const flow = flowOf(
      {
        ask: { type: "screen", components: [], next: "copy" },
        copy: { type: "assign", set: [{ var: "all", value: "=ask" }], next: "call" },
        call: { type: "subflow", flow: "test.echo", in: { answers: "=all" }, out: { back: "echoed" }, next: "say" },
        say: {
          type: "message.note",
          text: "{{label(all.reason)}}, {{label(back.reason)}}, {{label(ask.reason)}}",
          next: "over",
        },
        over: { type: "assign", set: [{ var: "back.reason", value: "other" }], next: "again" },
        again: { type: "message.note", text: "{{label(back.reason)}}" },
      },
      { vars: typed({ all: "map", back: "map" }) },
    );
    const echo = flowOf(
      {
        note: { type: "message.note", text: "{{label(answers.reason)}}", next: "done" },
        done: { type: "end", out: { echoed: "=answers" } },
      },
      { key: "test.echo", kind: "sub", inputs: typed({ answers: "map" }) },
    );
    const story = play({
      flow,
      others: [echo],
      doers: { "message.note": () => ({}) },
      checkScreen: (_node, values) => ({ ok: true, values, labels: { reason: "Renovation work" } }),
    });
    story.answer("next", { reason: "renovation" });
    const said = story.done.map((one) => (one.do === "message.note" ? one.text : ""));
    const words = "Renovation work";
    expect(said).toEqual([words, `${words}, ${words}, ${words}`, "other"]);
  });
});
