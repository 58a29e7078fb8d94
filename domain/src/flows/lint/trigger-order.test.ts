import { expect, test } from "vitest";
import { background, END, finding } from "./testing/flows.ts";

const begins = (key: string, trigger: object) => background({ end: END }, { key, trigger });
const worldOf = (...flows: Record<string, unknown>[]) => ({
  flows: new Map(flows.map((flow) => [String(flow.key), flow])),
  live: new Set(flows.map(({ key }) => String(key))),
});

test("[BB12] two flows that begin on one trigger are to say which comes first", () => {
  const on = { on: "session.started" };
  const other = worldOf(begins("a.greeting", on));
  const told = (trigger: object, world: object = other) => finding(begins("a.noting", trigger), "trigger", world);
  expect(told(on)).toMatchObject({ severity: "warning", path: "/trigger/order" });
  expect(told(on)?.message).toContain("a.greeting");
  expect(told({ ...on, order: 100 })).toBeDefined();
  expect(told({ ...on, order: 10 })).toBeUndefined();
  expect(told({ on: "session.ended" })).toBeUndefined();
  expect(told(on, worldOf(begins("a.noting", on)))).toBeUndefined();
  expect(told(on, { ...other, live: new Set() })).toBeUndefined();
});

test("[BB12] flows of different channels, and of different fields of a case, do not meet", () => {
  const meeting = (one: object, two: object) =>
    finding(begins("a.noting", two), "trigger", worldOf(begins("a.greeting", one))) !== undefined;
  const of = (channels?: string[]) => ({ on: "session.started", ...(channels ? { channels } : {}) });
  expect(meeting(of(["Shop"]), of(["Bank"]))).toBe(false);
  expect(meeting(of(["Shop", "Bank"]), of(["Bank"]))).toBe(true);
  expect(meeting(of(["Shop"]), of())).toBe(true);
  expect(meeting(of(["web"]), of(["Bank"]))).toBe(true);
  const changes = (field: string) => ({ on: "case.changed", fields: [field] });
  expect(meeting(changes("status"), changes("subject"))).toBe(false);
  expect(meeting(changes("status"), changes("status"))).toBe(true);
});
