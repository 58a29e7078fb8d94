import { type Problem, type ProblemCode, type ProblemExtra, problem } from "@clew/contract/problems";

/** Thrown anywhere below the edge for what a caller may cause; the edge turns it into `application/problem+json`. */
export class Refused extends Error {
  readonly problem: Problem;

  constructor(code: ProblemCode, extra: ProblemExtra = {}) {
    super(extra.detail ?? code);
    this.name = "Refused";
    this.problem = problem(code, extra);
  }
}
