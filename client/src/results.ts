import type { CommandAnswer } from "@clew/contract/commands";
import type { Problem, ProblemCode } from "@clew/contract/problems";

/** What became of something asked: it worked, or why it did not. Nothing that a user may cause is thrown. */
export type Result<Value = null> = { ok: true; value: Value } | { ok: false; problem: Problem };
export type Answered = Result<CommandAnswer>;

/** A problem found on this side of the wire, in the words of the closed list. The table of titles stays with the server. */
export function ownProblem(code: ProblemCode, status: number, detail: string, retry: Problem["retry"] = "no"): Problem {
  return { type: `/docs/problems#${code}`, code, status, title: detail, retry, detail };
}

/** `status`: 0 where nothing answered at all. */
export const unreachable = (status = 0) =>
  ownProblem("unavailable", status, "The server could not be reached", "later");
export const failed = (problem: Problem): { ok: false; problem: Problem } => ({ ok: false, problem });
