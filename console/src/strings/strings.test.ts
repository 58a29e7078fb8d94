import { PROBLEMS, type ProblemCode, problem } from "@clew/contract/problems";
import { expect, test } from "vitest";
import { failureText, problemText } from "./problems.ts";
import { stringsOf, t } from "./strings.ts";

test("[CO19] every problem of the closed list has a sentence", () => {
  for (const code of Object.keys(PROBLEMS) as ProblemCode[]) {
    const text = problemText(problem(code, { retryAfter: 7 }));
    expect(text, code).not.toMatch(/^problem\.|[{}]/);
    expect(text, code).toMatch(/\.$/);
  }
});

test("[CO19] whatever a verb answers or throws becomes a sentence", () => {
  const refused = problem("offer-gone");
  expect(failureText({ ok: false, problem: refused })).toBe(
    failureText(Object.assign(new Error(), { problem: refused })),
  );
  expect(failureText(new TypeError("fetch failed"))).toBe(t("problem.offline"));
});

test("[CO19] texts are filled and counted", () => {
  const s = stringsOf({ day_one: "{count} day", day_other: "{count} days", hi: "Hi {name} {other}" });
  expect([s("day", { count: 1 }), s("day", { count: 0 }), s("hi", { name: "{other}" })]).toEqual([
    "1 day",
    "0 days",
    "Hi {other} {other}",
  ]);
});
