import { expect, test } from "vitest";
import { agentScreen, asking, background, END, finding, form, said } from "./testing/flows.ts";

const VARS = {
  vars: {
    name: { type: "text", default: "" },
    count: { type: "number", default: 0 },
    items: { type: "list<text>", default: [] },
    data: { type: "map", default: {} },
    kase: { type: "record:Case?" },
    pin: { type: "text", default: "", privacy: "secret" },
    birth: { type: "date?", privacy: "private" },
  },
};
const used = (nodes: Record<string, unknown>) =>
  said(background(nodes, VARS)).filter((line) => !line.includes("unused"));
const saying = (text: unknown) => used({ say: { type: "message.send", text, next: "end" }, end: END });
const setting = (target: string, value: unknown, op?: string) =>
  used({ set: { type: "assign", set: [{ var: target, ...(op ? { op } : {}), value }], next: "end" }, end: END });

test("[FF11] a formula that cannot be read and an unknown name tell the character and the nearest name", () => {
  const flow = background({ say: { type: "message.send", text: "Hi {{nmae}}", next: "end" }, end: END }, VARS);
  expect(finding(flow, "unknown-variable")).toMatchObject({
    path: "/nodes/say/text",
    suggestion: 'did you mean "name"?',
    message: expect.stringMatching(/nmae.*\(character 6\)/),
  });
  expect(saying("Hi {{name +}}")).toEqual(["error formula /nodes/say/text"]);
  expect(saying({ en: "Hi {{name}}", de: "Hallo {{nam}}" })).toEqual(["error unknown-variable /nodes/say/text/de"]);
  expect(saying("=upper(name)")).toEqual([]);
  expect(saying("=items")).toEqual(["error type /nodes/say/text"]);
});

test("[PK6] the place of the customer's own link stands in words that are sent to them, and nowhere else", () => {
  const link = "Back by {{reconnect.link}}, {{name}}";
  expect(saying(link)).toEqual([]);
  expect(saying({ en: link, de: "Zurück: {{ reconnect.link }}" })).toEqual([
    "error unknown-variable /nodes/say/text/de",
  ]);
  expect(used({ note: { type: "message.note", text: link, next: "end" }, end: END })).toEqual([
    "error unknown-variable /nodes/note/text",
  ]);
  expect(setting("name", link)).toEqual(["error unknown-variable /nodes/set/set/0/value"]);
});

test("[FF11] a condition is true or false, a list a list, a duration a duration", () => {
  const decide = (when: string) =>
    used({ choose: { type: "decision", branches: [{ when, next: "end" }], else: "end" }, end: END });
  expect(decide("=count > 1")).toEqual([]);
  expect(decide("=count")).toEqual(["error type /nodes/choose/branches/0/when"]);
  expect(decide("count > 1")).toEqual(["error shape /nodes/choose/branches/0/when"]);
  const wait = (branch: object) => used({ wait: { type: "wait", any: [{ ...branch, next: "end" }] }, end: END });
  expect(wait({ after: "PT5M" })).toEqual([]);
  expect(wait({ after: "5 minutes" })).toEqual(["error shape /nodes/wait/any/0/after"]);
  expect(wait({ after: "=name" })).toEqual(["error type /nodes/wait/any/0/after"]);
  expect(wait({ at: "tomorrow" })).toEqual(["error type /nodes/wait/any/0/at"]);
  expect(wait({ at: "2026-12-01T09:00:00+01:00" })).toEqual([]);
});

test("[FF11] what is assigned fits the variable, literal or formula", () => {
  expect(setting("count", 2)).toEqual([]);
  expect(setting("count", "2")).toEqual(["error type /nodes/set/set/0/value"]);
  expect(setting("count", "=name")).toEqual(["error type /nodes/set/set/0/value"]);
  expect(setting("count", null)).toEqual(["error type /nodes/set/set/0/value"]);
  expect(setting("items", "=name", "append")).toEqual([]);
  expect(setting("items", 3, "append")).toEqual(["error type /nodes/set/set/0/value"]);
  expect(setting("name", "x", "append")).toEqual(["error type /nodes/set/set/0/value"]);
  expect(setting("count", 1, "add")).toEqual([]);
  expect(setting("name", "x", "add")).toEqual(["error type /nodes/set/set/0/value"]);
  expect(setting("data.anything", { deep: ["=name"] })).toEqual([]);
  expect(setting("name.first", "x")).toEqual(["error type /nodes/set/set/0/var"]);
});

test("[FF11] defaults are of the type that they are the default of", () => {
  const flow = background(
    { end: END },
    { inputs: { day: { type: "date", default: "1 May" }, tags: { type: "list<text>", default: [1] } } },
  );
  expect(said(flow)).toEqual(["error type /inputs/day/default", "error type /inputs/tags/default"]);
});

