import { expect, test } from "vitest";
import { spanText } from "./span.ts";

test("[MT5] a length of time is told in its largest unit, whatever its size", () => {
  const minute = 60_000;
  const spans = [0, 999, 1_000, 59_999, minute, 59 * minute, 60 * minute, 23 * 60 * minute, 24 * 60 * minute];
  expect(spans.map(spanText)).toEqual(["<1s", "<1s", "1s", "59s", "1m", "59m", "1h", "23h", "1d"]);
  expect(spanText(400 * 24 * 60 * minute)).toBe("400d");
});
