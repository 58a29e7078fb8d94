import type { Flow } from "@clew/contract/flows/definition";
import { expect, test } from "vitest";
import { formOf } from "./form.ts";
import { asksConsent } from "./submission.ts";

/** A form of one page with these components. */
function asking(...components: object[]) {
  const nodes = { ask: { type: "screen", components, next: "done" }, done: { type: "end" } };
  const flow = { $schema: "flow/1", key: "test.form", kind: "screen", audience: "customer", start: "ask", nodes };
  return formOf({ flow: flow as unknown as Flow, version: 1 });
}

test("[FZ1] a form asks for a word of the customer's own also where it stands in a group or in an item", () => {
  const name = { id: "name", kind: "text" };
  const consent = { id: "agreed", kind: "consent", textId: "terms", textVersion: 1, label: "I agree" };
  const signature = { id: "signed", kind: "signature" };
  const repeat = (...components: object[]) => ({ id: "people", kind: "repeat", components });
  expect(asksConsent(asking(name, repeat(name)))).toBe(false);
  expect(asksConsent(asking(name, repeat(name, consent)))).toBe(true);
  expect(asksConsent(asking(repeat(signature)))).toBe(true);
  expect(asksConsent(asking({ id: "more", kind: "group", components: [repeat(consent)] }))).toBe(true);
});
