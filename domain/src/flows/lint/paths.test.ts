import { expect, test } from "vitest";
import { agentScreen, asking, background, END, finding, form, routing, said } from "./testing/flows.ts";

const SAY = { type: "message.send", text: "Hello" };
const LIST = { vars: { items: { type: "list<text>", default: [] } } };
const loop = (more = {}) => ({ type: "loop", over: "=items", as: "item", body: "say", next: "end", ...more });

test("[FF10] nodes that nothing leads to, and outcomes that are not said, are errors with the node's name", () => {
  const flow = background({ say: { ...SAY, next: "end" }, lost: { ...SAY, next: "end" }, end: END });
  expect(finding(flow, "unreachable")).toMatchObject({ path: "/nodes/lost", node: "lost" });
  expect(said(background({ say: SAY }))).toEqual(["error missing-outcome /nodes/say/next"]);
  const ask = { type: "ask", text: "Which?", expect: { id: "which", kind: "text" }, within: "PT5M", next: "end" };
  expect(said(background({ ask, end: END }))).toEqual([
    "error missing-outcome /nodes/ask/gaveUp",
    "error missing-outcome /nodes/ask/timeout",
  ]);
  const open = { type: "cowork.form", flow: "a.form", expires: "PT30M", next: "end" };
  expect(said(agentScreen({ open, end: END }))).toEqual([
    "error missing-outcome /nodes/open/cancelled",
    "error missing-outcome /nodes/open/expired",
  ]);
  const back = { type: "route", to: { previousAgent: {} }, next: "end" };
  expect(said(routing({ back, end: END }))).toEqual(["error missing-outcome /nodes/back/unavailable"]);
  expect(said(routing({ back: { ...back, overflow: { queue: "all" } }, end: END }))).toEqual([]);
});

test("[FF10] a look-up without a way for nothing found needs a variable that may be null", () => {
  const find = { type: "records.get", object: "Case", where: [], into: "kase", next: "end" };
  const flow = (type: string, more = {}) =>
    background({ find: { ...find, ...more }, end: END }, { vars: { kase: { type } } });
  expect(said(flow("record:Case"))).toContain("error missing-outcome /nodes/find/notFound");
  expect(said(flow("record:Case?"))).toEqual([]);
  expect(said(flow("record:Case", { notFound: "end" }))).toEqual(["warning type /vars/kase"]);
});

test("[FF10] a circle that neither ends nor stands still is an error, one with a wait is not", () => {
  const flow = background({ one: { ...SAY, next: "two" }, two: { ...SAY, next: "one" } });
  expect(said(flow)).toEqual(["error no-exit /nodes/one"]);
  const waits = background({
    one: { ...SAY, next: "two" },
    two: { type: "wait", any: [{ after: "PT1H", next: "one" }] },
  });
  expect(said(waits)).toEqual([]);
});

test("[FF10] $continue and $break are known in the body of a loop, and the body is entered by the loop alone", () => {
  const good = background({ each: loop(), say: { ...SAY, next: "$continue" }, end: END }, LIST);
  expect(said(good)).toEqual([]);
  expect(said(background({ say: { ...SAY, next: "$break" } }))).toEqual(["error loop-link /nodes/say/next"]);
  const leaking = background(
    { each: loop(), say: { ...SAY, next: "after" }, after: { ...SAY, next: "end" }, end: END },
    LIST,
  );
  expect(said(leaking)).toEqual([]);
  const both = background(
    { each: loop({ next: "after" }), say: { ...SAY, next: "after" }, after: { ...SAY, next: "end" }, end: END },
    LIST,
  );
  expect(said(both)).toEqual(["error loop-link /nodes/after"]);
});

test("[FF14] a wait for events alone needs a time branch or a longest duration", () => {
  const wait = { type: "wait", any: [{ event: "case.changed", key: "1", next: "end" }] };
  expect(said(background({ wait, end: END }))).toEqual(["error unbounded-wait /nodes/wait"]);
  expect(said(background({ wait, end: END }, { settings: { maxDuration: "P7D" } }))).toEqual([]);
  for (const branch of [{ after: "PT1H" }, { at: "=now()" }, { businessHours: "PT8H" }]) {
    const timed = { type: "wait", any: [...wait.any, { ...branch, next: "end" }] };
    expect(said(background({ wait: timed, end: END }))).toEqual([]);
  }
  const open = { type: "cowork.form", flow: "a.form", next: "end", cancelled: "end", expired: "end" };
  expect(said(agentScreen({ open, end: END }))).toEqual(["warning unbounded-wait /nodes/open"]);
});

test("[FF15] a path of a routing flow that ends without a decision names the node where it ends", () => {
  const flow = routing({
    choose: { type: "decision", branches: [{ when: "=1 > 0", next: "to" }], else: "note" },
    note: { type: "message.note", text: "Nobody for it", next: "done" },
    to: { type: "route", to: { queue: "general" }, next: "end" },
    end: END,
    done: END,
  });
  expect(finding(flow, "no-route")).toMatchObject({
    path: "/nodes/done",
    node: "done",
    message: "the path that ends at done, after note, sends the session nowhere",
  });
  expect(said(flow).filter((line) => line.includes("no-route"))).toHaveLength(1);
});

test("[FF15] a session's end is a decision; the path of a fault and that of nobody there need one too", () => {
  const ends = routing({ stop: { type: "session.end", reason: "closed", next: "end" }, end: END });
  expect(said(ends)).toEqual([]);
  const to = { type: "route", to: { agent: "anna" }, next: "end", unavailable: "end" };
  expect(said(routing({ to, end: END }))).toEqual(["error no-route /nodes/end"]);
  const faulty = { type: "route", to: { queue: "a" }, next: "end", faults: [{ match: ["*"], next: "end" }] };
  expect(said(routing({ to: faulty, end: END }))).toEqual(["error no-route /nodes/end"]);
  const main = routing({
    to: { type: "route", to: { queue: "a" } },
    note: { type: "message.note", text: "!", next: "end" },
    end: END,
  });
  expect(said({ ...main, settings: { onFault: "note" } })).toEqual(["error no-route /nodes/end"]);
});

