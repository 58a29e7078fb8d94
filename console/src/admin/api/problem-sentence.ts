import type { Problem } from "@clew/contract/problems";
import { a } from "../strings/words.ts";

/** A problem in the reader's words: what was refused and what to do, not which code it has. */
export function problemSentence(problem: Problem): string {
  if (problem.reason === "verified-session-based") return a("problem.verifiedSessionBased");
  if (problem.code === "already-exists") return a("problem.alreadyExists");
  if (problem.code === "unavailable") return a("problem.unavailable");
  if (problem.code === "forbidden") return a("problem.forbidden");
  if (problem.code === "not-found") return a("problem.notFound");
  if (problem.code === "rate-limited") return a("problem.rateLimited", { count: problem.retryAfter ?? 10 });
  return problem.detail ?? problem.title;
}
