import { expect, test } from "vitest";
import { durationInWords, splitDuration } from "./duration.ts";

test("[AD20] a length of time is read in its two largest units", () => {
  expect(durationInWords(0)).toBe("0 seconds");
  expect(durationInWords(1000)).toBe("1 second");
  expect(durationInWords(90_000)).toBe("1 minute 30 seconds");
  expect(durationInWords(5_400_000)).toBe("1 hour 30 minutes");
  expect(durationInWords(90_061_000)).toBe("1 day 1 hour");
});

test("[AD20] a length of time is edited in the largest unit that keeps it whole", () => {
  expect(splitDuration(120_000)).toEqual({ amount: 2, unit: "minute" });
  expect(splitDuration(90_000)).toEqual({ amount: 90, unit: "second" });
  expect(splitDuration(86_400_000)).toEqual({ amount: 1, unit: "day" });
  expect(splitDuration(0)).toEqual({ amount: 0, unit: "second" });
});
