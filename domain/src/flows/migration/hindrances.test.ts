import type { Flow } from "@clew/contract/flows/definition";
import { describe, expect, test } from "vitest";
import type { Destination } from "../engine/given.ts";
import { flowOf } from "../engine/testing/flow-of.ts";
import { play } from "../engine/testing/play.ts";
import { hindrances } from "./hindrances.ts";

const HOUR = 3_600_000;
const end = { type: "end" };
const wait = (more: object = {}) => ({ type: "wait", any: [{ after: "PT24H", next: "end", ...more }] });
const vars = (declared: object) => ({ vars: declared }) as Partial<Flow>;

type Versions = { before: Flow; after: Flow; inputs?: Record<string, never>; subs?: readonly Flow[] };

/** A run of `before`, version 1, and the way to `after`, version 2. Of `subs` the second is version 2. */
function onTheWay({ before, after, subs = [] }: Versions, more: Partial<Parameters<typeof play>[0]> = {}) {
  const story = play({ ...more, flow: before, others: subs.slice(0, 1) });
  const [first, second] = subs;
  story.given.flow = (key, version) => {
    if (key === before.key) return version === 1 ? before : version === 2 ? after : null;
    return key === first?.key ? ((version === 2 ? second : first) ?? null) : null;
  };
  story.given.locked = (key, version) => (key === before.key ? version : null);
  const to: Destination = { version: 2, since: story.given.now, resolved: {} };
  return {
    story,
    to,
    why: () => hindrances(story.run, to, story.given).map(({ code, node, value }) => [code, value ?? node]),
    go: () => story.put({ type: "migrate", ...to }),
    waits: () => (story.run.blocked?.kind === "wait" ? story.run.blocked.waits : []),
  };
}

describe("[MG1] where a run may be moved", () => {
  const before = flowOf({ wait: wait(), end });

  test("a node that is there with the same type is enough, whatever else is new", () => {
    const after = flowOf({ first: { type: "assign", set: [], next: "wait" }, wait: wait({ after: "PT1H" }), end });
    expect(onTheWay({ before, after }).why()).toEqual([]);
  });

  test("a node that is gone or another one, and a run that does not wait, stand against it", () => {
    expect(onTheWay({ before, after: flowOf({ other: wait(), end }) }).why()).toEqual([["node-gone", "wait"]]);
    const asks = flowOf({ wait: { type: "screen", title: "Why?", components: [], next: "end" }, end });
    expect(onTheWay({ before, after: asks }).why()).toEqual([["node-type", "wait"]]);
    const routes = flowOf({ wait: wait(), end }, { kind: "routing" });
    expect(onTheWay({ before, after: routes }).why()).toEqual([["kind", undefined]]);
    const over = onTheWay({ before, after: before });
    over.story.pass(24 * HOUR);
    expect(over.why()).toEqual([["not-waiting", undefined]]);
    expect(over.go()).toBe(false);
  });

  test("while something is being done for it a run stays where it is", () => {
    const { story, to } = onTheWay({ before, after: before });
    const operation = { do: "availability", of: { kind: "queue", queue: "a" } } as const;
    const run = { ...story.run, blocked: { kind: "operation", id: "o", operation, at: 0, attempts: 1 } } as const;
    expect(hindrances(run, to, story.given)).toMatchObject([{ code: "working", node: "wait" }]);
  });

  test("a form that is open is of the flow that it is of", () => {
    const opens = (flow: string) => flowOf({ ask: { type: "cowork.form", flow, next: "end" }, end });
    const doers = { "form.open": () => ({ value: { id: "form-1" } }) };
    const on = (flow: string) => onTheWay({ before: opens("forms.one"), after: opens(flow) }, { doers });
    expect(on("forms.other").why()).toEqual([["waits-for", "ask"]]);
    const same = on("forms.one");
    expect(same.why()).toEqual([]);
    expect(same.go()).toBe(true);
    expect(same.waits()).toMatchObject([{ branch: "form-1", event: { type: "form", key: "form-1" } }]);
    expect(same.story.event("form", { outcome: "submitted", answers: {} })).toBe(true);
    expect(same.story.run.status).toBe("completed");
  });

  test("a loop that the run is in is there, and no other one around it", () => {
    const each = (as: string) => ({ type: "loop", over: "=list", as, body: "wait", next: "end" });
    const lists = { ...vars({ list: { type: "list<text>", default: ["a", "b"] } }), start: "each" };
    const looping = (as: string) => flowOf({ each: each(as), wait: wait({ next: "$continue" }), end }, lists);
    const straight = flowOf({ wait: wait(), end }, { ...lists, start: "wait" });
    expect(onTheWay({ before: looping("one"), after: looping("one") }).why()).toEqual([]);
    expect(onTheWay({ before: looping("one"), after: looping("two") }).why()).toContainEqual(["loop", "wait"]);
    expect(onTheWay({ before: looping("one"), after: straight }).why()).toContainEqual(["loop", "wait"]);
    expect(onTheWay({ before: straight, after: looping("one") }).why()).toContainEqual(["loop", "wait"]);
  });
});

