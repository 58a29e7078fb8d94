import type { Fact } from "@clew/contract/facts";
import { expect, test } from "vitest";
import { factText, labelOf } from "./fact-text.ts";
import { origin } from "./origin.ts";

const NOW = new Date(2026, 4, 20).getTime();
const fact = (more: Partial<Fact> = {}): Fact => ({
  key: "order",
  value: "4711",
  sessionId: "s1",
  sessionNumber: 1,
  at: new Date(2026, 4, 12).getTime(),
  how: "typed",
  by: { who: "customer" },
  ...more,
});

test("[CO22] a fact of an earlier session tells from which day and session it is carried", () => {
  expect(origin(fact(), 2, NOW, "bea")).toBe("carried from 12 May (session 1)");
  expect(origin(fact(), 1, NOW, "bea")).toBe("");
});

test("[CO22] a fact tells who corrected it, or that the page sent it", () => {
  const by = { who: "agent" as const, id: "tom", name: "Tom" };
  expect(origin(fact({ how: "corrected", by }), 1, NOW, "bea")).toBe("corrected by Tom");
  expect(origin(fact({ how: "corrected", by }), 1, NOW, "tom")).toBe("corrected by you");
  expect(origin(fact({ how: "confirmed", by }), 1, NOW, "bea")).toBe("confirmed by Tom");
  expect(origin(fact({ how: "confirmed", by }), 1, NOW, "tom")).toBe("confirmed by you");
  expect(origin(fact({ how: "hidden" }), 2, NOW, "bea")).toBe("carried from 12 May (session 1) · sent by the page");
});

test("[CO22] blank, no and zero are different answers", () => {
  expect([factText(null), factText(""), factText(false), factText(0)]).toEqual(["Left blank", "Left blank", "No", "0"]);
  expect(labelOf("orderNumber")).toBe("Order number");
});
