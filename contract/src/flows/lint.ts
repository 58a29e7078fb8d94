import { type Static, Type } from "typebox";
import { closed } from "../closed.ts";
import { FINDING_CODES } from "./findings.ts";

/** What the operator has raised, by name: see `flow-limits.ts`. A linter elsewhere needs them to say the same. */
export const RaisedFlowLimits = Type.Record(Type.String(), Type.Integer());

/** One thing the linter says. `path` is a JSON pointer into the flow; `suggestion` what to write or do instead. */
export const Finding = Type.Object({
  path: Type.String(),
  code: closed(FINDING_CODES),
  severity: closed(["error", "warning"]),
  message: Type.String(),
  suggestion: Type.Optional(Type.String()),
  /** The node it is about, where it is about one. */
  node: Type.Optional(Type.String()),
});
export type Finding = Static<typeof Finding>;
