import type { Session, SessionStaff } from "@clew/contract/sessions";
import { expect, test } from "vitest";
import { INBOX, session, staff } from "../../dev/inbox.ts";
import { scribe, talkOf } from "../../dev/talk.ts";
import { able } from "../conversation/able.ts";
import { type Notice, type TimelineItem } from "../conversation/lines.ts";
import { systemLine } from "../conversation/system-line.ts";
import { holdsOf } from "../supervision/holds-list.ts";
import { becauseText } from "./absence-text.ts";
import { clocksOf } from "./clocks.ts";
import { handOverOf } from "./hand-over.ts";

const names = { me: "bea", agent: (id: string) => ({ tom: "Tom" })[id] ?? "?", queue: () => "Orders" };
const away = { since: 0, windowUntil: 30, sameAgentUntil: 20 };
const hold = { weight: 1, until: 10 };

test("[CO23] the clocks of an absence stand in the order in which they strike; those that do not run are left out", () => {
  expect(clocksOf({ away }, { hold })).toEqual([
    { what: "capacity", at: 10 },
    { what: "same-agent", at: 20 },
    { what: "session", at: 30 },
  ]);
  expect(clocksOf({ away: { ...away, windowUntil: null, sameAgentUntil: null } }, { hold: null })).toEqual([]);
  expect(clocksOf({ away: null }, { hold })).toEqual([]);
});

test("[CO24] wait longer and release now are for the agent of an absent customer and for supervisors", () => {
  const may = (over: Partial<Session>, viewer: { agentId: string; supervisor: boolean }) => {
    const allowed = able({ session: session(over), staff: staff() as SessionStaff }, { queues: [], ...viewer });
    return [allowed.holdLonger, allowed.release];
  };
  const bea = { agentId: "bea", supervisor: false };
  expect(may({ away }, bea)).toEqual([true, true]);
  expect(may({ away: { ...away, windowUntil: null, sameAgentUntil: null } }, bea)).toEqual([false, true]);
  expect(may({ away: null }, bea)).toEqual([false, false]);
  expect(may({ away }, { agentId: "tom", supervisor: false })).toEqual([false, false]);
  expect(may({ away }, { agentId: "sam", supervisor: true })).toEqual([true, true]);
  expect(may({ away, agent: null, status: "inactive" }, { agentId: "sam", supervisor: true })).toEqual([true, false]);
});

const returned = INBOX.find(({ conversationId }) => conversationId === "returned");
if (!returned) throw new Error("the sketches have lost Jo");
const talk = talkOf(returned);
const input = { timeline: talk, sessionId: returned.session.id, previousAgentId: "tom", me: "bea" };

test("[CO25] the hand-over tells who served before, why it moved, and what was said last before the customer went", () => {
  const handOver = handOverOf(input);
  expect(handOver).toMatchObject({ previousAgentId: "tom", because: "agent-busy" });
  expect(handOver?.customerSaid?.text).toContain("zip of my jacket");
  expect(handOver?.agentSaid?.text).toContain("send a new one");
  expect(becauseText("agent-busy", "tom", names)).toBe("Tom was busy when the customer came back");
  expect(becauseText("agent-busy", "bea", names)).toBe("you were busy when the customer came back");
});

test("[CO25] there is no hand-over for the agent from before, without a return, or once one has answered", () => {
  expect(handOverOf({ ...input, me: "tom" })).toBeNull();
  expect(handOverOf({ ...input, previousAgentId: null })).toBeNull();
  expect(handOverOf({ ...input, sessionId: "another" })).toBeNull();
  const log = scribe(0);
  log.say({ who: "agent", id: "bea", name: "Bea" }, "Hello Jo");
  expect(handOverOf({ ...input, timeline: [...talk, ...log.timeline] })).toBeNull();
});

test("[CO25] when the promise had ended before the return, its end is the reason", () => {
  const why = (how: "expired" | "released") => {
    const log = scribe(0);
    log.note("hold.ended", { who: "system" }, { session: returned.session, what: "same-agent", how });
    log.note("customer.returned", { who: "customer" }, { session: returned.session, outcome: "waiting", awayFor: 5 });
    return handOverOf({ ...input, timeline: log.timeline as TimelineItem[] })?.because;
  };
  expect([why("expired"), why("released")]).toEqual(["window-over", "released"]);
});

test("[CO26] going, waiting longer, letting go and coming back are told with outcome and reason", () => {
  const told = talk.flatMap((item) =>
    item.kind === "notice" && /^(customer|hold)\./.test(item.event.type)
      ? systemLine(item.event as Notice, names).text.replace(/until \d\d:\d\d/, "until …")
      : [],
  );
  expect(told).toEqual([
    "The customer’s connection is gone: the session waits until …",
    "Tom prolonged the wait for the customer: until …",
    "The place kept for the customer is free again",
    "The customer is back after 10:00; somebody else takes over: Tom was busy when the customer came back",
  ]);
});

test("[CO25] a customer who waits for the agent from before is not said to go to somebody else", () => {
  const event = talk.map(({ event }) => event as Notice).find(({ type }) => type === "customer.returned");
  if (event?.type !== "customer.returned") throw new Error("the sketches have lost the return");
  const waits = { ...event, staff: { ...staff(), previousAgentId: "bea", targetAgentId: "bea" } as SessionStaff };
  expect(systemLine(waits, names).text).toMatch(/and waits for you alone: you were busy when the customer came back$/);
});

const back = { agent: null, status: "waiting" as const, waitingSince: 5, keptUntil: 20 };
const kept = { agentId: "bea", weight: 1, until: 20 };

test("[KP13] a customer who is back and whose place is kept stands in the list of holds, with what is kept of what is wanted", () => {
  const item = { ...returned, session: session(back), staff: staff({ weight: 2, kept }) };
  const without = { ...item, conversationId: "without", staff: staff({ kept: null }) };
  expect(holdsOf([without, item])).toMatchObject([
    { conversationId: "returned", agentId: "bea", back: true, since: 5, kept: true, hold: kept, weight: 2 },
  ]);
  expect(clocksOf(back as never, { kept })).toEqual([{ what: "capacity", at: 20 }]);
  expect(clocksOf({ away }, { hold, kept })).toMatchObject([{ at: 20 }, { at: 20 }, { at: 30 }]);
});

test("[KP13] release now is for the agent who keeps the place and for supervisors", () => {
  const may = (agentId: string, supervisor = false) =>
    able({ session: session(back), staff: staff({ kept }) as SessionStaff }, { queues: [], agentId, supervisor })
      .release;
  expect([may("bea"), may("tom"), may("sam", true)]).toEqual([true, false, true]);
});

test("[KP13] the log says for whom the customer waits, until when a place is kept, and why", () => {
  const event = talk.map((one) => one.event as Notice).find(({ type }) => type === "customer.returned");
  if (event?.type !== "customer.returned") throw new Error("the sketches have lost the return");
  const line = (agentId: string) => {
    const of = { previousAgentId: agentId, targetAgentId: agentId, kept: { ...kept, agentId } };
    return systemLine({ ...event, staff: { ...staff(), ...of } as SessionStaff }, names).text;
  };
  expect(line("bea")).toMatch(/and waits for you, with a place kept until \d\d:\d\d: you were busy/);
  expect(line("tom")).toMatch(/and waits for Tom, who keeps a place for them until \d\d:\d\d: Tom was busy/);
});
