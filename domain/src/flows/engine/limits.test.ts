import type { FlowSettings } from "@clew/contract/flows/definition";
import { LIMITS } from "@clew/contract/flows/words";
import { describe, expect, test } from "vitest";
import { flowOf, typed } from "./testing/flow-of.ts";
import { play } from "./testing/play.ts";

type Settings = FlowSettings["limits"];
const done = { "message.send": () => ({}), "message.note": () => ({}) };
const sorry = { type: "message.note", text: "{{why.code}} at {{why.node}}" };
const faults = [{ match: ["limit"], next: "sorry", as: "why" }];

/** Sends a message for each of so many items; a limit is told in a note. */
const sayEach = (items: number, limits?: Settings) =>
  flowOf(
    {
      each: { type: "loop", over: "=items", as: "item", body: "say", next: "end", faults },
      say: { type: "message.send", text: "{{item}}", next: "$continue", faults },
      end: { type: "end" },
      sorry,
    },
    {
      inputs: { items: { type: "list<number>", default: Array.from({ length: items }, (_, index) => index) } },
      vars: typed({ why: "map?" }),
      ...(limits ? { settings: { limits } } : {}),
    },
  );
const said = (story: ReturnType<typeof play>) => story.done.map((one) => ("text" in one ? one.text : one.do));
const spin = (visits: number) => ({
  type: "decision",
  branches: [{ when: `=visits('spin') < ${visits}`, next: "spin" }],
  else: "end",
});
const spinning = (visits: number, settings: FlowSettings = {}) =>
  flowOf({ spin: spin(visits), end: { type: "end" } }, { settings });

describe("what a flow lowers for its runs", () => {
  test("[MT8] messages a minute and in all", () => {
    const perMinute = play({ flow: sayEach(9, { messagesPerMinute: 3 }), doers: done });
    expect(said(perMinute)).toEqual(["0", "1", "2", "limit at say"]);
    const inAll = play({ flow: sayEach(9, { messagesPerRun: 2 }), doers: done });
    expect(said(inAll)).toEqual(["0", "1", "limit at say"]);
  });

  test("[MT8] the items of a loop and the visits of a node, unless the node has a bound of its own", () => {
    expect(said(play({ flow: sayEach(3, { loopItems: 2 }), doers: done }))).toEqual(["limit at each"]);
    expect(said(play({ flow: sayEach(2, { loopItems: 2 }), doers: done }))).toEqual(["0", "1"]);
    expect(play({ flow: spinning(5, { limits: { visits: 4 } }) }).run.fault?.code).toBe("limit");
    expect(play({ flow: spinning(5, { limits: { visits: 5 } }) }).run.status).toBe("completed");
    const own = flowOf(
      { spin: { ...spin(5), maxVisits: 9 }, end: { type: "end" } },
      { settings: { limits: { visits: 4 } } },
    );
    expect(play({ flow: own }).run.status).toBe("completed");
  });

  test("[MT8] how deep subflows go, whatever a subflow says of itself", () => {
    const child = (key: string, next: string | null) =>
      flowOf(
        { a: next ? { type: "subflow", flow: next } : { type: "end" } },
        { key, kind: "sub", settings: { limits: { subflowDepth: 9 } } },
      );
    const others = [child("test.one", "test.two"), child("test.two", null)];
    const flow = (subflowDepth: number) =>
      flowOf({ go: { type: "subflow", flow: "test.one" } }, { settings: { limits: { subflowDepth } } });
    expect(play({ flow: flow(2), others }).run).toMatchObject({ status: "faulted", fault: { code: "limit" } });
    expect(play({ flow: flow(3), others }).run.status).toBe("completed");
  });

  test("[MT8] how large a value is; the fault itself is told to its path all the same", () => {
    const flow = (valueBytes: number) =>
      flowOf(
        {
          put: { type: "assign", set: [{ var: "text", value: "=given" }], next: "end", faults },
          end: { type: "end" },
          sorry,
        },
        {
          inputs: typed({ given: "text" }),
          vars: typed({ text: "text?", why: "map?" }),
          settings: { limits: { valueBytes } },
        },
      );
    const inputs = { given: "x".repeat(98) };
    expect(said(play({ flow: flow(99), inputs, doers: done }))).toEqual(["limit at put"]);
    expect(said(play({ flow: flow(100), inputs, doers: done }))).toEqual([]);
  });

  test("[MT8] how large all variables are: of many small ones so many stay that they fit, and the path speaks", () => {
    const names = Array.from({ length: 8 }, (_, index) => `v${index}`);
    const flow = flowOf(
      {
        wait: { type: "wait", any: [{ after: "P1D", next: "wait" }], faults },
        sorry: { ...sorry, text: "{{name}}: {{why.code}}", next: "wait2" },
        wait2: { type: "wait", any: [{ after: "P1D", next: "wait2" }] },
      },
      {
        inputs: typed({ name: "text", ...Object.fromEntries(names.map((name) => [name, "text"])) }),
        vars: typed({ why: "map?" }),
        settings: { limits: { variablesBytes: 4_096 } },
      },
    );
    const inputs = { name: "Ana", ...Object.fromEntries(names.map((name) => [name, "x".repeat(1_500)])) };
    const story = play({ flow, inputs, doers: done });
    expect(said(story)).toEqual(["Ana: limit"]);
    expect(story.run).toMatchObject({ status: "waiting", frames: [{ node: "wait2", values: { name: "Ana" } }] });
  });
});

