import { expect, test } from "vitest";
import { agentScreen, asking, background, END, form, said } from "./testing/flows.ts";

const WRONG = "error not-for-kind";

test("[FA22] an answer is judged elsewhere in a customer's form only, and nothing secret, no consent and no file", () => {
  const judged = { id: "one", kind: "text", label: "One", check: "orders" };
  const world = { connectors: new Map([["orders", { methods: ["POST"], refusalOf: () => null }]]) } as never;
  expect(said(form(asking([judged])), world)).toEqual([]);
  expect(said(form(asking([{ ...judged, privacy: "private" }])), world)).toEqual([]);
  for (const change of [{ privacy: "secret" }, { kind: "secret" }, { kind: "file" }])
    expect(said(form(asking([{ ...judged, ...change }])), world)).toContain(`${WRONG} /nodes/ask/components/0/check`);
  expect(said(agentScreen(asking([judged])), world)).toContain(`${WRONG} /nodes/ask/components/0/check`);
  const question = { type: "ask", text: "One?", expect: judged, next: "end", gaveUp: "end", timeout: "end" };
  expect(said(background({ ask: question, end: END }), world)).toContain(`${WRONG} /nodes/ask/expect/check`);
});
