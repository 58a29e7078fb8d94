import type { Privacy } from "@clew/contract/flows/words";
import type { Question } from "./components.ts";

/** The class of a field's answer. Secrets are secret and payments at least private, whatever is written. */
export function privacyOf(question: Question): Privacy {
  if (question.kind === "repeat") return "open";
  if (question.kind === "secret") return "secret";
  return question.privacy ?? (question.kind === "payment" ? "private" : "open");
}

/** What staff may see of a field while it is being filled in: never more than its class allows. */
export function agentMaySee(question: Question): "value" | "status" | "nothing" {
  if (question.kind === "repeat") return "value";
  const { agentSees = "value" } = question;
  return agentSees === "value" && privacyOf(question) !== "open" ? "status" : agentSees;
}

/** Answers that are the customer's own: no one else sets them or suggests them. */
export function isCustomersOwn({ kind }: Question): boolean {
  return kind === "secret" || kind === "consent" || kind === "signature" || kind === "payment";
}
