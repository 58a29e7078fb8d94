import type { FlowSummary } from "@clew/contract/flows/versions";
import { type FlowWord, f } from "../strings/words.ts";

/** "Form for customers": what a flow is, by its kind and who sees it. */
export function kindName({ kind, audience }: Pick<FlowSummary, "kind" | "audience">): string {
  const key: FlowWord = kind === "screen" && audience !== null ? `kind.screen.${audience}` : `kind.${kind}`;
  return f(key);
}
