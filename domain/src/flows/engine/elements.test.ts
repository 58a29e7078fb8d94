import { describe, expect, it } from "vitest";
import { flowOf, typed } from "./testing/flow-of.ts";
import { play } from "./testing/play.ts";

const said = (story: ReturnType<typeof play>) =>
  story.done.flatMap((operation) => (operation.do === "message.send" ? [operation] : []));

describe("adding", () => {
  const add = (type: string, before: unknown, value: unknown) => {
    const flow = flowOf(
      { a: { type: "assign", set: [{ var: "it", op: "add", value }] } },
      { vars: { it: { type, ...(before === null ? {} : { default: before }) } } as never },
    );
    const { run } = play({ flow });
    return run.status === "faulted" ? run.fault?.code : run.frames[0]?.values.it;
  };

  it.each([
    ["number", 2, 3, 5],
    ["number?", null, 3, 3],
    ["duration", "PT1H30M", "PT45M", "PT2H15M"],
    ["duration", "P1M", "P2DT1H", "P1M2DT1H"],
    ["duration", "-P1D", "-PT2H", "-P1DT2H"],
    ["duration", "PT1H", "-PT90M", "-PT30M"],
    ["duration?", null, "P1D", "P1D"],
    [
      "money",
      { amount: "12.50", currency: "EUR" },
      { amount: "0.75", currency: "EUR" },
      { amount: "13.25", currency: "EUR" },
    ],
    ["money?", null, { amount: "1", currency: "EUR" }, { amount: "1", currency: "EUR" }],
  ])("[AW5] to %s %j comes %j: %j", (type, before, value, sum) => {
    expect(add(type, before, value)).toEqual(sum);
  });

  it.each([
    ["money", { amount: "1", currency: "EUR" }, { amount: "1", currency: "USD" }],
    ["duration", "P1D", "-PT2H"],
    ["number", 1, "PT1H"],
    ["text", "a", "b"],
  ])("[AW5] to %s %j nothing like %j can be added", (type, before, value) => {
    expect(add(type, before, value)).toBe("expr");
  });
});

describe("words of a flow", () => {
  const vars = typed({ name: "text", later: "text?" });
  const hostile = "[Click](https://evil.example) **now** _x_";
  const only = "\\[Click\\](https://evil.example) \\*\\*now\\*\\* \\_x_";

  it("[AW6] what fills a hole of a message is only text there; the author's own signs stay", () => {
    const flow = flowOf(
      {
        a: { type: "message.send", text: "**Hello** {{name}}", next: "b" },
        b: { type: "message.send", text: "=name", next: "c" },
        c: { type: "message.note", text: "Told: {{name}}", next: "d" },
        d: { type: "session.end", message: { en: "Bye {{name}}", de: "Tschüs {{name}}" } },
      },
      { inputs: vars },
    );
    const does = () => ({});
    const story = play({
      flow,
      inputs: { name: hostile },
      doers: { "message.send": does, "message.note": does, "session.end": does },
    });
    expect(said(story).map(({ text }) => text)).toEqual([`**Hello** ${only}`, only]);
    expect(story.done.slice(2)).toMatchObject([{ text: `Told: ${only}` }, { message: `Bye ${only}` }]);
  });

  it("[AW6] a question, asked again too, and the announcement of a form take what fills them as text", () => {
    const flow = flowOf(
      {
        a: {
          type: "ask",
          text: "Is {{name}} right?",
          reprompt: "Say it of {{name}} again",
          expect: { id: "it", kind: "boolean" },
          next: "b",
        },
        b: { type: "cowork.open", flow: "a.form", handle: "form", announce: "For {{name}}" },
      },
      { inputs: vars, vars: typed({ form: "map?" }) },
    );
    const story = play({
      flow,
      inputs: { name: "*x*" },
      doers: { "message.send": () => ({}), "form.open": () => ({ value: { id: "f1" } }) },
      checkAnswer: (_component, text) =>
        text === "yes" ? { ok: true, value: true, label: null } : { ok: false, problem: "no" },
    });
    story.event("message.received", { text: "perhaps" });
    story.event("message.received", { text: "yes" });
    expect(said(story).map(({ text }) => text)).toEqual(["Is \\*x\\* right?", "Say it of \\*x\\* again"]);
    expect(story.done.at(-1)).toMatchObject({ form: { announce: "For \\*x\\*" } });
  });

  it("[AW3] once a flow has set the language, its next words are in it", () => {
    const text = { en: "Welcome", de: "Willkommen" };
    const flow = flowOf({
      a: { type: "message.send", text, next: "b" },
      b: { type: "session.set", language: "{{'d' + 'e'}}", next: "c" },
      c: { type: "message.send", text, next: "d" },
      d: { type: "session.set", tags: ["x"], next: "e" },
      e: { type: "message.send", text },
    });
    const story = play({ flow, doers: { "message.send": () => ({}), "session.set": () => ({}) } });
    expect(said(story).map((one) => one.text)).toEqual(["Welcome", "Willkommen", "Willkommen"]);
  });
});

