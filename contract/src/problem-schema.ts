import { Type } from "typebox";
import { PROBLEMS } from "./problems.ts";

/** The schema of a problem on the wire, for generated documents and for checking what a server answers. */
export const ProblemSchema = Type.Object({
  type: Type.String(),
  code: Type.Union(Object.keys(PROBLEMS).map((code) => Type.Literal(code))),
  status: Type.Integer(),
  title: Type.String(),
  retry: Type.Union([Type.Literal("no"), Type.Literal("yes"), Type.Literal("later")]),
  detail: Type.Optional(Type.String()),
  field: Type.Optional(Type.String()),
  reason: Type.Optional(Type.String()),
  fields: Type.Optional(Type.Record(Type.String(), Type.String())),
  retryAfter: Type.Optional(Type.Number()),
});
