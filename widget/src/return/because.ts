import type { Because } from "@clew/contract/sessions";
import type { StringKey } from "../strings/strings.ts";

/** Why somebody else goes on with a customer who came back, or nobody yet, as the customer is told. */
export const BECAUSE = {
  "agent-away": "becauseAway",
  "agent-closed": "becauseAway",
  "agent-busy": "becauseBusy",
  "at-capacity": "becauseBusy",
  "agent-left": "becauseLeft",
  "window-over": "becauseLate",
} as const satisfies Record<Because, StringKey>;
