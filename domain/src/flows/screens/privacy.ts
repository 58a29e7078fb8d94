import type { Privacy } from "@clew/contract/flows/words";
import { askedIn, type Question } from "./components.ts";

const STRICTNESS: readonly Privacy[] = ["open", "private", "secret"];
const SEEN = ["value", "status", "nothing"] as const;

/**
 * The class of a field's answer. Secrets and payments are secret, whatever is written. A repeat is one
 * value, and as private as the most private of its questions.
 */
export function privacyOf(question: Question): Privacy {
  if (question.kind === "repeat") return inside(question, privacyOf, STRICTNESS);
  if (question.kind === "secret" || question.kind === "payment") return "secret";
  return question.privacy ?? "open";
}

/** What staff may see of a field while it is being filled in: never more than its class allows. */
export function agentMaySee(question: Question): (typeof SEEN)[number] {
  if (question.kind === "repeat") return inside(question, agentMaySee, SEEN);
  const { agentSees = "value" } = question;
  return agentSees === "value" && privacyOf(question) !== "open" ? "status" : agentSees;
}

/** Answers that are the customer's own: no one else sets them or suggests them. */
export function isCustomersOwn(question: Question): boolean {
  const { kind } = question;
  if (kind === "repeat") return askedIn(question.components).some((one) => isCustomersOwn(one.question));
  return kind === "secret" || kind === "consent" || kind === "signature" || kind === "payment";
}

/** The strictest of what holds for the questions of a repeat; `order` begins with the least strict. */
function inside<Word extends string>(
  { components }: Extract<Question, { kind: "repeat" }>,
  of: (question: Question) => Word,
  order: readonly Word[],
): Word {
  const all = askedIn(components).map(({ question }) => order.indexOf(of(question)));
  return order[Math.max(0, ...all)] as Word;
}
