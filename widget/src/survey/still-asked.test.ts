import { expect, test } from "vitest";
import { stillAsked } from "./still-asked.ts";

const FIRST = "01a1fcbc-a7bf-7000-a052-e7314395bd19";
const SECOND = "01a1fcbd-0000-7000-a052-e7314395bd19";
const drafts = { name: "Ana", [`${FIRST}.rating`]: 2 };

test("[SV7] a tab that has not heard of the end, or of the session, keeps what another has filled in", () => {
  const later = { ...drafts, [`${SECOND}.rating`]: 4 };
  for (const survey of [undefined, "open"] as const) {
    expect(stillAsked(drafts, { id: FIRST, survey })).toBe(drafts);
    expect(stillAsked(later, { id: SECOND, survey })).toEqual({ name: "Ana", [`${SECOND}.rating`]: 4 });
  }
  expect(stillAsked(later, { id: FIRST })).toBe(later);
});

test("[SV5] [SV7] what was filled in for a survey that is over is kept no longer", () => {
  expect(stillAsked(drafts, { id: FIRST, survey: "answered" })).toEqual({ name: "Ana" });
  expect(stillAsked(drafts, { id: FIRST, survey: "skipped" })).toEqual({ name: "Ana" });
  expect(stillAsked(drafts, { id: SECOND })).toEqual({ name: "Ana" });
});
