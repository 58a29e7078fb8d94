import { expect, test } from "vitest";
import { MOST_ASIDES } from "../asking/aside.ts";
import { checkOneAnswer } from "../screens/check.ts";
import { flowOf } from "./testing/flow-of.ts";
import { play } from "./testing/play.ts";

const DAY = { id: "day", kind: "date" };

function asked(expected: object, attempts = 1) {
  const ask = { type: "ask", text: "Which?", expect: expected, attempts, next: "done", gaveUp: "gone" };
  const flow = flowOf({
    ask,
    done: { type: "end", out: { got: "=ask" } },
    gone: { type: "end", out: { got: "nothing" } },
  });
  const story = play({ flow, doers: { "message.send": () => ({}) }, checkAnswer: checkOneAnswer });
  return {
    story,
    says: (text: string, toAgent = false) => story.event("message.received", { text, ...(toAgent && { toAgent }) }),
    get said() {
      return story.done.map((one) => (one.do === "message.send" ? one.text : one.do));
    },
    get out() {
      return story.run.out.got;
    },
  };
}

test("[FA28] who asks back has not answered wrongly: no attempt is lost, for so long", () => {
  const question = asked(DAY);
  for (let asides = 0; asides < MOST_ASIDES; asides += 1) question.says("What for?");
  expect(question.said).toEqual([
    "Which?",
    ...Array.from(
      { length: MOST_ASIDES },
      () => "Our team can read this. To go on, please answer this question:\n\nWhich?",
    ),
  ]);
  expect(question.story.run.status).toBe("waiting");
  question.says("What for?");
  expect(question.out).toBe("nothing");
  const words = asked({ id: "why", kind: "text" });
  words.says("Where is it?");
  expect(words.out).toEqual({ why: "Where is it?" });
});

test("[FA29] what is said to an agent is no attempt, and the question is put behind it once; what fits is the answer", () => {
  const question = asked(DAY);
  for (let words = 0; words < 9; words += 1) question.says("I am looking for it", true);
  expect(question.said).toHaveLength(2);
  question.says("2026-12-24", true);
  expect(question.out).toEqual({ day: "2026-12-24" });
});

test("[FA30] where any words would do, what is said to an agent is the answer once the customer says so", () => {
  const question = asked({ id: "name", kind: "text" });
  question.says("Ana Sol", true);
  expect(question.said.at(-1)).toBe("Is “Ana Sol” your answer here? Reply yes, or answer the question:\n\nWhich?");
  question.says("yes");
  expect(question.out).toEqual({ name: "Ana Sol" });
  const other = asked({ id: "name", kind: "text" });
  other.says("thanks a lot", true);
  other.says("No");
  expect(other.said.at(-1)).toContain("Our team can read this");
  other.says("Bea");
  expect(other.out).toEqual({ name: "Bea" });
});

test("[FA31] a question that need not be answered says by which word, and takes it for none", () => {
  const question = asked({ ...DAY, required: false });
  expect(question.said).toEqual(["Which?\nYou may leave this out: reply “skip”."]);
  question.says("Skip.");
  expect(question.out).toEqual({ day: null });
  const needed = asked({ id: "name", kind: "text" });
  needed.says("skip");
  expect(needed.out).toEqual({ name: "skip" });
  const options = [{ value: "none", label: "None" }];
  const option = asked({ id: "which", kind: "choice", required: false, options });
  option.says("none");
  expect(option.out).toEqual({ which: "none" });
});
