import type { Input } from "@clew/domain/flows/engine/given";
import { isOver, type Run } from "@clew/domain/flows/engine/run";
import type { Done } from "./operations.ts";

/** What came of an operation, as the run takes it. */
export function inputOf(id: string, done: Done): Input {
  if ("fault" in done) {
    return { type: "fault", id, code: done.fault, message: done.message, detail: done.detail ?? null };
  }
  const { outcome, value } = done;
  return { type: "result", id, ...(outcome ? { outcome } : {}), ...(value === undefined ? {} : { value }) };
}

/** What time asks of a run at `now`, whichever was due first: a branch of its wait, or the end of its life. */
export function dueInput(run: Run, now: number): Input | null {
  if (isOver(run)) return null;
  const until = Math.min(now, run.deadlineAt);
  if (run.blocked?.kind === "wait") {
    const due = run.blocked.waits
      .filter(({ dueAt }) => dueAt !== undefined && dueAt <= until)
      .sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0))[0];
    if (due) return { type: "due", id: run.blocked.id, branch: due.branch };
  }
  return run.deadlineAt <= now ? { type: "expire" } : null;
}
