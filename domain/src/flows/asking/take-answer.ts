import { type DraftField, draftAnswers, type FormDraft, fieldParts } from "../cowork/draft.ts";
import { placeOf } from "../cowork/place.ts";
import { setField } from "../cowork/rules.ts";
import type { Value } from "../expressions/expression.ts";
import { escaped } from "../expressions/harmless.ts";
import type { Question } from "../screens/components.ts";
import { fromText } from "../screens/from-text.ts";
import { checkPage } from "../screens/page.ts";
import { problemText } from "../screens/problem-text.ts";
import { asksBack, MOST_ASIDES, offerable, takesAnyWords, yesOrNo } from "./aside.ts";
import { type Asking, MOST_TRIES, NOT_ASKED_YET } from "./asking.ts";
import { type AskedForm, type Next, nextQuestion } from "./next-question.ts";
import { leadingWords } from "./question-text.ts";
import { answersToReview } from "./review.ts";
import { isOneOf, wordsOf } from "./words.ts";

/** What the customer wrote: the event's number and the id that stands for it. */
export type Heard = {
  text: string;
  number: number;
  op: string;
  customerId: string;
  /** What another system has against the answer that it is. */
  refused?: string | null;
  /** It was said right behind an agent's words, and may be meant for the agent. */
  toAgent?: boolean;
};
/** `aside`: it was no answer and is none that does not fit either. `offered`: it may be meant as one. */
type Step = { draft: FormDraft; before?: string; then?: "send" | "cancel"; aside?: true; offered?: string };

/**
 * The customer's words as the answer to what is being asked. Words that lead away (back, cancel, send) count only where
 * they are no answer of a choice. The draft says how far the asking has come; what was taken before changes nothing.
 */
export function takeAnswer(asked: AskedForm, heard: Heard): FormDraft {
  const { draft, next } = nextQuestion(asked);
  const was = draft.asking ?? NOT_ASKED_YET;
  const step = unlessAside(answered({ ...asked, draft }, next, heard), { heard, was, locale: asked.shown.locale });
  // Customer and agent talk: the question was put behind it once, and stands.
  if (step.aside && heard.toAgent && step.offered === undefined && was.asides) return asked.draft;
  const before = step.before ?? null;
  const tries = before === null ? 0 : was.tries + (step.aside ? 0 : 1);
  const aside = step.aside ? { asides: (was.asides ?? 0) + 1 } : before === null ? {} : { asides: was.asides ?? 0 };
  const offered = step.offered === undefined ? {} : { offered: step.offered };
  const settled = (then: Asking["then"], on: FormDraft = step.draft): FormDraft => ({
    ...on,
    seq: on.seq + 1,
    asking: { heard: heard.number, then, before, tries, ...aside, ...offered },
  });
  if (tries >= MOST_TRIES) return settled("give-up");
  if (step.then) return settled(step.then);
  const further = nextQuestion({ ...asked, draft: step.draft });
  return settled(further.next.ask === "nothing" ? "send" : "ask", further.draft);
}

/** What does not fit and was asked back, or said to an agent, is no try: the question is put once more. */
function unlessAside(step: Step, { heard, was, locale }: { heard: Heard; was: Asking; locale: string }): Step {
  if (step.before === undefined || step.aside) return step;
  const asks = asksBack(heard.text) && (was.asides ?? 0) < MOST_ASIDES;
  return heard.toAgent || asks ? { ...step, before: wordsOf(locale).aside, aside: true } : step;
}

