import type { Problem } from "@clew/contract/problems";
import type { ChatWindow } from "../conversation/window-state.ts";
import { type Fault, faultOf } from "../forms/check-answer.ts";
import type { useQuestions } from "./questions.ts";

type Questions = Pick<ReturnType<typeof useQuestions>, "fields" | "isFixed">;

/** What the server found wrong, at questions that customers see. Undefined: there is nothing to tell at any. */
export function faultsIn(
  problem: Problem | null,
  { fields }: Pick<Questions, "fields">,
): Record<string, Fault> | undefined {
  const seen = Object.entries(problem?.fields ?? {}).filter(([key]) => fields.some((field) => field.key === key));
  return seen.length > 0 ? Object.fromEntries(seen.map(([key, reason]) => [key, faultOf(reason)])) : undefined;
}

/** Of the page's own answers that were refused the page is told: nobody else can mend them. */
export function tellPage({ host }: ChatWindow, problem: Problem, { fields, isFixed }: Questions): void {
  const asked = fields.filter((field) => !isFixed(field)).map((field) => field.key);
  const own = Object.entries(problem.fields ?? {}).filter(([key]) => !asked.includes(key));
  if (own.length === 0) return;
  const detail = `${problem.title}: ${own.map((fault) => fault.join(" ")).join(", ")}`;
  host.emit("error", { code: problem.code, detail });
}
