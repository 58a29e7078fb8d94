import type { Fact } from "@clew/contract/facts";
import { expect, test } from "vitest";
import { expand, findReplies, fuzzy, slashQuery } from "./quick-replies.ts";

const fact = (key: string, value: Fact["value"]): Fact => ({
  key,
  value,
  sessionId: "s",
  sessionNumber: 1,
  at: 0,
  how: "typed",
  by: { who: "customer" },
});
const filling = {
  customerName: "Ana",
  agentName: "Bea",
  facts: [fact("order", "4711"), fact("phone", null), fact("age", 0)],
};
const reply = (shortcut: string, title: string, queueIds: string[] = []) => ({
  id: shortcut,
  shortcut,
  title,
  text: "",
  queueIds,
  revision: 1,
});

test("[CO11] known places are filled, unknown and blank ones stay and are named", () => {
  expect(expand("Hi {{customer.name}}, {{ fact.order }} by {{agent.name}}", filling)).toEqual({
    text: "Hi Ana, 4711 by Bea",
    missing: [],
  });
  expect(expand("{{fact.phone}} {{fact.none}} {{other}}", filling)).toEqual({
    text: "{{fact.phone}} {{fact.none}} {{other}}",
    missing: ["fact.phone", "fact.none", "other"],
  });
  expect(expand("{{fact.age}}", filling).text).toBe("0");
});

test("[CO11] what is filled in is not filled again", () => {
  expect(expand("{{customer.name}}", { ...filling, customerName: "{{agent.name}}" }).text).toBe("{{agent.name}}");
});

test("[CO12] a slash calls quick replies at the start of a word only", () => {
  expect(slashQuery("/ref", 4)).toEqual({ query: "ref", from: 0 });
  expect(slashQuery("Hello /", 7)).toEqual({ query: "", from: 6 });
  expect(slashQuery("one\n/b", 6)).toEqual({ query: "b", from: 4 });
  expect(slashQuery("and/or", 6)).toBeNull();
  expect(slashQuery("https://x", 9)).toBeNull();
  expect(slashQuery("/ref", 0)).toBeNull();
});

test("[CO12] letters in order find a reply, the shortcut before the title", () => {
  const replies = [reply("goodbye", "Refund goodbye"), reply("refund-time", "How long"), reply("hello", "Greeting")];
  expect(findReplies(replies, "rfd", null).map(({ shortcut }) => shortcut)).toEqual(["refund-time", "goodbye"]);
  expect(findReplies(replies, "", null)).toHaveLength(3);
  expect(findReplies(replies, "zzz", null)).toEqual([]);
  expect(fuzzy("refund", "refund")).toBeGreaterThan(fuzzy("refund", "refund-time"));
});

test("[CO12] replies of another queue are not offered", () => {
  const replies = [reply("a", "A", ["orders"]), reply("b", "B", ["returns"]), reply("c", "C")];
  expect(findReplies(replies, "", "orders").map(({ shortcut }) => shortcut)).toEqual(["a", "c"]);
  expect(findReplies(replies, "", null).map(({ shortcut }) => shortcut)).toEqual(["c"]);
});
