import { EVENTS } from "@clew/contract/events";
import { ENDED_WHY } from "@clew/contract/sessions";
import { expect, test } from "vitest";
import { session, staff } from "../../dev/inbox.ts";
import type { Notice } from "./lines.ts";
import { endText, systemLine } from "./system-line.ts";

const names = { me: "bea", agent: (id: string) => (id === "tom" ? "Tom" : "?"), queue: () => "Orders" };
const made = (type: string, more: object, by: object = { who: "system" }, audience = "all") =>
  ({
    type,
    conversationId: "c",
    number: 1,
    at: 0,
    by,
    audience,
    session: session(),
    staff: staff(),
    ...more,
  }) as unknown as Notice;

/** One of every kind of event, and of every reason it can have, taken from the contract itself. */
function everyNotice(): Notice[] {
  const shown = ["message.posted", "note.posted", "hidden", "session.started"];
  return Object.entries(EVENTS)
    .filter(([type]) => !shown.includes(type))
    .flatMap(([type, schema]) => {
      const more = { agentId: "tom", to: { kind: "queue", id: "q" }, facts: [{ key: "orderNumber", how: "typed" }] };
      const flows = { run: { title: "Use of funds" }, form: { title: "Use of funds" } };
      const fields = ["reason", "how", "why", "next", "what", "outcome", "because", "mode"];
      const combined = fields.reduce<object[]>((made, field) => withEach(made, field, choices(schema, field)), [{}]);
      return combined.map((chosen) => made(type, { ...more, ...flows, awayFor: 0, until: 0, ...chosen }));
    });
}

function withEach(made: object[], field: string, values: string[]): object[] {
  return values.length === 0 ? made : made.flatMap((one) => values.map((value) => ({ ...one, [field]: value })));
}

function choices(schema: object, field: string): string[] {
  const property = (schema as { properties: Record<string, { anyOf?: { const: string }[] }> }).properties[field];
  return property?.anyOf?.map((one) => one.const) ?? [];
}

test("[CO7] every event, for every reason, has a line in words with all its places filled", () => {
  const lines = everyNotice().map((notice) => systemLine(notice, names).text);
  expect(lines.length).toBeGreaterThan(30);
  for (const text of lines) {
    expect(text).not.toMatch(/[{}]|^event\.|no words for/);
    expect(text.length).toBeGreaterThan(5);
  }
});

test("[CO7] every reason for an end is a sentence", () => {
  for (const why of ENDED_WHY) {
    const text = endText({ by: "agent", why, at: 0, agentId: "tom" }, names);
    expect(text).not.toMatch(/[{}]|^event\./);
  }
  expect(endText({ by: "agent", why: "ended", at: 0, agentId: "bea" }, names)).toBe("You ended the session");
  expect(endText({ by: "customer", why: "ended", at: 0 }, names)).toBe("The customer ended the session");
});

test("[CO7] an event of a newer server is told too", () => {
  expect(systemLine(made("session.sung", {}), names).text).toContain("no words for");
});

test("[CO30] what was left blank and what the page sent along is not said to be told by the customer", () => {
  const facts = [
    { key: "name", value: "Ana", how: "typed" },
    { key: "orderNumber", value: null, how: "typed" },
    { key: "shopPage", value: "roses", how: "hidden" },
  ];
  expect(systemLine(made("facts.recorded", { facts }), names).text).toBe("The customer told: name");
  const blank = facts.filter(({ value }) => value === null);
  expect(systemLine(made("facts.recorded", { facts: blank }), names).text).toBe("The customer told: order number");
});

test("[CO8] what only staff see is marked, and what somebody wrote stands beside it", () => {
  const line = systemLine(
    made(
      "session.offer-ended",
      { agentId: "tom", how: "declined", why: "Lunch" },
      { who: "agent", id: "tom" },
      "staff",
    ),
    names,
  );
  expect(line).toEqual({ text: "Tom declined", tone: "plain", staff: true, detail: "Lunch" });
});

test("[CO31] why an offer was taken back is told in words; what an older server wrote is left out", () => {
  const withdrawn = (agentId: string, why: string) =>
    systemLine(made("session.offer-ended", { agentId, how: "withdrawn", why }, { who: "system" }, "staff"), names);
  expect(withdrawn("tom", "busy")).toEqual({
    text: "The offer to Tom was withdrawn: busy",
    tone: "plain",
    staff: true,
  });
  expect(withdrawn("bea", "offline").text).toBe("The offer to you was withdrawn: not connected any more");
  expect(withdrawn("bea", "available")).toEqual({ text: "The offer to you was withdrawn", tone: "plain", staff: true });
});

test("[CO7] a transfer names who and where to", () => {
  const by = { who: "agent", id: "bea" };
  expect(
    systemLine(made("session.transferred", { to: { kind: "agent", id: "tom" }, note: "Knows her" }, by), names),
  ).toMatchObject({ text: "You transferred to Tom", detail: "Knows her" });
});