describe("words into another conversation", () => {
  const text = { en: "From {{format(n)}}", de: "Ab {{format(n)}}" };
  const reply = { label: { en: "Good", fr: "Bien" }, value: "ok" };
  const send = (more: object) =>
    said(
      play({
        flow: flowOf({ a: { type: "message.send", text, quickReplies: [reply], ...more } } as never, {
          inputs: typed({ n: "number" }),
        }),
        inputs: { n: 1234.5 },
        doers: { "message.send": () => ({}) },
      }),
    )[0];

  it("[GE3] go with every language that they are written in, numbers too; into the run's own with one", () => {
    const sent = send({ conversation: "='another'" });
    expect(sent?.text).toBe("From 1,234.5");
    expect(sent?.inLanguages).toEqual({
      en: { text: "From 1,234.5", quickReplies: [{ label: "Good", value: "ok" }] },
      de: { text: "Ab 1.234,5", quickReplies: [{ label: "Good", value: "ok" }] },
      fr: { text: "From 1\u202f234,5", quickReplies: [{ label: "Bien", value: "ok" }] },
    });
    expect(send({})).not.toHaveProperty("inLanguages");
    expect(send({ conversation: "='another'", text: "Plain", quickReplies: [] })).not.toHaveProperty("inLanguages");
  });
});

describe("what was told before", () => {
  const flow = flowOf(
    {
      restore: { type: "prechat.restore", confirm: "askCustomer", next: "kept", nothing: "dropped" },
      kept: { type: "end" },
      dropped: { type: "end", outcome: "cancelled" },
    },
    { inputs: { prechat: { type: "map", default: {} } } },
  );
  const asked = (
    prechat: Record<string, string> = {},
    found: Record<string, string> = { order: "4711", name: "*Ana*" },
  ) =>
    play({
      flow,
      inputs: { prechat },
      doers: {
        "prechat.restore": () => ({
          value: { values: found, lines: Object.entries(found).map(([key, value]) => `${key}: ${value}`) },
        }),
        "message.send": () => ({}),
      },
    });

  it("[AW12] the customer is asked with a tap for yes and for no, and what was told is only text there", () => {
    const story = asked();
    const [question] = said(story);
    expect(question).toMatchObject({ as: "bot", quickReplies: [{ label: "Yes" }, { label: "No" }] });
    expect(question?.text).toBe("You told us this before. Is it still right?\n- order: 4711\n- name: \\*Ana\\*");
    expect(story.run.status).toBe("waiting");
  });

  it.each([
    ["yes", { order: "4711", name: "*Ana*" }, "completed"],
    ["No.", {}, "cancelled"],
    ["I have another question", { order: "4711", name: "*Ana*" }, "completed"],
  ])("[AW12] %s", (text, prechat, status) => {
    const story = asked();
    story.event("message.received", { text });
    expect(story.run.status).toBe(status);
    expect(story.run.frames[0]?.values.prechat).toEqual(prechat);
    const carried = status === "completed" ? { "prechat.order": "carried" } : {};
    expect(story.run.frames[0]?.provenance).toMatchObject(carried);
  });

  it("[AW12] silence keeps it too, after two minutes", () => {
    const story = asked();
    story.pass(119_000);
    expect(story.run.status).toBe("waiting");
    story.pass(1_000);
    expect(story.run).toMatchObject({ status: "completed" });
    expect(story.run.frames[0]?.values.prechat).toEqual({ order: "4711", name: "*Ana*" });
  });

  it("[AW12] who has told everything anew is not asked", () => {
    const story = asked({ order: "1", name: "Bea" });
    expect(said(story)).toEqual([]);
    expect(story.run.frames[0]?.values.prechat).toEqual({ order: "1", name: "Bea" });
  });
});

describe("hours", () => {
  it("[AW11] a wait that names none counts by those that the run was begun with", () => {
    const counted: (string | null)[] = [];
    const flow = flowOf({
      wait: { type: "wait", any: [{ businessHours: "PT1H", next: "end" }] },
      end: { type: "end" },
    });
    const story = play({
      flow,
      hours: "h1",
      openTime: (hours, length, from) => {
        counted.push(hours);
        return from + length;
      },
    });
    expect(counted).toEqual(["h1"]);
    expect(story.run.blocked).toMatchObject({ waits: [{ hours: { name: "h1" } }] });
  });
});

describe("screens", () => {
  it.each([
    [{ expired: "late" }, "completed", ["noted"]],
    [{}, "failed", []],
  ])("[AW13] nobody has answered when the time of the run is up: %j", (own, status, noted) => {
    const flow = flowOf(
      {
        ask: { type: "screen", components: [{ id: "it", kind: "text" }], next: "end", ...own },
        late: { type: "message.note", text: "noted", next: "end" },
        over: { type: "end", outcome: "failed" },
        end: { type: "end" },
      },
      { kind: "screen", audience: "agent", settings: { onExpired: "over" } },
    );
    const story = play({ flow, doers: { "message.note": () => ({}) } });
    story.go({ type: "expire" });
    expect(story.run.status).toBe(status);
    expect(story.done.flatMap((operation) => (operation.do === "message.note" ? [operation.text] : []))).toEqual(noted);
  });
});