describe("what is raised and lowered alike", () => {
  test("[FN8] how many steps a run takes before others have their turn", () => {
    const turns = (settings: FlowSettings, limits?: Parameters<typeof play>[0]["limits"]) => {
      let yields = 0;
      const story = play({ flow: spinning(90, settings), limits, onYield: () => (yields += 1) });
      expect(story.run.status).toBe("completed");
      return yields;
    };
    expect(turns({})).toBe(0);
    expect(turns({ limits: { stepsPerBurst: 10 } })).toBe(9);
    const many = (limits?: { stepsPerBurst: number; visits: number }) => {
      let yields = 0;
      play({ flow: spinning(900), limits: { visits: 1_000, ...limits }, onYield: () => (yields += 1) });
      return yields;
    };
    expect(many()).toBe(4);
    expect(many({ stepsPerBurst: 2_000, visits: 1_000 })).toBe(0);
  });

  test("[FN8] how much work a formula may be", () => {
    const flow = (settings: FlowSettings = {}) =>
      flowOf(
        {
          put: { type: "assign", set: [{ var: "sum", value: "=items.map(a, items.map(b, a + b)).count(x, true)" }] },
        },
        {
          inputs: { items: { type: "list<number>", default: Array.from({ length: 60 }, (_, index) => index) } },
          vars: typed({ sum: "number?" }),
          settings,
        },
      );
    expect(play({ flow: flow() }).run.fault?.code).toBe("expr");
    expect(play({ flow: flow(), limits: { formulaSteps: 100_000 } }).run.status).toBe("completed");
    const lowered = flow({ limits: { formulaSteps: 1_000 } });
    expect(play({ flow: lowered, limits: { formulaSteps: 100_000 } }).run.fault?.code).toBe("expr");
  });

  test("[FN8] how long, how large and how often tried a call is: one that asks for more is held to it", () => {
    const asks = { timeoutMs: 60_000, maxBytes: 1_000_000, retry: { max: 9, backoffMs: 40_000 } };
    const called = (node: object, settings: FlowSettings, limits?: Parameters<typeof play>[0]["limits"]) => {
      const call = { type: "http.call", connector: "shop", method: "GET", path: "/", ...node };
      const { done: operations } = play({
        flow: flowOf({ call }, { settings }),
        limits,
        doers: { "http.call": () => ({}) },
      });
      const [one] = operations;
      if (one?.do !== "http.call") throw new Error("nothing was called");
      return [one.timeoutMs, one.maxBytes, one.retry.max, one.retry.backoffMs];
    };
    const raised = { httpSeconds: 90, httpBytes: 2_000_000, httpTries: 12 };
    expect(called({}, {})).toEqual([5_000, 262_144, 0, 500]);
    expect(called({}, {}, raised)).toEqual([5_000, 262_144, 0, 500]);
    expect(called(asks, {})).toEqual([30_000, 262_144, 5, 30_000]);
    expect(called(asks, {}, raised)).toEqual([60_000, 1_000_000, 9, 40_000]);
    const lower = { limits: { httpSeconds: 2, httpBytes: 1_000, httpTries: 1 } };
    expect(called(asks, lower, raised)).toEqual([2_000, 1_000, 1, 2_000]);
    expect(called({}, lower)).toEqual([2_000, 1_000, 0, 500]);
  });
});

