import type { Passing } from "@clew/contract/presence";
import type { CoreState } from "./core-state.ts";
import { TYPING_LASTS_MS } from "./outgoing/typing.ts";
import type { Thread } from "./timeline/thread.ts";

/** Hears what is told once and never in the log: typing, how far was read, the place in the queue, a new deployment. */
export function createPassing(input: {
  /** The conversation shown; what passes in another is not for this window. */
  thread(): Thread | null;
  publish(part: Partial<CoreState>): void;
  /** One timer a purpose. */
  later(purpose: string, ms: number, call: () => void): void;
  deployed(channelId: string, number: number): void;
}): (passing: Passing) => void {
  const { publish } = input;
  return (passing) => {
    const thread = input.thread();
    if ("conversationId" in passing && passing.conversationId !== thread?.id) return;
    switch (passing.type) {
      case "typing":
        if (passing.who === "customer") return;
        publish({ typing: passing.on ? { name: passing.name ?? null } : null });
        input.later("typing", TYPING_LASTS_MS, () => publish({ typing: null }));
        break;
      case "positions":
        thread?.positions(passing.positions);
        break;
      case "queue-place":
        publish({ queuePlace: { place: passing.place, estimate: passing.estimate } });
        break;
      case "kept":
        publish({ keptFor: passing.for });
        break;
      case "deployment":
        input.deployed(passing.channelId, passing.number);
        break;
      default:
        break;
    }
  };
}
