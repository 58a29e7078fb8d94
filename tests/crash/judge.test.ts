import type { ConversationEvent } from "@clew/contract/events";
import { expect, test } from "vitest";
import { faultsOf } from "./judge.ts";

type Posted = { id: string; number?: number; text?: string };

/** A log of one conversation in which messages were posted, from number 2 on unless told otherwise. */
function logOf(posted: readonly Posted[]) {
  const first = { number: 1, type: "conversation.created", by: { who: "customer" } };
  const rest = posted.map(({ id, number, text }, index) => ({
    number: number ?? index + 2,
    type: "message.posted",
    by: { who: "customer" },
    commandId: id,
    text: text ?? id,
  }));
  return [first, ...rest] as unknown as ConversationEvent[];
}

const clean = ["a", "b", "c"];
const sent = clean.map((id, index) => ({ id, text: id, number: (index + 2) as number | null, tries: 1 }));
const viewOf = (events: readonly ConversationEvent[]) => events.map(({ number, commandId }) => ({ number, commandId }));

function judge({ log = logOf(clean.map((id) => ({ id }))), told = sent, view = viewOf(log) } = {}): string[] {
  return faultsOf(new Map([["k", log]]), [{ conversationId: "k", sent: told, views: [view] }]);
}

test("each acknowledged message once, in order, under its number, and seen so, is no fault", () => {
  expect(judge()).toEqual([]);
});

test("a message that was acknowledged and is not in the log is lost", () => {
  expect(judge({ log: logOf([{ id: "a" }, { id: "b" }]) })).toEqual(["k: lost, though acknowledged: c"]);
});

test("one that is in the log twice is doubled", () => {
  expect(judge({ log: logOf([{ id: "a" }, { id: "b" }, { id: "c" }, { id: "a" }]) })).toEqual(["k: doubled: a"]);
});

test("a hole in the numbers, and a number given twice, are found", () => {
  const told = [sent[0], { id: "b", text: "b", number: 4, tries: 1 }].filter((one) => one !== undefined);
  expect(judge({ log: logOf([{ id: "a" }, { id: "b", number: 4 }]), told })).toEqual([
    "k: the log has 4 in the place of 3",
  ]);
  const [fault] = judge({ log: logOf([{ id: "a" }, { id: "b" }, { id: "c", number: 3 }]) });
  expect(fault).toBe("k: the log has 3 in the place of 4");
});

test("an earlier message behind a later one is found", () => {
  const told = [2, 4, 3].map((number, index) => ({
    id: clean[index] as string,
    text: clean[index] as string,
    number,
    tries: 1,
  }));
  expect(judge({ log: logOf([{ id: "a" }, { id: "c" }, { id: "b" }]), told })).toEqual([
    "k: overtaken by a later one: c",
  ]);
});

test("other words, another number and a message of nobody are found", () => {
  expect(judge({ log: logOf([{ id: "a", text: "?" }, { id: "b" }, { id: "c" }]) })).toEqual([
    "k: other words than sent: a",
  ]);
  const told = sent.map((one) => (one.id === "b" ? { ...one, number: 9 } : one));
  expect(judge({ told })).toEqual(["k: answered as 9, stored as 3: b"]);
  expect(judge({ log: logOf([...clean, "d"].map((id) => ({ id }))) })).toEqual(["k: nobody wrote 5"]);
});

test("a message that was stored and never answered is found", () => {
  const told = sent.map((one) => (one.id === "c" ? { ...one, number: null } : one));
  expect(judge({ told })).toEqual(["k: stored and never answered: c"]);
});

test("a reader who saw less, more or something else is found", () => {
  const log = logOf(clean.map((id) => ({ id })));
  const view = viewOf(log);
  expect(judge({ view: view.slice(0, -1) })).toEqual(["k: reader 1: saw 3 of 4 events"]);
  expect(judge({ view: [...view, ...view.slice(-1)] })).toEqual(["k: reader 1: saw 5 of 4 events"]);
  expect(judge({ view: view.with(2, { number: 3, commandId: "x" }) })).toEqual([
    "k: reader 1: saw something else in the place of 3",
  ]);
});
