import { describe, expect, it } from "vitest";
import type { Blocked } from "./run.ts";
import { flowOf, typed } from "./testing/flow-of.ts";
import { play } from "./testing/play.ts";

describe("screens", () => {
  const flow = flowOf({
    one: { type: "screen", components: [], next: "two", cancelled: "gone" },
    two: { type: "screen", components: [], next: "done" },
    gone: { type: "end", outcome: "cancelled" },
    done: { type: "end", out: { first: "=one.name", second: "=two.age" } },
  });
  const saved = (story: ReturnType<typeof play>) => (story.run.blocked as Extract<Blocked, { kind: "screen" }>).saved;

  it("[FE15] forward, back with what was answered, and forward again", () => {
    const story = play({ flow });
    story.answer("next", { name: "Ana" });
    story.answer("back");
    expect(story.run.frames[0]?.node).toBe("one");
    expect(saved(story)).toEqual({ name: "Ana" });
    expect(
      story.put({ type: "answer", id: (story.run.blocked as { id: string }).id, button: "back", values: {} }),
    ).toBe(false);
    story.answer("next", { name: "Ines" });
    story.answer("next", { age: 30 });
    expect(story.run).toMatchObject({ status: "completed", out: { first: "Ines", second: 30 } });
  });

  it("[FE15] saved keeps what there is under the same screen; cancelled takes its way", () => {
    const story = play({ flow });
    const { id } = story.run.blocked as { id: string };
    story.answer("save", { name: "A" });
    expect(story.run).toMatchObject({ status: "waiting", blocked: { kind: "screen", id, saved: { name: "A" } } });
    story.answer("cancel");
    expect(story.run.status).toBe("cancelled");
  });

  it("[FE15] answers that do not fit leave the run as it is, with what is wrong by field", () => {
    const story = play({ flow, checkScreen: () => ({ ok: false, problems: { name: "Please fill this in" } }) });
    const before = structuredClone(story.run);
    story.answer("next", { name: "" });
    expect(story.run).toEqual(before);
  });

  it("[FE15] the same press twice counts once", () => {
    const story = play({ flow });
    const { id } = story.run.blocked as { id: string };
    const press = { type: "answer", id, button: "next", values: { name: "Ana" } } as const;
    expect(story.put(press)).toBe(true);
    expect(story.put(press)).toBe(false);
    expect(story.run.frames[0]?.node).toBe("two");
  });
});

describe("questions as messages", () => {
  const flow = flowOf(
    {
      ask: {
        type: "ask",
        text: "How many?",
        expect: { id: "count", kind: "number" },
        attempts: 2,
        reprompt: "A number, please",
        within: "PT5M",
        into: "count",
        next: "done",
        gaveUp: "gone",
        timeout: "late",
      },
      done: { type: "end", out: { count: "=count", same: "=ask.count", label: "{{label(count)}}" } },
      gone: { type: "end", out: { count: -1 } },
      late: { type: "end", out: { count: -2 } },
    },
    { vars: typed({ count: "number?" }) },
  );
  const asked = () =>
    play({
      flow,
      doers: { "message.send": () => ({}) },
      checkAnswer: (_component, text) =>
        Number.isFinite(Number(text))
          ? { ok: true, value: Number(text), label: `${text} pieces` }
          : { ok: false, problem: "Not a number." },
    });
  const said = (story: ReturnType<typeof play>) =>
    story.done.map((one) => (one.do === "message.send" ? one.text : one.do));

  it("[FE16] asks, takes the customer's next words, keeps value and label", () => {
    const story = asked();
    story.event("message.received", { text: "3" });
    expect(story.run.out).toEqual({ count: 3, same: 3, label: "3 pieces" });
    expect(said(story)).toEqual(["How many?"]);
  });

  it("[FE16] asks again as often as it may, then gives up; nobody answers: the way for that", () => {
    const story = asked();
    story.event("message.received", { text: "many" });
    expect(said(story)).toEqual(["How many?", "A number, please"]);
    story.event("message.received", { text: "more" });
    expect(story.run.out).toEqual({ count: -1 });
    const late = asked();
    late.pass(300_000);
    expect(late.run.out).toEqual({ count: -2 });
  });

  it("[FE16] words said after the question was put count, also when they came before the wait for them", () => {
    const story = asked();
    const [wait] = (story.run.blocked as Extract<Blocked, { kind: "wait" }>).waits;
    expect(wait).toMatchObject({ event: { type: "message.received", key: "c1" }, from: story.given.now });
  });
});

