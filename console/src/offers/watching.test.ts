import { expect, test } from "vitest";
import { item } from "../../dev/inbox.ts";
import { arrivals, endOf } from "./watching.ts";

const waiting = item({ id: "a", title: "Ana", session: { status: "waiting", agent: null } });
const offer = { conversationId: "a", offerId: "o", madeAt: 0, dueAt: 1000, item: waiting };
const held = (agentId: string) => item({ id: "a", title: "Ana", session: { agent: { id: agentId, name: agentId } } });

test("[CO14] an offer that goes is explained by what became of the session", () => {
  expect(endOf(offer, [held("bea")], "bea", 500)).toBe("mine");
  expect(endOf(offer, [held("tom")], "bea", 500)).toBe("other");
  expect(endOf(offer, [item({ id: "a", title: "Ana", session: { status: "ended" } })], "bea", 500)).toBe("ended");
  expect(endOf(offer, [waiting], "bea", 500)).toBe("withdrawn");
  expect(endOf(offer, [], "bea", 1000)).toBe("late");
});

test("[CO14] what is ours now and was not before has arrived", () => {
  expect(arrivals([waiting], [held("bea")], "bea").map(({ conversationId }) => conversationId)).toEqual(["a"]);
  expect(arrivals([held("bea")], [held("bea")], "bea")).toEqual([]);
  expect(arrivals([], [held("tom")], "bea")).toEqual([]);
});
