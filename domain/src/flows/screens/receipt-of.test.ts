import type { Component } from "@clew/contract/flows/components";
import fc from "fast-check";
import { expect, test } from "vitest";
import "./every-kind.ts";
import { checkPage } from "./page.ts";
import { screenText } from "./present.ts";
import { receiptOf } from "./receipt-of.ts";

const SHOWN = { now: 0, zone: "UTC", locale: "en" };
const text = (id: string, label: string) => ({ id, kind: "text", label }) as const;

/** One question of the name on the page, then one of each item whose label repeats the names it can read. */
const COMPONENTS = [
  text("who", "You"),
  text("town", "Town of {{who}}"),
  {
    ...{ id: "people", kind: "repeat", label: "People with {{who}}" },
    components: [
      text("who", "Their name"),
      { ...text("age", "How old is {{who}} of {{town}}?"), hint: "In years, {{who}}" },
      { id: "more", kind: "group", visible: "=age != null", components: [text("tie", "{{who}}, {{age}}, is your …")] },
    ],
  },
] as unknown as Component[];
const NAME = fc.stringMatching(/^[A-Z][a-z]{0,8}$/);
const ITEM = fc.record({ who: NAME, age: fc.stringMatching(/^[1-9]$/), tie: NAME });

test("[FZ12] a label in an item of a repeat reads the answers of its item before those of the page, on receipt and screen", () => {
  fc.assert(
    fc.property(NAME, NAME, fc.array(ITEM, { minLength: 1, maxLength: 4 }), (who, town, people) => {
      const answers = { who, town, people };
      const rows = receiptOf({ node: "ask", scope: {}, screen: { components: COMPONENTS } }, answers, SHOWN);
      expect(rows.map(({ field, label }) => [field, label])).toEqual([
        ["ask.who", "You"],
        ["ask.town", `Town of ${who}`],
        ...people.flatMap((one, index) => [
          [`ask.people/${index}/who`, `${index + 1} · Their name`],
          [`ask.people/${index}/age`, `${index + 1} · How old is ${one.who} of ${town}?`],
          [`ask.people/${index}/tie`, `${index + 1} · ${one.who}, ${one.age}, is your …`],
        ]),
      ]);
      const { fields } = checkPage(COMPONENTS, answers, { scope: {}, shown: SHOWN });
      for (const [index, one] of people.entries()) {
        const { question, seen } = fields.get(`people/${index}/age`) ?? { question: null, seen: {} };
        const hint = question?.kind === "text" ? question.hint : undefined;
        expect(screenText(hint, seen, SHOWN)).toBe(`In years, ${one.who}`);
      }
    }),
    { numRuns: 200 },
  );
});

test("[FZ12] what an item leaves blank is blank in its labels, though the page has an answer of that name", () => {
  const answers = { who: "Ana", people: [{ age: "7" }] };
  const rows = receiptOf({ node: "ask", scope: {}, screen: { components: COMPONENTS } }, answers, SHOWN);
  expect(rows.map(({ label }) => label)).toEqual(["You", "1 · How old is  of ?"]);
});
