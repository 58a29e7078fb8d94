import { expect, test } from "vitest";
import { age, left, length } from "./ages.ts";

const HOUR = 3_600_000;

test("[CO2] an age is told in its largest unit", () => {
  const now = new Date(2026, 4, 20, 12).getTime();
  expect([59_000, 60_000, HOUR, 47 * HOUR, 6 * 24 * HOUR].map((ago) => age(now - ago, now))).toEqual([
    "now",
    "1m",
    "1h",
    "1d",
    "6d",
  ]);
  expect(age(now - 8 * 24 * HOUR, now)).toBe("12 May");
  expect(age(now + 5000, now)).toBe("now");
});

test("[CO15] a countdown ends at zero when the time has come, not a second before", () => {
  expect([left(61_000, 0), left(1, 0), left(0, 0), left(0, 9000), left(2 * HOUR, 0)]).toEqual([
    "1:01",
    "0:01",
    "0:00",
    "0:00",
    "2:00:00",
  ]);
  expect([length(999), length(61_999), length(-5)]).toEqual(["0:00", "1:01", "0:00"]);
});
