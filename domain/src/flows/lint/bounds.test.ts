import { HIGHEST_LIMITS, readLimits } from "@clew/contract/flows/flow-limits";
import { expect, test } from "vitest";
import { lint } from "./lint.ts";

const END = { type: "end" };
const call = { type: "http.call", connector: "shop", method: "GET", path: "/", next: "end" };
const loop = { type: "loop", over: "=[1]", as: "item", max: 5_000, body: "rest", next: "end" };
const rest = { type: "decision", branches: [], else: "$continue" };
const GREEDY = {
  $schema: "flow/1",
  ...{ key: "test.greedy", kind: "background", trigger: { on: "api" }, start: "each" },
  settings: { maxSteps: 20_000, limits: { messagesPerMinute: 40, formulaSteps: 20_000, stepsPerBurst: 100 } },
  nodes: {
    each: { ...loop, body: "ask" },
    ask: { ...call, timeoutMs: 60_000, retry: { max: 9 }, maxBytes: 1_000_000, next: "rest" },
    rest,
    end: END,
  },
};
const OVER = ["over-limit", "loop-limit", "too-many-nodes"];
const over = (flow: unknown, raised?: string) => {
  const limits = raised === undefined ? undefined : readLimits(raised);
  if (typeof limits === "string") throw new Error(limits);
  return lint(flow, { limits }).flatMap(({ code, path, suggestion }) =>
    OVER.includes(code) ? [[path, suggestion]] : [],
  );
};

test("[FN9] a flow that asks for more than is allowed is told where, and who raises it", () => {
  expect(
    over(GREEDY)
      .map(([path]) => path)
      .sort(),
  ).toEqual([
    "/nodes/ask/maxBytes",
    "/nodes/ask/retry/max",
    "/nodes/ask/timeoutMs",
    "/nodes/each/max",
    "/settings/limits/formulaSteps",
    "/settings/limits/messagesPerMinute",
    "/settings/maxSteps",
  ]);
  expect(over(GREEDY)).toContainEqual(["/nodes/ask/timeoutMs", "the operator raises httpSeconds, to at most 120"]);
});

test("[FN9] where the operator has raised it, it passes", () => {
  const http = "httpSeconds=60, httpTries=9, httpBytes=1000000";
  expect(over(GREEDY, `${http}, loopItems=5000, stepsPerRun=20000, messagesPerMinute=40, formulaSteps=20000`)).toEqual(
    [],
  );
  expect(over(GREEDY, `${http}, loopItems=5000, stepsPerRun=20000, messagesPerMinute=40`)).toHaveLength(1);
});

test("[FN9] beyond what no operator raises, the format itself says no", () => {
  const timeoutMs = HIGHEST_LIMITS.httpSeconds * 1000 + 1;
  const flow = { ...GREEDY, settings: {}, start: "ask", nodes: { ask: { ...call, timeoutMs }, end: END } };
  const told = lint(flow, { limits: { httpSeconds: HIGHEST_LIMITS.httpSeconds } });
  expect(told).toContainEqual(expect.objectContaining({ code: "shape", path: "/nodes/ask/timeoutMs" }));
});

test("[FZ8] how large a formula may be is raised by the operator and lowered by the flow, in formulas and in holes", () => {
  const many = Array(300).fill("1").join(" + ");
  const flow = (limits: object) => ({
    ...{ ...GREEDY, settings: { limits }, start: "set", vars: { sum: { type: "number", default: 0 } } },
    nodes: {
      set: { type: "assign", set: [{ var: "sum", value: `=${many}` }], next: "tell" },
      tell: { type: "message.note", text: `{{sum}} {{${"(".repeat(45)}sum${")".repeat(45)}}}`, next: "end" },
      end: END,
    },
  });
  const told = (limits: object, raised: string) =>
    lint(flow(limits), { limits: readLimits(raised) as object }).map(({ path, code }) => `${code} ${path}`);
  const [sum, text] = ["formula /nodes/set/set/0/value", "formula /nodes/tell/text"];
  expect(told({}, "visits=101")).toEqual([sum, text]);
  expect(told({}, "formulaParts=599")).toEqual([text]);
  expect(told({}, "formulaParts=599, formulaDepth=46")).toEqual([]);
  expect(told({}, "formulaParts=598, formulaDepth=45")).toEqual([sum, text]);
  expect(told({ formulaParts: 598 }, "formulaParts=599, formulaDepth=46")).toEqual([sum]);
  expect(told({ formulaCharacters: 50 }, "formulaParts=599, formulaDepth=46")).toEqual([sum, text]);
  expect(told({ formulaDepth: 47 }, "formulaParts=599, formulaDepth=46")).toEqual([
    "over-limit /settings/limits/formulaDepth",
  ]);
  expect(lint(flow({})).find(({ path }) => path === "/nodes/tell/text")?.suggestion).toMatch(/formulaDepth are raised/);
});

test("[FZ9] a routing flow that gives itself more time than a session waits for it is warned of, with what happens then", () => {
  const to = { type: "route", to: { queue: "general" }, next: "end" };
  const router = (maxDuration: string | undefined, more: object = {}) => ({
    ...{ ...GREEDY, kind: "routing", trigger: { on: "session.started" }, start: "to", nodes: { to, end: END } },
    settings: maxDuration === undefined ? {} : { maxDuration },
    ...more,
  });
  const told = (flow: unknown, routingSeconds = 30) =>
    lint(flow, { limits: { routingSeconds } }).filter(({ code }) => code === "over-limit");
  expect(told(router("PT2M"))).toEqual([
    {
      ...{ path: "/settings/maxDuration", code: "over-limit", severity: "warning" },
      message:
        "a session waits 30 seconds for this flow, then it goes to its channel's queue; " +
        "what the flow does after that, up to PT2M, nobody waits for",
      suggestion: "say PT30S or less, or the operator raises routingSeconds to 120",
    },
  ]);
  expect(told(router("PT2M"), 119)).toHaveLength(1);
  for (const long of ["PT1H0.5S", "P1D", "P1M", "P1Y"])
    expect(told(router(long))[0]?.suggestion).toBe("say PT30S or less");
  for (const short of ["PT30S", "PT0.5S", undefined, "soon"]) expect(told(router(short))).toEqual([]);
  expect(told(router("PT2M"), 120)).toEqual([]);
  // A bot has as long as it says, and so has a flow that nobody waits for.
  expect(told(router("PT2M", { trigger: { on: "none" } }))).toEqual([]);
  expect(told(router("PT2M", { kind: "background" }))).toEqual([]);
});

test("[FN9] the number of nodes is raised like the others", () => {
  const steps = Object.fromEntries(
    Array.from({ length: 600 }, (_, at) => [`n${at}`, { ...call, next: at === 599 ? "end" : `n${at + 1}` }]),
  );
  const flow = { ...GREEDY, settings: {}, start: "n0", nodes: { ...steps, end: END } };
  expect(over(flow).map(([path]) => path)).toEqual(["/nodes"]);
  expect(over(flow, "nodes=601")).toEqual([]);
  expect(over(flow, "nodes=600")).toHaveLength(1);
});
