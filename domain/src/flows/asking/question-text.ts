import type { Component } from "@clew/contract/flows/components";
import type { NodeOf } from "@clew/contract/flows/definition";
import type { Value } from "../expressions/expression.ts";
import { escaped } from "../expressions/harmless.ts";
import { answerText } from "../screens/answer-text.ts";
import { holds, readable } from "../screens/evaluated.ts";
import { most } from "../screens/normalise.ts";
import type { PageField } from "../screens/page.ts";
import { type Shown, screenText } from "../screens/present.ts";
import { privacyOf } from "../screens/privacy.ts";
import type { AskedForm, Next } from "./next-question.ts";
import { answersToReview } from "./review.ts";
import { type Words, wordsOf } from "./words.ts";

type Seen = Readonly<Record<string, Value>>;
type Screen = Pick<NodeOf<"screen">, "buttons" | "components" | "title">;

/** The words that lead away from a question on this screen: its buttons' own, and those that everybody knows. */
export function leadingWords(
  { buttons }: Screen,
  button: "back" | "cancel" | "next",
  seen: Seen,
  shown: Shown,
): string[] {
  const written = buttons?.[button];
  if (written === false) return [];
  const usual = wordsOf(shown.locale)[button === "next" ? "send" : button];
  if (written === undefined || written === true) return usual;
  const own = screenText(written, seen, shown).trim();
  return own ? [own, ...usual] : usual;
}

/** Both sides read the message as Markdown; labels, options and answers are only text in it, as they are in a form. */
const plain = (text: string) => escaped(text, "markdown");

/** What the customer is asked now, as one message; null where nothing is left to ask. */
export function questionText(
  asked: AskedForm,
  next: Next,
  { before, first }: { before: string | null; first: boolean },
) {
  const { shown } = asked;
  const words = wordsOf(shown.locale);
  if (next.ask === "nothing") return null;
  if (next.ask === "review") {
    const lines = answersToReview(asked, next.place).map(
      ({ label, text }, index) => `${index + 1}. ${plain(label)}: ${plain(text)}`,
    );
    const last = next.place.step?.screen;
    const [send = ""] = last ? leadingWords(last, "next", {}, shown) : words.send;
    return message([before, [words.review, ...lines].join("\n"), words.howSend.replace("@", () => plain(send))]);
  }
  const { place, page, id } = { id: "", ...next };
  const { step } = place;
  if (next.ask === "more") {
    const label = plain(screenText(next.at.question.label, page.seen, shown));
    return message([before, label, words.more.replace("#", () => String(next.count))]);
  }
  // Asked once more, a question comes without what led to it.
  const opens = before === null && step !== null && isFirst(next) && !id.includes("/");
  const title = opens ? plain(screenText(step.screen.title, step.scope, shown)) : "";
  const around = before === null && step ? leadTo(step.screen.components, next.at, page.seen, shown) : [];
  const how = first && step ? ways(step.screen, page.seen, shown, words) : null;
  return message([
    first ? [words.intro, how].filter(Boolean).join(" ") : null,
    before,
    title,
    ...around,
    asking(next.at, id, shown),
  ]);
}

/** Nothing of the page was asked before. */
function isFirst(next: Extract<Next, { ask: "field" }>): boolean {
  const [id] =
    [...next.page.fields].find(([, { question, readOnly }]) => question.kind !== "repeat" && !readOnly) ?? [];
  return id === next.id;
}

function ways(screen: Screen, seen: Seen, shown: Shown, words: Words): string {
  const [back] = leadingWords(screen, "back", seen, shown);
  const [cancel] = leadingWords(screen, "cancel", seen, shown);
  return [
    back && words.howBack.replace("@", () => plain(back)),
    cancel && words.howCancel.replace("@", () => plain(cancel)),
  ]
    .filter(Boolean)
    .join(" ");
}

/** One question with all that helps to answer it, a line each. */
function asking(at: PageField, id: string, shown: Shown): string {
  const { question, seen } = at;
  const words = wordsOf(shown.locale);
  const item = /\/(\d+)\//.exec(id)?.[1];
  const label = screenText(question.label, seen, shown) || (question.kind === "consent" ? "" : question.id);
  return [
    item === undefined ? plain(label) : `${Number(item) + 1} · ${plain(label)}`,
    question.kind === "consent" ? plain(screenText(question.text, seen, shown)) : "",
    plain(screenText(question.hint, seen, shown)),
    ...howToAnswer(at, shown, words),
    ...maySkip(at, shown, words),
    privacyOf(question) === "open" ? "" : words.private,
  ]
    .filter((line) => line !== "")
    .join("\n");
}

function howToAnswer({ question, options = [], seen }: PageField, shown: Shown, words: Words): string[] {
  switch (question.kind) {
    case "choice":
      return [
        ...options.map(({ label, hint }, index) => `${index + 1}. ${plain(label)}${hint ? ` – ${plain(hint)}` : ""}`),
        question.multiple ? words.pickSeveral : words.pick,
        ...(question.other ? [words.ownWords] : []),
      ];
    case "boolean":
      return [words.yesNo];
    case "consent":
      return [words.agree];
    case "rating": {
      const ends = [screenText(question.lowLabel, seen, shown), screenText(question.highLabel, seen, shown)];
      return [words.rating.replace("#", () => String(most(question))), plain(ends.filter(Boolean).join(" – "))];
    }
    case "address":
      return [words.address];
    case "date":
      return [words.example.replace("#", () => readable("1990-12-31", shown))];
    case "time":
      return [words.example.replace("#", () => "14:30")];
    case "number":
      return [plain(screenText(question.unit, seen, shown))];
    default:
      return [];
  }
}

function maySkip(
  { question, required, value, problem, options = [] }: PageField,
  shown: Shown,
  words: Words,
): string[] {
  const [skip = "-"] = words.skip;
  const known =
    problem === null && value !== null && question.kind !== "repeat" ? answerText(question, value, shown, options) : "";
  if (known) return [words.keep.replace("@", () => skip).replace("#", () => plain(known))];
  return required ? [] : [words.optional.replace("@", () => skip)];
}

/** What stands between the question and the one before it. What stands in a repeat reads the answers of the item. */
function leadTo(components: readonly Component[], at: PageField, page: Seen, shown: Shown): string[] {
  const { id } = at.question;
  let lead: string[] = [];
  const look = (list: readonly Component[], seen: Seen): boolean => {
    for (const component of list) {
      if (!holds(component.visible, seen, shown)) continue;
      if (component.kind === "display") lead.push(screenText(component.text, seen, shown, "markdown"));
      else if (component.kind === "heading") lead.push(plain(screenText(component.text, seen, shown)));
      else if (component.kind === "group") {
        if (component.label) lead.push(plain(screenText(component.label, seen, shown)));
        if (look(component.components, seen)) return true;
      } else if (component.kind === "repeat") {
        if (!component.components.some((inner) => "id" in inner && inner.id === id)) lead = [];
        else {
          if (component.label) lead.push(plain(screenText(component.label, seen, shown)));
          return look(component.components, at.seen);
        }
      } else if ("id" in component && component.id === id) return true;
      else if (component.kind !== "divider" && component.kind !== "image" && component.kind !== "answers") lead = [];
    }
    return false;
  };
  return look(components, page) ? lead : [];
}

function message(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== "").join("\n\n");
}
