import { expect, test } from "vitest";
import { agentScreen, asking, background, END, form, said } from "./testing/flows.ts";

const lookUp = background(
  { end: { type: "end", out: { total: 1, iban: "=iban" } } },
  {
    key: "look.up",
    kind: "sub",
    inputs: {
      id: { type: "text", required: true },
      iban: { type: "text?", privacy: "private" },
      days: { type: "number" },
    },
    outputs: { total: { type: "number" }, iban: { type: "text?", privacy: "private" } },
  },
);
const calling = (more: object, vars: object = { sum: { type: "number", default: 0 } }) =>
  said(background({ call: { type: "subflow", flow: "look.up", ...more, next: "end" }, end: END }, { vars }), {
    flows: new Map([["look.up", lookUp]]),
  }).filter((line) => line.startsWith("error"));

test("[FF19] a called flow gets its inputs by name and type, and none that it does not know", () => {
  expect(calling({ in: { id: "a" }, out: { sum: "total" } })).toEqual([]);
  expect(calling({ out: { sum: "total" } })).toEqual(["error missing-input /nodes/call/in/id"]);
  expect(calling({ in: { id: "a", dasy: 3 } })).toEqual(["error missing-input /nodes/call/in/dasy"]);
  expect(calling({ in: { id: "a", days: "three" } })).toEqual(["error type /nodes/call/in/days"]);
  expect(calling({ in: { id: "a", days: "=upper('x')" } })).toEqual(["error type /nodes/call/in/days"]);
});

test("[FF19] its outputs go into variables of their type and class", () => {
  const name = { sum: { type: "text", default: "" } };
  expect(calling({ in: { id: "a" }, out: { sum: "totl" } })).toEqual(["error missing-output /nodes/call/out/sum"]);
  expect(calling({ in: { id: "a" }, out: { sum: "total" } }, name)).toEqual(["error type /nodes/call/out/sum"]);
  expect(calling({ in: { id: "a" }, out: { sum: "iban" } }, { sum: { type: "text?" } })).toEqual([
    "error privacy /nodes/call/out/sum",
  ]);
  expect(calling({ in: { id: "a" }, out: { sum: "iban" } }, { sum: { type: "text?", privacy: "private" } })).toEqual(
    [],
  );
});

test("[FF19] a private value goes only into an input that is private", () => {
  const vars = { own: { type: "text?", privacy: "private" } };
  expect(calling({ in: { id: "a", iban: "=own" } }, vars)).toEqual([]);
  expect(calling({ in: { id: "=coalesce(own, '')" } }, vars)).toEqual(["error privacy /nodes/call/in/id"]);
});

test("[FF19] only a sub flow is called, only a customer's screen flow is a form", () => {
  const other = form(asking([{ id: "a", kind: "text" }]), { key: "a.form" });
  const flows = new Map<string, unknown>([
    ["look.up", lookUp],
    ["a.form", other],
  ]);
  const open = { type: "cowork.form", expires: "PT1H", next: "end", cancelled: "end", expired: "end" };
  const opening = (flow: string) => said(agentScreen({ open: { ...open, flow }, end: END }), { flows });
  expect(opening("a.form")).toEqual([]);
  expect(opening("look.up")).toContain("error wrong-kind /nodes/open/flow");
  const call = background({ call: { type: "subflow", flow: "a.form", next: "end" }, end: END });
  expect(said(call, { flows })).toEqual(["error wrong-kind /nodes/call/flow"]);
});

test("[FF19] a form's answers keep their own classes in the variable that takes them", () => {
  const components = [
    { id: "reason", kind: "text", required: true },
    { id: "iban", kind: "text", required: true, privacy: "private" },
  ];
  const end = { type: "end", out: { reason: "=ask.reason", iban: "=ask.iban" } };
  const outputs = { reason: { type: "text" }, iban: { type: "text", privacy: "private" } };
  const flows = new Map([["a.form", form(asking(components, end), { key: "a.form", outputs })]]);
  const telling = (text: string) =>
    said(
      agentScreen(
        {
          open: {
            type: "cowork.form",
            flow: "a.form",
            into: "answer",
            expires: "PT1H",
            next: "say",
            cancelled: "end",
            expired: "end",
          },
          say: { type: "message.send", text, next: "end" },
          end: END,
        },
        { vars: { answer: { type: "map?" } } },
      ),
      { flows },
    );
  expect(telling("We noted {{answer.reason}}.")).toEqual([]);
  expect(telling("To {{answer.iban}}.")).toEqual(["error privacy /nodes/say/text"]);
  expect(telling("{{answer.raeson}}")).toEqual(["error unknown-variable /nodes/say/text"]);
});

test("[FF19] answers as a whole are as private as the most private, and a shared variable must be so too", () => {
  const end = { type: "end", out: { iban: "=ask.iban" } };
  const components = [{ id: "iban", kind: "text", required: true, privacy: "private" }];
  const outputs = { iban: { type: "text", privacy: "private" } };
  const flows = new Map([["a.form", form(asking(components, end), { key: "a.form", outputs })]]);
  const open = {
    type: "cowork.form",
    flow: "a.form",
    into: "answer",
    expires: "PT1H",
    next: "keep",
    cancelled: "end",
    expired: "end",
  };
  const keeping = (target: string, value: unknown, privacy = "open") =>
    said(
      agentScreen(
        { open, keep: { type: "assign", set: [{ var: target, value }], next: "end" }, end: END },
        { vars: { answer: { type: "map?", privacy }, copy: { type: "map?" } } },
      ),
      { flows },
    ).filter((line) => line.startsWith("error"));
  expect(keeping("copy", "=answer")).toEqual(["error privacy /nodes/keep/set/0/value"]);
  expect(keeping("copy", { inside: ["=answer"] })).toEqual(["error privacy /nodes/keep/set/0/value"]);
  expect(keeping("copy", { iban: "none" })).toEqual([]);
  expect(keeping("answer", { iban: "none" })).toEqual(["error privacy /nodes/open/into"]);
  expect(keeping("answer", { iban: "none" }, "private")).toEqual([]);
});

test("[FF19] what only the customer may give is not filled in beforehand", () => {
  const components = [
    { id: "name", kind: "text" },
    { id: "agreed", kind: "consent", textId: "a", textVersion: 1 },
  ];
  const flows = new Map([["a.form", form(asking(components), { key: "a.form" })]]);
  const open = { type: "cowork.form", flow: "a.form", expires: "PT1H", next: "end", cancelled: "end", expired: "end" };
  const filled = (prefill: object) => said(agentScreen({ open: { ...open, prefill }, end: END }), { flows });
  expect(filled({ name: "Ines" })).toEqual([]);
  expect(filled({ agreed: true })).toEqual(["error privacy /nodes/open/prefill/agreed"]);
  expect(filled({ nmae: "Ines" })).toEqual(["error missing-input /nodes/open/prefill/nmae"]);
});
