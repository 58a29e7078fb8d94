import { expect, test } from "vitest";
import { session } from "../../dev/inbox.ts";
import { scribe, talkOfAna } from "../../dev/talk.ts";
import { linesOf } from "./lines.ts";

const CUSTOMER = { who: "customer" as const, id: "c" };
const BEA = { who: "agent" as const, id: "bea", name: "Bea" };
const SYSTEM = { who: "system" as const };
const NOON = new Date(2026, 4, 12, 12).getTime();
const kinds = (lines: { kind: string }[]) => lines.map(({ kind }) => kind);

test("[CO5] a line between sessions tells who ended the one before", () => {
  const lines = linesOf(talkOfAna(), null).filter((line) => line.kind === "session");
  expect(lines.map(({ number, ended, reason }) => ({ number, by: ended?.by ?? null, reason }))).toEqual([
    { number: 1, by: null, reason: "first" },
    { number: 2, by: "customer", reason: "customer-wrote" },
  ]);
});

test("[CO6] the unread line stands before what was unread on opening, and does not grow", () => {
  const log = scribe(NOON);
  log.say(CUSTOMER, "one");
  log.say(CUSTOMER, "two");
  log.say(CUSTOMER, "three, come while one reads");
  const lines = linesOf(log.timeline, { after: 1, upTo: 2 });
  expect(kinds(lines)).toEqual(["day", "written", "unread", "written", "written"]);
  expect(lines.find((line) => line.kind === "unread")).toMatchObject({ count: 1 });
});

test("[CO6] the unread line goes when one of us answers, and a note is no answer", () => {
  const log = scribe(NOON);
  log.say(CUSTOMER, "one");
  log.say(BEA, "only for us", { note: true });
  expect(kinds(linesOf(log.timeline, { after: 0, upTo: 1 }))).toContain("unread");
  log.say(BEA, "here I am");
  expect(kinds(linesOf(log.timeline, { after: 0, upTo: 1 }))).not.toContain("unread");
});

test("[CO7] an offer is told while it is open, then its outcome alone", () => {
  const log = scribe(NOON);
  log.note("session.offered", SYSTEM, { session: session(), agentId: "bea", offerId: "o", dueAt: 0 }, "staff");
  expect(kinds(linesOf(log.timeline, null))).toEqual(["day", "notice"]);
  log.note("session.assigned", BEA, { session: session(), how: "accepted" });
  const notices = linesOf(log.timeline, null).filter((line) => line.kind === "notice");
  expect(notices.map(({ event }) => event.type)).toEqual(["session.assigned"]);
});

test("[CO9] messages of one person stand together, but no note among them and no gap of minutes", () => {
  const log = scribe(NOON);
  log.say(BEA, "a");
  log.say(BEA, "b");
  log.say(BEA, "n", { note: true });
  log.wait(10 * 60_000);
  log.say(BEA, "c");
  const written = linesOf(log.timeline, null).filter((line) => line.kind === "written");
  expect(written.map(({ first, last }) => [first, last])).toEqual([
    [true, false],
    [false, true],
    [true, true],
    [true, true],
  ]);
});

test("[CO5] a day is headed once", () => {
  const log = scribe(NOON);
  log.say(CUSTOMER, "today");
  log.wait(24 * 60 * 60_000);
  log.say(CUSTOMER, "tomorrow");
  expect(kinds(linesOf(log.timeline, null))).toEqual(["day", "written", "day", "written"]);
});
