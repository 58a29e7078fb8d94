import { expect, test } from "vitest";
import { systemIds } from "./clock.ts";

test("[D15] ids made by one process rise, also within a millisecond and when the clock steps back", () => {
  const times = [1_700_000_000_000, 1_700_000_000_000, 1_699_999_999_000];
  let asked = 0;
  const ids = systemIds({ now: () => times[Math.min(Math.floor(asked++ / 5000), 2)] ?? 0 });
  const made = Array.from({ length: 15_000 }, () => ids.next());
  expect(made).toEqual([...made].sort());
  expect(new Set(made).size).toBe(made.length);
  expect(made[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
