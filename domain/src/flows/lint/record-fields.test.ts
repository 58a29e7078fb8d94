import { FIELDS_OF_ALL, FIELDS_OF_CONVERSATIONS, FIELDS_OF_SESSIONS } from "@clew/contract/flows/records";
import type { Variables } from "@clew/contract/flows/variables";
import { expect, test } from "vitest";
import { background, END, finding, routing, said } from "./testing/flows.ts";

const objects = new Map<string, Variables>([
  ["Session", { ...FIELDS_OF_SESSIONS, risk: { type: "number?" } }],
  ["Conversation", FIELDS_OF_CONVERSATIONS],
  ["Contact", { ...FIELDS_OF_ALL, email: { type: "email?" } }],
  ["Case", { ...FIELDS_OF_ALL, subject: { type: "text?" }, contact: { type: "record:Contact?" } }],
]);
const one = (node: object) => background({ a: { ...node, next: "end" }, end: END });
const get = (more: object) => one({ type: "records.get", object: "Case", where: [], ...more });

test.each([
  [{ where: [["subjct", "eq", "x"]] }, "error unknown-variable /nodes/a/where/0/0"],
  [{ where: [["contact.emial", "eqi", "x"]] }, "error unknown-variable /nodes/a/where/0/0"],
  [{ sort: [["changedAt", "desc"]] }, "error unknown-variable /nodes/a/sort/0/0"],
  [{ fields: ["subject", "colour"] }, "error unknown-variable /nodes/a/fields/1"],
])("[AW9] a field that is looked up by and is not there is told: %j", (more, told) => {
  expect(said(get(more), { objects })).toEqual([told]);
});

test("[AW9] fields that are there are not told, members of records and maps among them", () => {
  const where = [
    ["subject", "contains", "x"],
    ["contact.email", "eqi", "x"],
    ["updatedAt", "gt", "=now()"],
  ];
  expect(said(get({ where, sort: [["number", "asc"]], fields: ["contact.email"] }), { objects })).toEqual([]);
  const sessions = {
    object: "Session",
    where: [
      ["prechat.topic", "eq", "x"],
      ["risk", "gt", 1],
      ["attributes.y", "eq", 1],
    ],
  };
  expect(said(get(sessions), { objects })).toEqual([]);
  expect(finding(get({ where: [["subjct", "eq", "x"]] }), "unknown-variable", { objects })?.suggestion).toMatch(
    /subject/,
  );
});

test.each([
  [{ type: "records.create", object: "Session", values: {} }, ["error not-allowed /nodes/a/object"]],
  [{ type: "records.create", object: "Conversation", values: {} }, ["error not-allowed /nodes/a/object"]],
  [
    { type: "records.update", object: "Session", id: "='x'", values: { status: "ended", risk: 1, prechat: {} } },
    ["error not-allowed /nodes/a/values/status"],
  ],
  [
    { type: "records.update", object: "Conversation", id: "='x'", values: { language: "de", status: "closed" } },
    ["error not-allowed /nodes/a/values/status"],
  ],
  [
    { type: "records.update", object: "Case", id: "='x'", values: { subject: "x", number: 3 } },
    ["error not-allowed /nodes/a/values/number"],
  ],
])("[AW2] what is no flow's to make or change is told: %j", (node, told) => {
  expect(said(one(node), { objects })).toEqual(told);
});

test("[AW9] names of queues, skills, agents, hours and channels that are not there are told; case makes no difference", () => {
  const world = {
    queues: ["Orders"],
    skills: ["Returns"],
    hours: ["Office"],
    channels: ["Shop"],
    agents: ["a1"],
  };
  const flow = (queue: string, skill: string, hours: string, channel: string, agent: string) =>
    routing(
      {
        wait: { type: "wait", any: [{ businessHours: "PT1H", hours, next: "ask" }] },
        ask: { type: "availability", of: { agent }, into: "free", next: "go" },
        go: { type: "route", to: { skills: [{ skill }], queue }, next: "end" },
        end: END,
      },
      { trigger: { on: "session.started", channels: [channel] }, vars: { free: { type: "map?" } } },
    );
  expect(said(flow("orders", "RETURNS", "office", "Shop", "a1"), world)).toEqual([]);
  expect(said(flow("Order", "Return", "Offices", "shop", "a2"), world)).toEqual([
    "error unknown-name /nodes/wait/any/0/hours",
    "error unknown-name /nodes/ask/of/agent",
    "error unknown-name /nodes/go/to/queue",
    "error unknown-name /nodes/go/to/skills/0/skill",
    "error unknown-name /trigger/channels/0",
  ]);
  expect(said(flow("{{'Order'}}", "='x'", "office", "web", "=free.id"), world)).toEqual([]);
});