function answered(asked: AskedForm, next: Next, heard: Heard): Step {
  const { draft, shown } = asked;
  if (next.ask === "nothing") return { draft, then: "send" };
  const screen = next.place.step?.screen;
  const says = (button: "back" | "cancel" | "next") =>
    screen !== undefined && isOneOf(heard.text, leadingWords(screen, button, next.place.step?.scope ?? {}, shown));
  if (next.ask === "field" && isOption(next, heard.text)) return fill(asked, next, heard);
  if (says("cancel")) return { draft, then: "cancel" };
  if (says("back")) return { draft: withoutLast(draft) };
  switch (next.ask) {
    case "field":
      return maybeMeant(asked, next, heard) ?? fill(asked, next, heard);
    case "more":
      return another(asked, next, heard);
    case "review": {
      if (says("next")) return { draft, then: "send" };
      const one = answersToReview(asked, next.place)[Number(fromNumber(heard.text)) - 1];
      if (one) return { draft: without(draft, [one.field]) };
      return { draft, before: problemText({ code: "choice" }, shown.locale) };
    }
  }
}

function isOption({ at: { options = [] } }: Extract<Next, { ask: "field" }>, text: string): boolean {
  return options.some(({ label, value }) => isOneOf(text, [label, value]));
}

/** Where any words would do, what was said to an agent is asked about first; null: these words are an answer. */
function maybeMeant(asked: AskedForm, next: Extract<Next, { ask: "field" }>, heard: Heard): Step | null {
  const { draft, shown } = asked;
  const words = wordsOf(shown.locale);
  const { question } = next.at;
  if (question.kind === "repeat" || !takesAnyWords(question, false)) return null;
  const { offered } = draft.asking ?? NOT_ASKED_YET;
  const sure = offered === undefined || heard.toAgent ? null : yesOrNo(heard.text, shown);
  if (offered !== undefined && sure) return fill(asked, next, { ...heard, text: offered });
  if (sure === false) return { draft, before: words.aside, aside: true };
  if (!heard.toAgent || isOneOf(heard.text, words.skip)) return null;
  const offer = offerable(heard.text, shown);
  if (offer === null) return { draft, before: words.aside, aside: true };
  return { draft, before: words.offer.replace("#", () => escaped(offer, "markdown")), aside: true, offered: offer };
}

function fill(asked: AskedForm, next: Extract<Next, { ask: "field" }>, heard: Heard): Step {
  const { draft, shown } = asked;
  const { at, field } = next;
  const { question } = at;
  if (question.kind === "repeat") return { draft };
  const skips =
    isOneOf(heard.text, wordsOf(shown.locale).skip) && !(question.kind === "choice" && isOption(next, heard.text));
  const meant = skips ? at.value : (fromText(question, heard.text, at.seen, shown) as Value);
  const set = written(asked, { field, value: meant, question }, heard);
  if ("problem" in set) return { draft, before: set.problem };
  const wrong = problemAt({ ...asked, draft: set.draft }, next) ?? heard.refused ?? null;
  return wrong === null ? { draft: set.draft } : { draft, before: escaped(wrong, "markdown") };
}

/** One more item of a repeat, or no further one: its list is then known to be whole. */
function another(asked: AskedForm, { at, field }: Extract<Next, { ask: "more" }>, heard: Heard): Step {
  const { draft, shown } = asked;
  const meant = fromText({ id: "more", kind: "boolean" }, heard.text, {}, shown);
  if (typeof meant !== "boolean") return { draft, before: problemText({ code: "yes-or-no" }, shown.locale) };
  const list = Array.isArray(at.value) ? (at.value as readonly Value[]) : [];
  const set = written(asked, { field, value: meant ? [...list, {}] : list, question: at.question }, heard);
  if ("problem" in set) return { draft, before: set.problem };
  const held = set.draft.fields.get(field);
  if (meant || !held) return { draft: set.draft };
  return { draft: { ...set.draft, fields: new Map(set.draft.fields).set(field, { ...held, status: "valid" }) } };
}

function written(
  { draft, shown }: AskedForm,
  { field, value, question }: { field: string; value: Value; question: Question },
  { op, customerId }: Heard,
): { draft: FormDraft } | { problem: string } {
  const outcome = setField(
    draft,
    { act: "set", op, field, value, base: draft.seq },
    { role: "customer", id: customerId, name: "", now: shown.now, question, leased: false, maySuggest: false, shown },
  );
  if ("draft" in outcome) return { draft: outcome.draft };
  if ("known" in outcome) return { draft };
  return { problem: problemText({ code: outcome.reject === "too-large" ? "too-long" : "text" }, shown.locale) };
}

