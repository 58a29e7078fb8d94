import type { FieldComponent } from "@clew/contract/flows/components";
import { expect, test } from "vitest";
import "./every-kind.ts";
import { labelOfField } from "./field-label.ts";
import { checkPage } from "./page.ts";

const SHOWN = { now: 0, zone: "UTC", locale: "de" };
const scope = { name: "Ines" };

function labelOf(question: object): string {
  const { fields } = checkPage([question as FieldComponent], {}, { scope, shown: SHOWN });
  return [...fields].map(([id, field]) => labelOfField(id, field, SHOWN)).join();
}
const consent = (more: object) => ({ id: "agreed", kind: "consent", textId: "privacy", textVersion: 1, ...more });

test.each([
  ["its label", { label: "Privacy", text: "I have read it." }, "Privacy"],
  ["its words", { text: "I, {{name}}, have read it." }, "I, Ines, have read it."],
  ["its words in the reader's language", { text: { en: "Yes.", de: "Ja." }, label: { fr: "" } }, "Ja."],
  ["the first line of its words", { text: "\nTerms of use\n\n1. Everything is allowed." }, "Terms of use"],
  ["the beginning of its words", { text: "𝔞 ".repeat(80) }, `${"𝔞 ".repeat(50).trim()}…`],
  ["its id, where it has neither", {}, "agreed"],
])("[FM1] a consent is named by %s", (_how, more, name) => {
  expect(labelOf(consent(more))).toBe(name);
});

test("[FM1] what stands for a question without a label is its id, whatever else it says", () => {
  expect(labelOf({ id: "reason", kind: "text", hint: "Why?" })).toBe("reason");
});
