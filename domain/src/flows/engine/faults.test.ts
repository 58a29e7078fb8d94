import { LIMITS } from "@clew/contract/flows/words";
import { describe, expect, it } from "vitest";
import { advance } from "./advance.ts";
import { flowOf, typed } from "./testing/flow-of.ts";
import { play } from "./testing/play.ts";

const call = (more: object = {}) => ({ type: "http.call", connector: "risk", method: "POST", path: "/v1", ...more });
const note = (text: string, more: object = {}) => ({ type: "message.note", text, ...more });
const noted = { "message.note": () => ({}) };

describe("faults", () => {
  it("[FE10] the node's own path comes first, by its code, and is told what happened", () => {
    const flow = flowOf(
      {
        ask: call({
          faults: [
            { match: ["http.5xx"], next: "wrong" },
            { match: ["timeout", "network"], next: "right", as: "why" },
          ],
        }),
        wrong: note("wrong"),
        right: note("{{why.code}} at {{why.node}}: {{why.message}}"),
      },
      { vars: typed({ why: "map?" }), settings: { onFault: "wrong" } },
    );
    const { done, run } = play({ flow, doers: { ...noted, "http.call": () => ({ fault: "timeout" }) } });
    expect(done.at(-1)).toMatchObject({ text: "timeout at ask: made by the test" });
    expect(run).toMatchObject({ status: "completed", fault: null });
  });

  it("[FE10] then the flow's path, once; a further fault there goes up to the flow around, at last to the end", () => {
    const child = flowOf(
      { work: call(), sorry: call() },
      { key: "test.child", kind: "sub", settings: { onFault: "sorry" } },
    );
    const parent = (settings: object) =>
      flowOf({ go: { type: "subflow", flow: "test.child" }, handled: note("handled") }, { settings });
    const doers = { ...noted, "http.call": () => ({ fault: "http.5xx" }) as const };
    const saved = play({ flow: parent({ onFault: "handled" }), others: [child], doers });
    expect(saved.done.map((one) => one.do)).toEqual(["http.call", "http.call", "message.note"]);
    expect(saved.run.status).toBe("completed");
    const lost = play({ flow: parent({}), others: [child], doers });
    expect(lost.run).toMatchObject({ status: "faulted", fault: { code: "http.5xx" } });
  });

  it("[FE10] ways out that are not linked: those that mean trouble are faults, the others go on", () => {
    const trouble = (node: object, doers: object) => play({ flow: flowOf({ a: node }), doers: doers as never }).run;
    const route = { type: "route", to: { queue: "Orders" } };
    expect(trouble(route, { route: () => ({ outcome: "unavailable" }) }).fault?.code).toBe("noCapacity");
    const draft = { type: "message.draft", text: "x" };
    expect(trouble(draft, { "message.draft": () => ({ outcome: "noAgent" }) }).status).toBe("completed");
    const get = { type: "records.get", object: "Case", where: [] };
    expect(trouble(get, { "records.get": () => ({ outcome: "notFound" }) }).status).toBe("completed");
    const update = { type: "records.update", object: "Case", id: "c", values: {} };
    expect(trouble(update, { "records.update": () => ({ outcome: "notFound" }) }).fault?.code).toBe("notFound");
  });

  it("[FE10] a way out of this name that is no link of the node leads nowhere", () => {
    const flow = flowOf({ a: { type: "message.draft", text: "b" }, b: note("never") });
    const { run, done } = play({ flow, doers: { ...noted, "message.draft": () => ({ outcome: "text" }) } });
    expect(done.map((one) => one.do)).toEqual(["message.draft"]);
    expect(run.status).toBe("completed");
  });

  it("[E1] a decision that leads back to itself stops at 100 visits, and the fault path is still gone", () => {
    const flow = flowOf(
      { spin: { type: "decision", branches: [{ when: "=true", next: "spin" }], else: "spin" }, sorry: note("sorry") },
      { settings: { onFault: "sorry" } },
    );
    const { run, path, done } = play({ flow, doers: noted });
    expect(path.filter((node) => node === "spin")).toHaveLength(LIMITS.visits + 1);
    expect(run.frames[0]?.visits.spin).toBe(101);
    expect(done).toHaveLength(1);
    expect(run.status).toBe("completed");
  });

  it("[E1] which takes so little of the processor that nobody else waits for it", () => {
    const spin = { type: "decision", branches: [{ when: "=size(list) > 0", next: "spin" }], else: "spin" };
    const flow = flowOf({ spin, done: { type: "end" } }, { inputs: typed({ list: "list<number>" }) });
    const spent = [1, 2, 3].map(() => {
      const from = process.cpuUsage();
      play({ flow: { ...flow, settings: { onFault: "done" } }, inputs: { list: [1, 2, 3] } });
      const { user, system } = process.cpuUsage(from);
      return (user + system) / 1_000;
    });
    expect(Math.min(...spent)).toBeLessThan(50);
  });

  it("[FE11] the run's limit of steps leaves a reserve for the fault path, and no more than that", () => {
    const spin = { type: "decision", branches: [{ when: "=true", next: "spin" }], else: "spin", maxVisits: 10_000 };
    const flow = flowOf(
      {
        spin,
        sorry: { ...spin, branches: [{ when: "=true", next: "sorry" }], faults: [{ match: ["*"], next: "sorry" }] },
      },
      { settings: { onFault: "sorry", maxSteps: 300 } },
    );
    const { run } = play({ flow });
    expect(run).toMatchObject({ status: "faulted", fault: { code: "limit", node: "sorry" } });
    expect(run.steps).toBe(300 + LIMITS.reservedSteps + 1);
  });

  it("[FZ8] that reserve is lowered by the flow and raised by the operator", () => {
    const spin = { type: "decision", branches: [{ when: "=true", next: "spin" }], else: "spin", maxVisits: 10_000 };
    const sorry = { ...spin, branches: [{ when: "=true", next: "sorry" }], faults: [{ match: ["*"], next: "sorry" }] };
    const stepsOf = (own: object, limits: object) => {
      const settings = { onFault: "sorry", maxSteps: 300, limits: own };
      return play({ flow: flowOf({ spin, sorry }, { settings }), limits }).run.steps;
    };
    expect(stepsOf({}, { reservedSteps: 700 })).toBe(1_001);
    expect(stepsOf({ reservedSteps: 20 }, { reservedSteps: 700 })).toBe(321);
    expect(stepsOf({ reservedSteps: 900 }, {})).toBe(300 + LIMITS.reservedSteps + 1);
  });

  it("[FE11] the limit is that of the run's own flow, whatever a subflow says of itself", () => {
    const child = flowOf({ a: note("in") }, { key: "test.child", kind: "sub", settings: { maxSteps: 1 } });
    const flow = flowOf({ first: note("first", { next: "go" }), go: { type: "subflow", flow: "test.child" } });
    expect(play({ flow, others: [child], doers: noted }).run.status).toBe("completed");
  });

  it("[FE11] a run stops for breath after so many steps, and goes on from there", () => {
    const spin = {
      type: "decision",
      branches: [{ when: "=visits('spin') < 450", next: "spin" }],
      else: "done",
      maxVisits: 10_000,
    };
    const flow = flowOf({ spin, done: { type: "end" } });
    const story = play({ flow });
    expect(story.run).toMatchObject({ status: "completed", steps: 451 });
    const one = advance(
      {
        ...structuredClone(story.run),
        status: "running",
        steps: 0,
        frames: [{ ...story.run.frames[0]!, node: "spin", visits: {} }],
      },
      { type: "begin" },
      story.given,
    );
    expect(one.run).toMatchObject({ status: "running", blocked: { kind: "yield" }, steps: LIMITS.stepsPerBurst });
  });

  it("[FE11] variables that grow too large are a fault; what is small of them is kept for its path", () => {
    const big = Object.fromEntries(["a", "b", "c", "d", "e"].map((name) => [name, "x".repeat(60_000)]));
    const flow = flowOf(
      {
        grow: {
          type: "assign",
          set: Object.keys(big).map((name) => ({ var: name, value: `=${name}0` })),
          next: "wait",
        },
        wait: { type: "wait", any: [{ after: "P1D", next: "wait" }] },
        sorry: note("{{name}} {{isEmpty(a)}}"),
      },
      {
        inputs: typed({ name: "text", ...Object.fromEntries(Object.keys(big).map((name) => [`${name}0`, "text"])) }),
        vars: typed(Object.fromEntries(Object.keys(big).map((name) => [name, "text?"]))),
        settings: { onFault: "sorry" },
      },
    );
    const inputs = {
      name: "Ana",
      ...Object.fromEntries(Object.entries(big).map(([name, text]) => [`${name}0`, text])),
    };
    const { run, done } = play({ flow, inputs, doers: noted });
    expect(done.at(-1)).toMatchObject({ do: "message.note", text: "Ana true" });
    expect(run).toMatchObject({ status: "completed", fault: { code: "limit" } });
  });

  it("[FE12] a customer is not flooded: twenty messages a minute, then the fault limit", () => {
    const items = Array.from({ length: 30 }, (_, index) => index);
    const flow = flowOf(
      {
        each: { type: "loop", over: "=items", as: "item", body: "say" },
        say: { type: "message.send", text: "{{item}}", next: "$continue" },
      },
      { inputs: typed({ items: "list<number>" }) },
    );
    const { run, done } = play({ flow, inputs: { items }, doers: { "message.send": () => ({}) } });
    expect(done).toHaveLength(LIMITS.messagesPerMinute);
    expect(run.fault).toMatchObject({ code: "limit", node: "say" });
  });
});