describe("[MG2] what a run knows has its place", () => {
  const knows = (declared: object, more: object = {}) =>
    flowOf(
      { set: { type: "assign", set: [{ var: "what", value: "red" }], next: "wait" }, wait: wait(), end, ...more },
      vars(declared),
    );
  const before = knows({ what: { type: "text" }, idle: { type: "text" }, usual: { type: "number", default: 3 } });
  const to = (declared: object) => onTheWay({ before, after: knows(declared) }).why();

  test("a variable with a value needs its name, its type and its privacy there; one without loses nothing", () => {
    expect(to({ what: { type: "text" } })).toEqual([]);
    expect(to({ what: { type: "text" }, more: { type: "number", default: 1 } })).toEqual([]);
    expect(to({ other: { type: "text" } })).toEqual([["value-gone", "what"]]);
    expect(to({ what: { type: "number" } })).toEqual([["value-type", "what"]]);
    expect(to({ what: { type: "text" }, usual: { type: "text" } })).toEqual([["value-type", "usual"]]);
    const secret = knows({ what: { type: "text", privacy: "private" } });
    expect(onTheWay({ before: secret, after: before }).why()).toEqual([["value-privacy", "what"]]);
    expect(onTheWay({ before, after: secret }).why()).toEqual([]);
  });

  test("answers need their question; an option that is gone stands against it where it was chosen", () => {
    const asks = (component: object) =>
      flowOf({
        ask: { type: "screen", title: "Why?", components: [{ id: "why", label: "Why", ...component }], next: "wait" },
        wait: wait(),
        end,
      });
    const choice = (...values: string[]) => ({
      kind: "choice",
      options: values.map((value) => ({ value, label: value })),
    });
    const answered = (component: object, after: Flow) => {
      const on = onTheWay({ before: asks(component), after });
      on.story.answer("next", { why: "a" });
      return on.why();
    };
    expect(answered(choice("a", "b"), asks(choice("a", "c")))).toEqual([]);
    expect(answered(choice("a", "b"), asks(choice("b")))).toEqual([["value-type", "ask.why"]]);
    expect(answered({ kind: "text" }, asks({ kind: "number" }))).toEqual([["value-type", "ask.why"]]);
    expect(answered({ kind: "text" }, asks({ kind: "text", id: "because" }))).toEqual([["value-gone", "ask.why"]]);
    expect(answered({ kind: "text" }, flowOf({ wait: wait(), end }))).toEqual([["value-gone", "ask"]]);
  });

  test("an input that is required there and that the run does not have is told", () => {
    const needs = flowOf({ wait: wait(), end }, { inputs: { order: { type: "text", required: true } } });
    const plain = flowOf({ wait: wait(), end });
    expect(onTheWay({ before: plain, after: needs }).why()).toEqual([["input-missing", "order"]]);
    expect(onTheWay({ before: needs, after: needs }, { inputs: { order: "o1" } }).why()).toEqual([]);
  });
});

