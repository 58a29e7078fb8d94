import { expect, test } from "vitest";
import { announcements, type News } from "./announcements.ts";

test("[FS25] news are gathered and told at most once in five seconds", () => {
  let now = 0;
  let due: { at: number; act: () => void } | null = null;
  const told: [number, News][] = [];
  const clock = {
    now: () => now,
    after: (milliseconds: number, act: () => void) => {
      due = { at: now + milliseconds, act };
      return () => {
        due = null;
      };
    },
  };
  const teller = announcements(clock, (news) => told.push([now, news]));
  const pass = (milliseconds: number) => {
    const until = now + milliseconds;
    while (due && due.at <= until) {
      now = due.at;
      const { act } = due;
      due = null;
      act();
    }
    now = until;
  };
  teller.hear({ suggested: 0, filled: 0, hint: "" });
  expect(due).toBeNull();
  teller.hear({ suggested: 1 });
  pass(500);
  teller.hear({ suggested: 1, filled: 1 });
  pass(700);
  teller.hear({ hint: "look" });
  pass(10_000);
  expect(told).toEqual([
    [1_000, { suggested: 2, filled: 1, hint: "" }],
    [6_000, { suggested: 0, filled: 0, hint: "look" }],
  ]);
  teller.hear({ filled: 1 });
  teller.stop();
  pass(10_000);
  expect(told).toHaveLength(2);
});
