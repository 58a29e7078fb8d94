import type { Problem } from "@clew/contract/problems";
import { t } from "./strings.ts";

/** A problem as a sentence for a person. A reason that the server gives for a refused setting or file is added. */
export function problemText(problem: Pick<Problem, "code" | "retryAfter" | "reason">): string {
  const text = t(`problem.${problem.code}`, { seconds: Math.ceil(problem.retryAfter ?? 10) });
  return problem.reason ? `${text} ${problem.reason}` : text;
}

/** The sentence for whatever a verb threw or answered: a problem of the closed list, or the network. */
export function failureText(failure: unknown): string {
  const problem = problemIn(failure);
  return problem ? problemText(problem) : t("problem.offline");
}

function problemIn(failure: unknown): Problem | null {
  if (typeof failure !== "object" || failure === null) return null;
  if ("problem" in failure) return problemIn(failure.problem);
  return "code" in failure && "status" in failure ? (failure as Problem) : null;
}