describe("[MG3] what a moved run waits for", () => {
  test("times are counted by the new node from when the wait began, and what is new begins as in a new run", () => {
    const before = flowOf({ wait: wait(), end });
    const longer = flowOf(
      {
        wait: {
          type: "wait",
          any: [
            { event: "shop.paid", key: "k", next: "end" },
            { after: "PT48H", next: "end" },
          ],
        },
        end,
      },
      vars({ more: { type: "number", default: 7 } }),
    );
    const { story, go, waits, to } = onTheWay({ before, after: longer });
    const old = story.run.blocked as { id: string };
    story.given.now += 20 * HOUR;
    expect(go()).toBe(true);
    expect(waits()).toEqual([
      { branch: "any/0", event: { type: "shop.paid", key: "k" } },
      { branch: "any/1", dueAt: to.since + 48 * HOUR },
    ]);
    expect(story.run.frames).toMatchObject([{ version: 2, node: "wait", values: { more: 7 } }]);
    expect(story.trace.at(-1)).toMatchObject({ node: "wait", version: 2, outcome: null, movedFrom: 1 });
    expect(story.put({ type: "due", id: old.id, branch: "any/0" })).toBe(false);
    expect(story.event("shop.paid", {})).toBe(true);
    expect(story.run.status).toBe("completed");
  });

  test("a time that would be over is now; hours are asked from when they began to count", () => {
    const before = flowOf({ wait: { type: "wait", any: [{ businessHours: "PT8H", next: "end" }] }, end });
    const after = flowOf({
      wait: {
        type: "wait",
        any: [
          { businessHours: "PT4H", next: "end" },
          { after: "PT1H", next: "end" },
        ],
      },
      end,
    });
    const { story, go, waits, to } = onTheWay({ before, after });
    story.given.now += 2 * HOUR;
    to.since = story.given.now;
    go();
    const began = story.given.now - 2 * HOUR;
    expect(waits()).toMatchObject([{ dueAt: began + 8 * HOUR, hours: { from: began } }, { dueAt: story.given.now }]);
  });

  test("a question that was put is not put again, and a screen is shown anew with what was saved", () => {
    const asks = (attempts: number) =>
      flowOf({
        ask: {
          type: "ask",
          text: "Why?",
          expect: { id: "why", kind: "text", label: "Why" },
          attempts,
          within: "PT1H",
          next: "end",
        },
        end,
      });
    const doers = { "message.send": () => ({}) };
    const asked = onTheWay({ before: asks(1), after: asks(2) }, { doers });
    expect(asked.why()).toEqual([]);
    asked.go();
    expect(asked.story.done).toHaveLength(1);
    expect(asked.waits()).toMatchObject([{ branch: "answer" }, { branch: "timeout", dueAt: asked.to.since + HOUR }]);
    const shows = (title: string) => flowOf({ show: { type: "screen", title, components: [], next: "end" }, end });
    const shown = onTheWay({ before: shows("One"), after: shows("Two") });
    shown.story.answer("save", { half: "told" });
    const { id } = shown.story.run.blocked as { id: string };
    shown.go();
    expect(shown.story.run.blocked).toMatchObject({ kind: "screen", saved: { half: "told" } });
    expect(shown.story.put({ type: "answer", id, button: "next", values: {} })).toBe(false);
    shown.story.answer("next");
    expect(shown.story.run.status).toBe("completed");
  });

  test("the run's own end comes by the new version, as much later or earlier", () => {
    const lives = (maxDuration: string) => flowOf({ wait: wait(), end }, { settings: { maxDuration } });
    const { story, go } = onTheWay({ before: lives("P2D"), after: lives("P5D") });
    const { startedAt } = story.run;
    go();
    expect(story.run.deadlineAt).toBe(startedAt + 5 * 24 * HOUR);
  });

  test("a time that cannot be computed stands against the move", () => {
    const before = flowOf({ wait: wait(), end });
    const after = flowOf({ wait: { type: "wait", any: [{ at: "{{'never'}}", next: "end" }] }, end });
    const on = onTheWay({ before, after });
    expect(on.why()).toEqual([["fault", "wait"]]);
    expect(on.go()).toBe(false);
    expect(on.story.run.frames).toMatchObject([{ version: 1 }]);
  });
});

describe("[MG4] a run within a subflow", () => {
  const calls = (flow: string) => flowOf({ call: { type: "subflow", flow, next: "end" }, end });
  const sub = (nodes: Record<string, object>) => flowOf(nodes, { key: "test.sub", kind: "sub" });
  const before = sub({ wait: wait(), end });

  test("goes with it into the version that the new one was published with", () => {
    const after = sub({ wait: wait({ after: "PT30H" }), end });
    const on = onTheWay({ before: calls("test.sub"), after: calls("test.sub"), subs: [before, after] });
    expect(on.why()).toEqual([]);
    expect(on.go()).toBe(true);
    expect(on.story.run.frames).toMatchObject([
      { version: 2, node: "call" },
      { version: 2, node: "wait" },
    ]);
    expect(on.waits()).toEqual([{ branch: "any/0", dueAt: on.to.since + 30 * HOUR }]);
    on.story.pass(30 * HOUR);
    expect(on.story.run.status).toBe("completed");
  });

  test("stays where any of the flows does not fit", () => {
    const gone = sub({ other: wait(), end });
    expect(onTheWay({ before: calls("test.sub"), after: calls("test.sub"), subs: [before, gone] }).why()).toEqual([
      ["node-gone", "wait"],
    ]);
    expect(onTheWay({ before: calls("test.sub"), after: calls("test.else"), subs: [before] }).why()).toEqual([
      ["subflow", "call"],
    ]);
  });
});
