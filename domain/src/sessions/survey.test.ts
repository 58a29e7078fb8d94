import type { Answer, SurveyForm } from "@clew/contract/forms";
import { expect, test } from "vitest";
import { eventForCustomer } from "../conversations/for-customer.ts";
import { checkValue } from "../forms/check-value.ts";
import { agentActor, CUSTOMER, configurationOf, id, SYSTEM, TestWorld } from "../testing/test-world.ts";

const question = { required: false, hidden: false, editable: true };
const SURVEY: SurveyForm = {
  on: true,
  fields: [
    { ...question, key: "rating", type: "rating", label: { de: "Wie war es?", en: "How was it?" }, required: true },
    {
      ...question,
      key: "solved",
      type: "choice",
      label: { en: "Is it solved?" },
      choices: [{ value: "y", label: { en: "Yes" } }],
    },
    { ...question, key: "more", type: "longText", label: { en: "Anything else?" } },
  ],
};
const typed = (values: Record<string, Answer["value"]>): Answer[] =>
  Object.entries(values).map(([key, value]) => ({ key, value, how: "typed" }));

function served(more: Parameters<typeof configurationOf>[0] = {}) {
  const world = new TestWorld(configurationOf({ ...more, channel: { survey: SURVEY, ...more.channel } }));
  const conversationId = world.start();
  world.serve(conversationId, 1);
  const survey = () => world.state(conversationId).snapshot.session?.survey;
  const answer = (answers: Answer[] | null, sessionId = world.state(conversationId).snapshot.session?.id ?? "") =>
    world.give(CUSTOMER, { type: "survey.answer", conversationId, sessionId, answers });
  const end = (actor = agentActor(1)) => world.must(actor, { type: "session.end", conversationId });
  return { world, conversationId, survey, answer, end };
}

test("[SV2] the survey opens with the end of a session that an agent had, whoever ends it", () => {
  for (const actor of [agentActor(1), agentActor(9), CUSTOMER]) {
    const { survey, end } = served();
    expect(survey()).toBeUndefined();
    end(actor);
    expect(survey()).toBe("open");
  }
});

test("[SV2] silence that ends a session opens the survey as well", () => {
  const { world, conversationId, survey } = served();
  world.say(agentActor(1), conversationId, "Are you there?");
  world.now += 121_000;
  world.must(SYSTEM, { type: "deadline.strike", conversationId, kind: "warn" });
  world.now += 61_000;
  world.must(SYSTEM, { type: "deadline.strike", conversationId, kind: "end-inactive" });
  expect(survey()).toBe("open");
});

test("[SV2] nobody is asked after a stop word, a reset or a wait that led to nobody, nor where the channel asks nothing", () => {
  const stopped = served({ channel: { optOut: { on: true, keywords: { en: ["stop"] } } } });
  stopped.world.say(CUSTOMER, stopped.conversationId, "stop");
  expect(stopped.survey()).toBeUndefined();

  const cleared = served();
  cleared.world.must(CUSTOMER, {
    type: "session.clear",
    conversationId: cleared.conversationId,
    mode: "end",
  });
  expect(cleared.survey()).toBeUndefined();

  const unserved = new TestWorld(configurationOf({ channel: { survey: SURVEY } }));
  const waiting = unserved.start();
  unserved.must(CUSTOMER, { type: "session.end", conversationId: waiting });
  expect(unserved.session(waiting).survey).toBeUndefined();

  for (const survey of [
    { ...SURVEY, on: false },
    { ...SURVEY, fields: [] },
  ]) {
    const quiet = served({ channel: { survey } });
    quiet.end();
    expect(quiet.survey()).toBeUndefined();
    expect(quiet.answer(typed({ rating: 4 }))).toMatchObject({ refused: "form-closed" });
  }
});

test("[SV3] it is answered once; a session that runs or is another's takes no answer", () => {
  const { survey, answer, end } = served();
  expect(answer(typed({ rating: 4 }))).toMatchObject({ refused: "form-closed" });
  end();
  expect(answer(typed({ rating: 4 }), id("conversation", 77))).toMatchObject({ refused: "form-closed" });
  expect(answer(typed({ rating: 4 }))).toHaveProperty("performed");
  expect(survey()).toBe("answered");
  expect(answer(typed({ rating: 1 }))).toMatchObject({ refused: "form-closed" });
  expect(answer(null)).toMatchObject({ refused: "form-closed" });
});

test("[SV4] answers are checked, and one may say nothing at all", () => {
  const { survey, answer, end } = served();
  end();
  expect(answer(typed({ rating: 6, solved: "n", colour: "red" }))).toMatchObject({
    refused: "answers-invalid",
    extra: { fields: { rating: "not-a-choice", solved: "not-a-choice", colour: "unknown-field" } },
  });
  expect(answer([])).toMatchObject({ extra: { fields: { rating: "required" } } });
  expect(survey()).toBe("open");
  expect(answer(null)).toHaveProperty("performed");
  expect(survey()).toBe("skipped");
});

test("[SV4] a rating is a whole number from 1 to 5", () => {
  const rating = SURVEY.fields[0] as SurveyForm["fields"][number];
  const check = (value: Answer["value"]) => checkValue(rating, value, { language: "en" });
  for (const value of [1, 5, "3", "٣"]) expect(check(value).ok, String(value)).toBe(true);
  expect(check("3")).toEqual({ ok: true, value: 3 });
  for (const value of [0, 6, 2.5, "good", true]) expect(check(value), String(value)).toMatchObject({ ok: false });
});

test("[SV5] one writes on at once, and the survey is over with the next session", () => {
  const { world, conversationId, survey, answer, end } = served();
  end();
  const { id: first } = world.session(conversationId);
  world.say(CUSTOMER, conversationId, "One more thing");
  expect(survey()).toBeUndefined();
  expect(answer(typed({ rating: 4 }), first)).toMatchObject({ refused: "form-closed" });
});

test("[SV5] a closed conversation still takes the survey, also when the channel has stopped asking", () => {
  const { world, conversationId, survey, answer, end } = served({ channel: { kind: "session-based" } });
  end();
  expect(world.state(conversationId).snapshot.status).toBe("closed");
  world.configuration = configurationOf({ channel: { survey: { ...SURVEY, on: false } } });
  expect(answer(typed({ rating: 5 }))).toHaveProperty("performed");
  expect(survey()).toBe("answered");
});

test("[SV6] staff get the answers in the words of that time, customers only that there is one", () => {
  const { answer, end } = served();
  end();
  const outcome = answer(typed({ rating: 4, solved: "y", more: " " }));
  const event = "performed" in outcome ? outcome.performed.events[0] : undefined;
  expect(event).toMatchObject({
    type: "survey.answered",
    by: { who: "customer" },
    answers: [
      { key: "rating", question: "How was it?", value: 4, label: "4/5" },
      { key: "solved", question: "Is it solved?", value: "y", label: "Yes" },
    ],
  });
  const seen = event && eventForCustomer(event);
  expect(seen).toMatchObject({ type: "survey.answered", session: { survey: "answered" } });
  expect(seen).not.toHaveProperty("answers");
  expect(seen).not.toHaveProperty("staff");
});

test("[SV8] an erased conversation asks nothing and takes nothing", () => {
  const running = served();
  running.world.must(SYSTEM, { type: "conversation.erase", conversationId: running.conversationId });
  expect(running.survey()).toBeUndefined();

  const asked = served();
  asked.end();
  asked.world.must(SYSTEM, { type: "conversation.erase", conversationId: asked.conversationId });
  expect(asked.answer(typed({ rating: 4 }))).toMatchObject({ refused: "form-closed" });
});
