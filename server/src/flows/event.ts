import type { FlowEvent } from "@clew/domain/flows/conversation/told";
import type { Values } from "@clew/domain/flows/engine/run";

/**
 * An event as the runs' door hears it. `id` counts once. `channel`: where it happened, for triggers; `inputs`: what a flow
 * that it starts may take, by name. `data` is what a wait takes.
 */
export type Heard = Omit<FlowEvent, "number" | "conversationId"> & {
  id: string;
  conversationId: string | null;
  channel: { id: string; name: string; language: string; zone: string; hours?: string | null } | null;
  inputs: Values;
};
