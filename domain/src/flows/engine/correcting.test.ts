import { describe, expect, it } from "vitest";
import { flowOf, typed } from "./testing/flow-of.ts";
import { play } from "./testing/play.ts";

const end = { type: "end" };
const form = (more: object = {}) => ({ type: "cowork.form", flow: "test.form", into: "told", next: "say", ...more });
const say = { type: "message.send", text: "{{told.reason}}: {{label(told.reason)}}", next: "look" };
const given = (reason: string, revision: number) => ({
  outcome: "submitted",
  answers: { reason },
  labels: { reason: reason.toUpperCase() },
  receipt: { id: `r-${revision}`, revision },
});

function story(nodes: Record<string, object>, more: object = {}) {
  let forms = 0;
  return play({
    flow: flowOf(nodes, { vars: typed({ told: "map", receipt: "map", handle: "map", other: "map" }) }),
    others: [flowOf({ ask: { type: "screen" } }, { key: "test.form", kind: "screen" })],
    doers: {
      "form.open": () => ({ value: { id: `form-${++forms}` } }),
      "message.send": () => ({}),
      "form.act": () => ({}),
    },
    ...more,
  });
}
const correct = (one: ReturnType<typeof story>, reason: string, formId = "form-1") =>
  one.go({ type: "corrected", formId, data: given(reason, 2) });
const told = (one: ReturnType<typeof story>) => one.run.frames[0]?.values.told;
const said = (one: ReturnType<typeof story>) =>
  one.done.flatMap((operation) => (operation.do === "message.send" ? [operation.text] : []));

describe("a form that is corrected when its flow has gone on", () => {
  it("[FN5] puts the last answers, labels and receipt where the first ones were; the run stays where it is", () => {
    const one = story({
      ask: form({ receiptInto: "receipt" }),
      say,
      look: { type: "screen", components: [], next: "end" },
      end,
    });
    one.event("form", given("boat", 1));
    const { blocked } = one.run;
    expect(blocked?.kind).toBe("screen");
    correct(one, "house");
    expect(one.run.blocked).toEqual(blocked);
    expect(told(one)).toEqual({ reason: "house" });
    expect(one.run.frames[0]?.values.receipt).toEqual({ id: "r-2", revision: 2 });
    expect(one.run.frames[0]?.labels).toEqual({ "told.reason": "HOUSE" });
    expect(one.trace.at(-1)).toMatchObject({ node: "ask", outcome: "corrected", changed: ["told", "receipt"] });
    one.answer("next");
    expect(one.run.status).toBe("completed");
    expect(said(one)).toEqual(["boat: BOAT"]);
  });

  it("[FN6] leads where the step says, from a screen and from a wait, as often as it comes", () => {
    const look = { type: "wait", any: [{ after: "PT1H", next: "show" }] };
    const show = { type: "screen", components: [], next: "end" };
    const one = story({ ask: form({ corrected: "say" }), say, look, show, end });
    one.event("form", given("boat", 1));
    correct(one, "house");
    expect(one.run.blocked?.kind).toBe("wait");
    one.pass(3_600_000);
    expect(one.run.blocked?.kind).toBe("screen");
    correct(one, "car");
    expect(said(one)).toEqual(["boat: BOAT", "house: HOUSE", "car: CAR"]);
    expect(one.path.filter((node) => node === "ask").length).toBeGreaterThan(2);
  });

  it("[FN6] waits for what is being done, and for a subflow, before it turns", () => {
    const below = flowOf(
      { stay: { type: "wait", any: [{ after: "PT1H", next: "end" }] }, end },
      { key: "test.sub", kind: "sub" },
    );
    const look = { type: "subflow", flow: "test.sub", next: "end" };
    const one = story(
      {
        ask: form({ corrected: "thanks" }),
        say,
        look,
        thanks: { ...say, text: "again {{told.reason}}", next: "end" },
        end,
      },
      { others: [below] },
    );
    one.event("form", given("boat", 1));
    expect(one.run.frames).toHaveLength(2);
    correct(one, "house");
    expect(one.run.frames).toHaveLength(2);
    expect(told(one)).toEqual({ reason: "house" });
    one.pass(3_600_000);
    expect(said(one)).toEqual(["boat: BOAT", "again house"]);
    expect(one.run.status).toBe("completed");
  });

  it("[FN6] leaves a loop that began after it, and does not go back into a pass that is over", () => {
    const each = { type: "loop", over: "=[1, 2]", as: "item", body: "pause", next: "end" };
    const pause = { type: "wait", any: [{ after: "PT1H", next: "$continue" }] };
    const shown = { type: "screen", components: [], next: "end" };
    const outside = story({
      ask: form({ next: "each", corrected: "say" }),
      ...{ each, pause, shown, end, say: { ...say, next: "shown" } },
    });
    outside.event("form", given("boat", 1));
    expect(outside.run.frames[0]?.loops).toHaveLength(1);
    correct(outside, "house");
    expect(outside.run.frames[0]).toMatchObject({ node: "shown", loops: [] });
    expect(said(outside)).toEqual(["house: HOUSE"]);
    const inside = story({
      each: { ...each, body: "ask", over: "=[1]", next: "after" },
      ask: form({ next: "$continue", corrected: "$continue" }),
      after: { ...pause, any: [{ after: "PT1H", next: "end" }] },
      end,
    });
    inside.event("form", given("boat", 1));
    correct(inside, "house");
    expect(inside.run.blocked?.kind).toBe("wait");
    expect(told(inside)).toEqual({ reason: "house" });
  });

  it("[FN5] is taken to its place in the list of several that were awaited together", () => {
    const open = (handle: string, next: string) => ({
      type: "cowork.open",
      flow: "test.form",
      handle,
      ifOpen: "parallel",
      next,
    });
    const both = { type: "cowork.await", handles: ["handle", "other"], into: "told", next: "look" };
    const one = story({
      first: open("handle", "second"),
      second: open("other", "both"),
      both,
      look: { type: "screen", components: [], next: "end" },
      end,
    });
    const { blocked } = one.run;
    if (blocked?.kind !== "wait") throw new Error("it does not wait");
    one.go({ type: "event", id: blocked.id, branch: "form-1", data: given("boat", 1) });
    const again = one.run.blocked;
    if (again?.kind !== "wait") throw new Error("it does not wait for the other");
    one.go({ type: "event", id: again.id, branch: "form-2", data: given("car", 1) });
    correct(one, "house", "form-2");
    expect(told(one)).toEqual([{ reason: "boat" }, { reason: "house" }]);
  });

  it("[FN7] changes nothing before the flow has gone on with it, and nothing once the run is over", () => {
    const one = story({ ask: form(), say: { ...say, next: "end" }, end });
    correct(one, "house");
    expect(told(one)).toBeNull();
    expect(one.event("form", given("boat", 1))).toBe(true);
    expect(one.run.status).toBe("completed");
    const { run } = one;
    correct(one, "house");
    expect(one.run).toEqual(run);
  });
});