describe("what the operator raises", () => {
  test("[MT9] holds for every flow that has no lower bound of its own", () => {
    const limits = { messagesPerMinute: 25, loopItems: 2_001 };
    expect(said(play({ flow: sayEach(30), doers: done, limits }))).toHaveLength(25 + 1);
    expect(said(play({ flow: sayEach(30, { messagesPerMinute: 3 }), doers: done, limits }))).toHaveLength(3 + 1);
    expect(said(play({ flow: sayEach(2_001), doers: done }))).toEqual(["limit at each"]);
    expect(said(play({ flow: sayEach(2_001), doers: done, limits }))).toHaveLength(25 + 1);
    expect(play({ flow: spinning(LIMITS.visits + 20) }).run.status).toBe("faulted");
    expect(play({ flow: spinning(LIMITS.visits + 20), limits: { visits: 200 } }).run.status).toBe("completed");
  });

  test("[MT9] leaves the fault path its reserve of steps, and no more than that", () => {
    const node = { ...spin(100_000), maxVisits: 10_000 };
    const flow = flowOf({ spin: node, end: { type: "end" } }, { settings: { onFault: "spin" } });
    const { run } = play({ flow, limits: { stepsPerRun: 700 } });
    expect(run).toMatchObject({ status: "faulted", fault: { code: "limit" } });
    expect(run.steps).toBe(700 + LIMITS.reservedSteps + 1);
  });

  test("[MT9] gives routing flows longer, where they do not say how long themselves", () => {
    const flow = flowOf({ wait: { type: "wait", any: [{ after: "P1D", next: "wait" }] } }, { kind: "routing" });
    const life = ({ run }: ReturnType<typeof play>) => run.deadlineAt - run.startedAt;
    const limits = { routingSeconds: 120 };
    expect(life(play({ flow }))).toBe(30_000);
    expect(life(play({ flow, limits }))).toBe(120_000);
    expect(life(play({ flow: { ...flow, settings: { maxDuration: "PT10S" } }, limits }))).toBe(10_000);
  });

  test("[FZ7] how many forms one run opens; one that is open already counts once", () => {
    const open = { type: "cowork.open", flow: "test.form", handle: "form", ifOpen: "parallel", next: "$continue" };
    const flow = (settings: FlowSettings = {}) =>
      flowOf(
        { each: { type: "loop", over: "=items", as: "item", body: "open", next: "end" }, open, end: { type: "end" } },
        {
          inputs: { items: { type: "list<number>", default: Array.from({ length: 90 }, (_, index) => index) } },
          vars: typed({ form: "map?" }),
          settings,
        },
      );
    const opened = (settings?: FlowSettings, formsPerRun?: number, forms = 90) => {
      let count = 0;
      const story = play({
        flow: flow(settings),
        others: [flowOf({ ask: { type: "screen" } }, { key: "test.form", kind: "screen" })],
        doers: { "form.open": () => ({ value: { id: `form-${++count % forms}` } }) },
        limits: formsPerRun === undefined ? {} : { formsPerRun },
      });
      return [story.done.length, story.run.fault?.code ?? story.run.status];
    };
    expect(opened()).toEqual([50, "limit"]);
    expect(opened({}, 90)).toEqual([90, "completed"]);
    expect(opened({ limits: { formsPerRun: 3 } }, 90)).toEqual([3, "limit"]);
    expect(opened({}, undefined, 50)).toEqual([50, "limit"]);
    expect(opened({}, undefined, 40)).toEqual([90, "completed"]);
  });
});