describe("operators", () => {
  function failing() {
    const flow = flowOf({
      say: { type: "message.send", text: "Hello", next: "store" },
      store: { type: "records.create", object: "Case", values: { a: 1 }, next: "bye" },
      bye: note("stored"),
    });
    const doers = { ...noted, "message.send": () => ({}), "records.create": () => ({ fault: "forbidden" }) as const };
    return play({ flow, doers });
  }

  it("[E12] a retry goes on where it failed, under the operation's own id, and says nothing again", () => {
    const story = failing();
    expect(story.run).toMatchObject({ status: "faulted", fault: { code: "forbidden", node: "store" } });
    const { failed } = story.run;
    expect(failed).not.toBeNull();
    story.put({ type: "retry" });
    expect(story.run.blocked).toMatchObject({ kind: "operation", id: failed });
    story.go({ type: "result", id: failed ?? "", value: { id: "k" } });
    expect(story.run).toMatchObject({ status: "completed", fault: null });
    expect(story.done.map((one) => one.do)).toEqual(["message.send", "records.create", "message.note"]);
  });

  it("[FE13] only what has faulted can be tried again, and a run that is over stays over", () => {
    const { run, put } = play({ flow: flowOf({ a: { type: "end" } }) });
    expect(run.status).toBe("completed");
    for (const type of ["retry", "cancel", "expire", "begin", "continue"] as const) expect(put({ type })).toBe(false);
  });

  it("[FE13] a run whose time is up takes its path for that once, then it is over; cancelled is cancelled", () => {
    const waits = { type: "wait", any: [{ event: "never", key: "k", next: "wait" }] };
    const flow = flowOf({ wait: waits, late: note("late", { next: "wait" }) }, { settings: { onExpired: "late" } });
    const story = play({ flow, doers: noted });
    story.go({ type: "expire" });
    expect(story.done).toHaveLength(1);
    expect(story.run).toMatchObject({ status: "waiting", expired: true });
    expect(story.run.deadlineAt).toBe(story.given.now + 60_000);
    story.go({ type: "expire" });
    expect(story.run).toMatchObject({ status: "expired", blocked: null });
    const other = play({ flow, doers: noted });
    other.go({ type: "cancel" });
    expect(other.run).toMatchObject({ status: "cancelled", blocked: null });
  });
});