/** What is wrong about the answer as the whole page sees it, in words. */
function problemAt({ draft, shown }: AskedForm, { place, id, node }: Extract<Next, { ask: "field" }>): string | null {
  const { step } = place;
  if (!step) return null;
  const answers = draftAnswers(draft)[node] ?? {};
  const { problems } = checkPage(step.screen.components, answers, { scope: step.scope, shown, held: answers });
  const problem = problems[id];
  return problem ? problemText(problem, shown.locale) : null;
}

/** The draft without the answer that the customer gave last, and without the pages that were passed since. */
function withoutLast(draft: FormDraft): FormDraft {
  const own = [...draft.fields.values()].filter(({ by, op }) => by === "customer" && op !== null);
  const last = own.sort((a, b) => b.seq - a.seq)[0];
  return last ? without(draft, [last.field]) : draft;
}

/** The draft with these questions open again. */
export function without(draft: FormDraft, fields: readonly string[]): FormDraft {
  const left = new Map([...draft.fields].filter(([field]) => !fields.includes(field)));
  const nodes = new Set(fields.map((field) => fieldParts(field)?.node));
  const passed = draft.sent.findIndex((node) => nodes.has(node));
  const sent = passed < 0 ? draft.sent : draft.sent.slice(0, passed);
  return { ...draft, seq: draft.seq + 1, fields: left, sent };
}

/** Sent back: what is named is asked again, without a name all of it. Answers given since stay, also those left blank. */
export function askAgain(
  asked: AskedForm,
  { number, text, fields }: { number: number; text: string; fields: readonly string[] },
): FormDraft {
  const { draft } = asked;
  if ((draft.asking?.heard ?? 0) >= number) return draft;
  const named = (field: string) =>
    fields.length === 0 || fields.some((one) => field === one || field.startsWith(`${one}/`));
  const held = new Map(draft.fields);
  for (const blank of blankIn(asked)) if (!named(blank.field)) held.set(blank.field, blank);
  const again = [...held.values()].filter(({ field, op }) => op === null && named(field)).map(({ field }) => field);
  return { ...without({ ...draft, fields: held }, again), asking: { ...NOT_ASKED_YET, heard: number, before: text } };
}

/** Questions of the way through the form that were left without an answer, which what is sent does not keep. */
function blankIn({ form, inputs, draft, shown }: AskedForm): DraftField[] {
  const { path } = placeOf(form, inputs, draft, shown);
  return [...path.steps, ...(path.current ? [path.current] : [])].flatMap(({ node, screen, scope }) => {
    const answers = draftAnswers(draft)[node] ?? {};
    const { fields } = checkPage(screen.components, answers, { scope, shown, held: answers });
    return [...fields].flatMap(([id, { question, value }]): DraftField[] => {
      const field = `${node}.${id}`;
      if (question.kind === "repeat" || value !== null || draft.fields.has(field)) return [];
      const own = { by: "customer", source: "typed", status: "empty" } as const;
      return [{ field, value: null, seq: draft.seq, byId: null, at: shown.now, op: null, ...own }];
    });
  });
}

/** Answers that were refused when they were sent are asked again, with what was wrong. */
export function askRefused(draft: FormDraft, problems: Readonly<Record<string, string>>): FormDraft {
  const asking = draft.asking ?? NOT_ASKED_YET;
  const before = escaped([...new Set(Object.values(problems))].join(" "), "markdown");
  return {
    ...without(draft, Object.keys(problems)),
    asking: { ...asking, then: "ask", before, tries: asking.tries + 1 },
  };
}

function fromNumber(text: string): string {
  return /^\s*(\d{1,3})/u.exec(text.normalize("NFKC"))?.[1] ?? "";
}