test("[FF15] a called flow that routes on all its paths is a decision", () => {
  const flow = routing({ call: { type: "subflow", flow: "route.rest", next: "end" }, end: END });
  const rest = background(
    { to: { type: "route", to: { queue: "a" }, next: "end" }, end: END },
    { kind: "sub", key: "route.rest" },
  );
  const idle = background({ end: END }, { kind: "sub", key: "route.rest" });
  expect(said(flow, { flows: new Map([["route.rest", rest]]) })).toEqual([]);
  expect(said(flow, { flows: new Map([["route.rest", idle]]) })).toEqual(["error no-route /nodes/end"]);
});

test("[FF16] each kind of flow has its own elements, triggers and audience", () => {
  const screen = { type: "screen", components: [{ kind: "divider" }], next: "end" };
  expect(said(routing({ show: screen, to: { type: "route", to: { queue: "a" } }, end: END })).join()).toMatch(
    "error invisible-screen /nodes/show/type",
  );
  expect(said(background({ show: screen, end: END }))).toEqual(["error invisible-screen /nodes/show/type"]);
  expect(said(background({ show: screen, end: END }, { kind: "sub" }))).toEqual([
    "error invisible-screen /nodes/show/type",
  ]);
  expect(said(background({ show: screen, end: END }, { kind: "sub", audience: "agent" }))).toEqual([]);
  expect(said(agentScreen({ to: { type: "route", to: { queue: "a" } } }))).toEqual([
    "error not-for-kind /nodes/to/type",
  ]);
  expect(said(background({ end: END }, { kind: "screen" }))).toEqual(["error not-for-audience /audience"]);
  expect(said(background({ end: END }, { audience: "agent" }))).toEqual(["error not-for-kind /audience"]);
  expect(said(agentScreen({ show: screen, end: END }, { settings: { owner: "system" } }))).toEqual([
    "error invisible-screen /nodes/show",
  ]);
  const hidden = { ...screen, components: [{ kind: "divider", visible: false }] };
  expect(said(agentScreen({ show: hidden, end: END }))).toEqual(["error invisible-screen /nodes/show"]);
});

test("[FF16] a trigger suits the kind, is complete, and gives the inputs that are required", () => {
  expect(
    said(form(asking([{ id: "a", kind: "text" }]), { trigger: { on: "agent.button", where: ["case"], label: "Go" } })),
  ).toEqual(["error trigger /trigger/on"]);
  expect(said(background({ end: END }, { trigger: { on: "schedule" } }))).toEqual(["error trigger /trigger/schedule"]);
  expect(said(agentScreen({ end: END }, { trigger: { on: "agent.button" } }))).toEqual([
    "error trigger /trigger/label",
    "error trigger /trigger/where",
  ]);
  const inputs = { order: { type: "text", required: true } };
  expect(said(background({ end: END }, { trigger: { on: "case.changed" }, inputs }))).toEqual([
    "error missing-input /inputs/order",
  ]);
  expect(said(background({ end: END }, { trigger: { on: "api" }, inputs }))).toEqual([]);
});

test("[FF17] a customer's form has no element but screen, decision, assign, end and flows of that kind", () => {
  for (const node of [
    { type: "http.call", connector: "c", method: "GET", path: "/", next: "end" },
    { type: "wait", any: [{ after: "PT1H", next: "end" }] },
    { type: "message.send", text: "Hello", next: "end" },
    { type: "records.create", object: "Case", values: {}, next: "end" },
  ]) {
    expect(said(form({ step: node, end: END }))).toEqual(["error not-for-audience /nodes/step/type"]);
  }
  const [screen] = [{ type: "screen", components: [{ kind: "divider" }], next: "end", cancelled: "end" }];
  expect(said(form({ screen, end: END }))).toEqual(["error not-for-audience /nodes/screen/cancelled"]);
  const call = form({ call: { type: "subflow", flow: "part", next: "end" }, end: END });
  const part = (more = {}) => new Map([["part", background({ end: END }, { kind: "sub", key: "part", ...more })]]);
  expect(said(call, { flows: part({ audience: "customer" }) })).toEqual([]);
  expect(said(call, { flows: part() })).toEqual(["error wrong-kind /nodes/call/flow"]);
});

test("[FF18] bounds: nodes of a flow, items of a loop, seconds of a request", () => {
  const many = Object.fromEntries(
    Array.from({ length: 501 }, (_, index) => [`n${index}`, { ...SAY, next: `n${index + 1}` }]),
  );
  expect(said(background({ ...many, n501: END }))).toEqual(["error too-many-nodes /nodes"]);
  const each = (more: object) => background({ each: loop(more), say: { ...SAY, next: "$continue" }, end: END }, LIST);
  expect(said(each({ max: 2001 }))).toEqual(["error loop-limit /nodes/each/max"]);
  const long = { vars: { items: { type: "list<text>", default: ["a", "b", "c"] } } };
  expect(said({ ...each({ max: 2 }), ...long })).toEqual(["error loop-limit /nodes/each/over"]);
  const call = { type: "http.call", connector: "c", method: "GET", path: "/", next: "end" };
  expect(said(background({ call, end: END }))).toEqual([]);
  expect(said(background({ call: { ...call, timeoutMs: 30_001 }, end: END }))).toEqual([
    "error over-limit /nodes/call/timeoutMs",
  ]);
});