describe("forms with a customer", () => {
  const form = { type: "cowork.open", flow: "f.form", announce: "Please" };
  const opened = () => {
    let made = 0;
    return {
      "form.open": () => ({ value: { id: `form-${++made}` } }),
      "form.act": () => ({}),
      "message.send": () => ({}),
    };
  };
  const sent = (reason: string) => ({
    outcome: "submitted",
    answers: { reason },
    labels: { reason: reason.toUpperCase() },
    receipt: { id: `r-${reason}` },
  });
  const two = (which: "any" | "all") =>
    flowOf(
      {
        first: { ...form, handle: "a", next: "second" },
        second: { ...form, handle: "b", next: "script" },
        script: { type: "message.send", text: "Meanwhile", next: "wait" },
        wait: {
          type: "cowork.await",
          handles: ["a", "b"],
          await: which,
          into: "got",
          receiptInto: "receipts",
          next: "done",
          cancelled: "gone",
        },
        done: { type: "end", out: { got: "=got", receipts: "=receipts" } },
        gone: { type: "end", out: { got: "gone" } },
      },
      { vars: typed({ a: "map?", b: "map?", got: "list<map>", receipts: "list<map>" }) },
    );
  const hear = (story: ReturnType<typeof play>, id: string, data: object) => {
    const blocked = story.run.blocked as Extract<Blocked, { kind: "wait" }>;
    story.go({ type: "event", id: blocked.id, branch: id, data: data as never });
  };

  it("[FE17] two forms are open while the script goes on; all of them are waited for, in any order", () => {
    const story = play({ flow: two("all"), doers: opened() });
    expect(story.done.map((one) => one.do)).toEqual(["form.open", "form.open", "message.send"]);
    hear(story, "form-2", sent("late"));
    expect((story.run.blocked as Extract<Blocked, { kind: "wait" }>).waits.map(({ branch }) => branch)).toEqual([
      "form-1",
    ]);
    hear(story, "form-1", sent("early"));
    expect(story.run.out).toEqual({
      got: [{ reason: "early" }, { reason: "late" }],
      receipts: [{ id: "r-early" }, { id: "r-late" }],
    });
  });

  it("[SE4] a run whose form is held by another run of its script is over, and hears nothing of it", () => {
    const held = { "form.open": () => ({ value: { id: "form-1", heldBy: "another" } }), "message.send": () => ({}) };
    for (const type of ["cowork.form", "cowork.open"] as const) {
      const node = {
        type,
        flow: "f.form",
        cancelled: "gone",
        next: "gone",
        ...(type === "cowork.open" && { handle: "a" }),
      };
      const gone = { type: "message.send", text: "Thank you", next: "end" };
      const flow = flowOf({ ask: node, gone, end: { type: "end" } }, { vars: typed({ a: "map?" }) });
      const story = play({ flow, doers: held });
      expect(story.run).toMatchObject({ status: "cancelled", blocked: null });
      expect(story.done.map((one) => one.do)).toEqual(["form.open"]);
    }
  });

  it("[FE17] of any the first that is sent; one that is cancelled ends only the wait for all", () => {
    const any = play({ flow: two("any"), doers: opened() });
    hear(any, "form-1", { outcome: "cancelled" });
    expect(any.run.status).toBe("waiting");
    hear(any, "form-2", sent("mine"));
    expect(any.run.out.got).toEqual([null, { reason: "mine" }]);
    const none = play({ flow: two("any"), doers: opened() });
    hear(none, "form-1", { outcome: "cancelled" });
    hear(none, "form-2", { outcome: "cancelled" });
    expect(none.run.out).toEqual({ got: "gone" });
    const all = play({ flow: two("all"), doers: opened() });
    hear(all, "form-1", { outcome: "cancelled" });
    expect(all.run.out).toEqual({ got: "gone" });
  });

  it("[FE17] news of a form that say nothing known are as if it had been cancelled", () => {
    for (const data of [null, "text", [], {}, { outcome: "type" }]) {
      const story = play({ flow: two("all"), doers: opened() });
      hear(story, "form-1", data as never);
      expect(story.run.out).toEqual({ got: "gone" });
    }
  });

  it("[FE17] what an agent does to a form goes to that form; without one it is a fault", () => {
    const flow = flowOf(
      {
        open: { ...form, handle: "a", next: "hint" },
        hint: {
          type: "cowork.act",
          handle: "a",
          action: { do: "hint", field: "iban", text: "On your card" },
          next: "more",
        },
        more: { type: "cowork.act", handle: "a", action: { do: "extend", by: "PT5M" }, next: "nothing" },
        nothing: { type: "cowork.act", handle: "b", action: { do: "focus", field: "iban" } },
      },
      { vars: typed({ a: "map?", b: "map?" }) },
    );
    const { done, run } = play({ flow, doers: opened() });
    expect(done.slice(1)).toEqual([
      { do: "form.act", formId: "form-1", action: { do: "hint", field: "iban", text: "On your card" } },
      { do: "form.act", formId: "form-1", action: { do: "extend", by: 300_000 } },
    ]);
    expect(run.fault).toMatchObject({ code: "notFound", node: "nothing" });
  });
});
