import { describe, expect, it } from "vitest";
import type { Blocked } from "./run.ts";
import { flowOf, typed } from "./testing/flow-of.ts";
import { play } from "./testing/play.ts";

const HOUR = 3_600_000;
const waitsOf = (story: ReturnType<typeof play>) => (story.run.blocked as Extract<Blocked, { kind: "wait" }>).waits;
const ends = { yes: { type: "end", out: { how: "yes", data: "=got" } }, no: { type: "end", out: { how: "no" } } };
const waiting = (any: object[], more: object = {}) =>
  flowOf({ wait: { type: "wait", any }, ...ends }, { vars: typed({ got: "map?" }), ...more });

describe("waits", () => {
  it("[FE14] the first branch to come is taken, and the others are gone", () => {
    const flow = waiting([
      { event: "case.paid", key: "{{'k1'}}", into: "got", next: "yes" },
      { after: "PT24H", next: "no" },
    ]);
    const paid = play({ flow });
    expect(waitsOf(paid)).toEqual([
      { branch: "any/0", event: { type: "case.paid", key: "k1" } },
      { branch: "any/1", dueAt: paid.given.now + 24 * HOUR },
    ]);
    expect(paid.event("case.paid", { amount: 5 })).toBe(true);
    expect(paid.run.out).toEqual({ how: "yes", data: { amount: 5 } });
    const late = play({ flow });
    const { id } = late.run.blocked as { id: string };
    late.pass(24 * HOUR);
    expect(late.run).toMatchObject({ status: "completed", out: { how: "no" } });
    expect(late.put({ type: "event", id, branch: "any/0", data: null })).toBe(false);
  });

  it("[FE14] an event for which its condition is not true does not end the wait", () => {
    const flow = waiting([
      { event: "case.paid", key: "k", when: "=event.amount > 10", into: "got", next: "yes" },
      { after: "PT1H", next: "no" },
    ]);
    const story = play({ flow });
    story.event("case.paid", { amount: 5 });
    expect(story.run.status).toBe("waiting");
    story.event("case.paid", { amount: 11 });
    expect(story.run.out).toMatchObject({ how: "yes" });
  });

  it("[FE14] an event cannot take a branch of time, nor time a branch of events, nor anything one that is not there", () => {
    const flow = waiting([
      { event: "case.paid", key: "k", next: "yes" },
      { after: "PT1H", next: "no" },
    ]);
    const { run, put } = play({ flow });
    const { id } = run.blocked as { id: string };
    expect(put({ type: "event", id, branch: "any/1", data: null })).toBe(false);
    expect(put({ type: "due", id, branch: "any/0" })).toBe(false);
    expect(put({ type: "due", id, branch: "any/7" })).toBe(false);
    expect(put({ type: "due", id: "another", branch: "any/1" })).toBe(false);
    expect(put({ type: "due", id, branch: "any/1" })).toBe(true);
  });

  it("[FE14] until a moment, and for so much of business hours, which are asked of who knows them", () => {
    const at = play({
      flow: waiting([{ at: "=when", next: "yes" }], { inputs: typed({ when: "datetime" }) }),
      inputs: { when: "2027-02-01T10:00:00Z" },
    });
    expect(waitsOf(at)[0]?.dueAt).toBe(Date.parse("2027-02-01T10:00:00Z"));
    const hours = play({ flow: waiting([{ businessHours: "PT4H", hours: "Office", next: "yes" }]) });
    const { now } = hours.given;
    expect(waitsOf(hours)[0]).toEqual({
      branch: "any/0",
      dueAt: now + 8 * HOUR,
      hours: { name: "Office", length: 4 * HOUR, from: now },
    });
    const nowhere = play({ flow: waiting([{ at: "tomorrow", next: "yes" }]) });
    expect(nowhere.run.fault?.code).toBe("expr");
  });

  it("[E13] days are those of the calendar, hours are hours: over the end of summer time they part by one", () => {
    const flow = waiting([
      { after: "P3D", next: "yes" },
      { after: "PT72H", next: "no" },
    ]);
    const story = play({ flow, now: Date.parse("2026-10-23T12:00:00+02:00") });
    expect(waitsOf(story).map(({ dueAt }) => new Date(dueAt ?? 0).toISOString())).toEqual([
      "2026-10-26T11:00:00.000Z",
      "2026-10-26T10:00:00.000Z",
    ]);
    const spring = play({ flow, now: Date.parse("2027-03-27T02:30:00+01:00") });
    expect(waitsOf(spring).map(({ dueAt }) => new Date(dueAt ?? 0).toISOString())).toEqual([
      "2027-03-30T00:30:00.000Z",
      "2027-03-30T01:30:00.000Z",
    ]);
  });

  it("[FE14] a length beyond any calendar is a fault", () => {
    expect(play({ flow: waiting([{ after: "P999999Y", next: "yes" }]) }).run.fault?.code).toBe("expr");
  });
});

describe("routes", () => {
  const flow = flowOf(
    {
      route: {
        type: "route",
        to: { previousAgent: {} },
        waitMax: "PT2M",
        next: "yes",
        timeout: "no",
        unavailable: "gone",
      },
      ...ends,
      gone: { type: "end", out: { how: "gone" } },
    },
    { kind: "routing", vars: typed({ got: "map?" }) },
  );

  it("[R10] nobody there: the way for that at once; somebody busy: so long at most, and not the routing flow's own time", () => {
    expect(play({ flow, doers: { route: () => ({ outcome: "unavailable" }) } }).run.out).toEqual({ how: "gone" });
    const busy = () => play({ flow, doers: { route: () => ({}) } });
    const taken = busy();
    expect(taken.run.deadlineAt).toBe(taken.given.now + 150_000);
    taken.event("session.assigned", { agentId: "a" });
    expect(taken.run.out).toMatchObject({ how: "yes" });
    const late = busy();
    late.pass(119_999);
    expect(late.run.status).toBe("waiting");
    late.pass(1);
    expect(late.run.out).toEqual({ how: "no" });
  });
});