test("[FF11] a hole that may be null is a warning, unless every way there has filled it", () => {
  const say = { type: "message.note", text: "Case {{kase.number}} of {{kase}}", next: "end" };
  expect(used({ say: { ...say, text: "{{birth}}" }, end: END }).join()).toMatch("warning null-in-text /nodes/say/text");
  const outputs = { reason: { type: "text" } };
  const form = background(
    { end: { type: "end", out: { reason: "x" } } },
    { kind: "screen", audience: "customer", outputs },
  );
  const open = {
    type: "cowork.form",
    flow: "a.form",
    into: "answer",
    expires: "PT1H",
    next: "say",
    cancelled: "end",
    expired: "end",
  };
  const flow = (more = {}) =>
    agentScreen(
      { open: { ...open, ...more }, say: { ...say, text: "{{answer.reason}}" }, end: END },
      { vars: { answer: { type: "map?" } } },
    );
  const flows = new Map([["a.form", form]]);
  expect(said(flow(), { flows })).toEqual([]);
  expect(said(flow({ expired: "say" }), { flows })).toEqual(["warning null-in-text /nodes/say/text"]);
});

test("[FF11] an input that may be left out may be null, whatever its type says", () => {
  const say = { say: { type: "message.note", text: "{{name}}", next: "end" }, end: END };
  const of = (more: object) => said(background(say, { inputs: { name: { type: "text", ...more } } }));
  expect(of({})).toEqual(["warning null-in-text /nodes/say/text"]);
  expect(of({ required: true })).toEqual([]);
  expect(of({ default: "you" })).toEqual([]);
});

test("[FF11] answers are known by screen and component, with the type of the component", () => {
  const end = { type: "end", out: { many: "=ask.count", day: "=ask.day" } };
  const components = [
    { id: "count", kind: "number", required: true },
    { id: "day", kind: "date" },
  ];
  const outputs = { many: { type: "number" }, day: { type: "date?" } };
  expect(said(form(asking(components, end), { outputs }))).toEqual([]);
  const strict = { many: { type: "text" }, day: { type: "date" } };
  expect(said(form(asking(components, end), { outputs: strict }))).toEqual([
    "error type /nodes/end/out/many",
    "error type /nodes/end/out/day",
  ]);
  const siblings = [
    { id: "other", kind: "boolean" },
    { id: "why", kind: "text", visible: "=other && cuont > 1" },
  ];
  expect(said(form(asking(siblings)))).toEqual(["error unknown-variable /nodes/ask/components/1/visible"]);
});

test("[FF11] loop items, faults and events are known where they belong", () => {
  const nodes = (text: string) => ({
    each: { type: "loop", over: "=items", as: "item", body: "say", next: "after" },
    say: { type: "message.note", text: "{{item}}", next: "$continue" },
    after: { type: "message.note", text, faults: [{ match: ["*"], next: "end", as: "why" }], next: "end" },
    end: END,
  });
  expect(used(nodes("{{coalesce(why.message, '')}}"))).toEqual([]);
  expect(used(nodes("{{item}}"))).toEqual(["error unknown-variable /nodes/after/text"]);
  const wait = {
    type: "wait",
    any: [
      { event: "a.b", key: "1", when: "=event.ok == true", next: "end" },
      { after: "PT1H", next: "end" },
    ],
  };
  expect(used({ wait, end: END })).toEqual([]);
});

test("[FF12] secret and private values reach no message, note, event, address or ordinary variable", () => {
  for (const text of ["Your code: {{pin}}", "=pin", "=upper(pin)", "Born {{format(birth, 'date')}}", "{{size(pin)}}"]) {
    expect(saying(text).join(), text).toMatch("error privacy /nodes/say/text");
  }
  const note = { type: "message.note", text: "{{pin}}", next: "end" };
  expect(used({ note, end: END })).toContain("error privacy /nodes/note/text");
  const emit = { type: "event.emit", event: "a.b", key: "k", data: { deep: ["=pin"] }, next: "end" };
  expect(used({ emit, end: END })).toEqual(["error privacy /nodes/emit/data/deep/0"]);
  const call = { type: "http.call", connector: "c", method: "GET", next: "end" };
  expect(used({ call: { ...call, path: "/a/{{pin}}" }, end: END })).toEqual(["error privacy /nodes/call/path"]);
  expect(used({ call: { ...call, path: "/a", query: { born: "=birth" } }, end: END })).toEqual([
    "error privacy /nodes/call/query/born",
  ]);
  expect(setting("name", "=pin")).toEqual(["error privacy /nodes/set/set/0/value"]);
  expect(setting("data.born", "=birth")).toEqual(["error privacy /nodes/set/set/0/value"]);
  expect(setting("data", { inside: { pin: "=pin" } })).toEqual(["error privacy /nodes/set/set/0/value"]);
  expect(setting("birth", "2000-01-01")).toEqual([]);
  const create = { type: "records.create", object: "Case", values: { pin: "=pin" }, next: "end" };
  expect(used({ create, end: END })).toEqual(["error privacy /nodes/create/values/pin"]);
});

