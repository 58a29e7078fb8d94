import { expect, test } from "vitest";
import { openTime } from "./open-time.ts";

const NINE_TO_FIVE = [{ from: 540, to: 1020 }];
const OFFICE = {
  name: "Office",
  timeZone: "Europe/Vienna",
  week: [NINE_TO_FIVE, NINE_TO_FIVE, NINE_TO_FIVE, NINE_TO_FIVE, NINE_TO_FIVE, [], []],
  exceptions: [],
};
const at = (text: string) => Date.parse(text);

test("[HO9] so much open time from a moment on ends where the office has been open so long, over nights and weekends", () => {
  expect(openTime(OFFICE, 3_600_000, at("2026-03-27T10:00:00+01:00"))).toBe(at("2026-03-27T11:00:00+01:00"));
  expect(openTime(OFFICE, 2 * 3_600_000, at("2026-03-27T16:00:00+01:00"))).toBe(at("2026-03-30T10:00:00+02:00"));
  expect(openTime(OFFICE, 0, at("2026-03-28T10:00:00+01:00"))).toBe(at("2026-03-30T09:00:00+02:00"));
});

test("[HO9] hours that never open end no wait", () => {
  expect(
    openTime({ ...OFFICE, week: Array.from({ length: 7 }, () => []) }, 60_000, at("2026-03-27T10:00:00+01:00")),
  ).toBeNull();
  expect(openTime(null, 60_000, 0)).toBeNull();
});
