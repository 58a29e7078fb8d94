import type { Problem } from "@clew/contract/problems";
import { createContext, type ReactNode, useContext } from "react";

export type AdminInput = { params?: Record<string, string>; query?: Record<string, string>; body?: unknown };

/** Calls an endpoint of the table by its name; never throws for what a user may cause. */
export type AdminCall = (
  name: string,
  input?: AdminInput,
) => Promise<{ ok: true; value: unknown } | { ok: false; problem: Problem }>;

const AdminApiContext = createContext<AdminCall | null>(null);

export function AdminApiProvider({ call, children }: { call: AdminCall; children: ReactNode }) {
  return <AdminApiContext value={call}>{children}</AdminApiContext>;
}

/** What the queries library wants to catch: a problem of the closed list. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail ?? problem.title);
    this.problem = problem;
  }
}

/** `ask<Channel>("createChannel", { body })`: the value, or a thrown `ProblemError`. */
export function useAsk(): <Value>(name: string, input?: AdminInput) => Promise<Value> {
  const call = useContext(AdminApiContext);
  if (!call) throw new Error("useAsk() is called outside AdminApiProvider");
  return async (name, input) => {
    const result = await call(name, input);
    if (!result.ok) throw new ProblemError(result.problem);
    return result.value as never;
  };
}

/** The problem in something that was thrown; anything else is our own mistake and is thrown again. */
export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof ProblemError) return thrown.problem;
  throw thrown;
}