test("[FF12] a secret goes whole into the body or a header of a request, and nowhere in part", () => {
  const call = (more: object) =>
    used({ call: { type: "http.call", connector: "c", method: "POST", path: "/", ...more, next: "end" }, end: END });
  expect(call({ body: { code: "=pin" } })).toEqual([]);
  expect(call({ headers: { "X-Code": "=pin" } })).toEqual([]);
  expect(call({ body: { code: "=upper(pin)" } })).toEqual(["error privacy /nodes/call/body/code"]);
  expect(call({ headers: { "X-Code": "Code {{pin}}" } })).toEqual(["error privacy /nodes/call/headers/X-Code"]);
});

test("[FF12] private goes into a record's field only where the field is private, when the fields are known", () => {
  const create = { type: "records.create", object: "Person", values: { born: "=birth" }, next: "end" };
  const flow = background({ create, end: END }, VARS);
  const objects = (privacy: "open" | "private") =>
    new Map([
      ["Person", { born: { type: "date", privacy } }],
      ["Case", {}],
    ]);
  const errors = (world = {}) => said(flow, world).filter((line) => line.startsWith("error"));
  expect(errors()).toEqual([]);
  expect(errors({ objects: objects("private") })).toEqual([]);
  expect(errors({ objects: objects("open") })).toEqual(["error privacy /nodes/create/values/born"]);
});

test("[FF12] a secret question is secret whatever is said of it, and its class goes on to the outputs", () => {
  const secret = [{ id: "code", kind: "secret", required: true }];
  const end = { type: "end", out: { code: "=ask.code" } };
  expect(said(form(asking(secret, end), { outputs: { code: { type: "text" } } }))).toEqual([
    "error privacy /nodes/end/out/code",
  ]);
  expect(said(form(asking(secret, end), { outputs: { code: { type: "text", privacy: "secret" } } }))).toEqual([]);
  const open = [{ ...secret[0], privacy: "open" }];
  expect(said(form(asking(open)))).toEqual(["error privacy /nodes/ask/components/0/privacy"]);
  const depends = [...secret, { id: "more", kind: "text", visible: "=code == '1'" }];
  expect(said(form(asking(depends)))).toEqual(["error privacy /nodes/ask/components/1/visible"]);
});

test("[FF12] agents do not read private answers on a screen, customers may read their own", () => {
  const components = [{ kind: "display", text: "Born {{coalesce(format(birth, 'date'), '')}}" }];
  const screen = { show: { type: "screen", components, next: "end" }, end: END };
  const inputs = { birth: { type: "date?", privacy: "private" } };
  expect(said(agentScreen(screen, { inputs }))).toEqual(["error privacy /nodes/show/components/0/text"]);
  expect(said(form(screen, { inputs }))).toEqual([]);
});

test.each([
  "Authorization: Bearer 8f4b2c91d0e7a6b5c4d3",
  "Use AKIAIOSFODNN7EXAMPLE for it",
  "token is sk_live_51HqLyjWDarjtT1zdp7dcKT",
  "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3.SflKxwRJSMeKKF2QT4",
  "password: hunter22x",
  "x8Kq2LmZ9vRt4Wy7Bn3Pc6Dh1Fj5Gs0A",
  "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822c",
])("[FF13] a credential written into a flow is an error: %s", (words) => {
  expect(saying(words)).toEqual(["error secret-in-text /nodes/say/text"]);
  const call = {
    type: "http.call",
    connector: "c",
    method: "GET",
    path: "/",
    headers: { "X-Auth": words },
    next: "end",
  };
  expect(used({ call, end: END })).toEqual(["error secret-in-text /nodes/call/headers/X-Auth"]);
});

test.each([
  "Your order 4711-2026-000123 is on its way; see https://shop.example/orders/4711-2026-000123/status",
  "Conversation 0198f2a4-7c1e-7b3a-9c55-1b2a3c4d5e6f",
  "Donaudampfschifffahrtsgesellschaftskapitän",
  "Forgot your password? Password: choose a new one with at least twelve letters.",
  "useOfFundsDeclarationForVehicleLoans2026",
  "------------------------------",
])("[FF13] ordinary words are no credential: %s", (words) => {
  expect(saying(words)).toEqual([]);
});
