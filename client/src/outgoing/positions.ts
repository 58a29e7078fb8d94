import type { ClientCommand } from "@clew/contract/commands";
import type { Clock } from "../ports.ts";

/** Positions are told this long after the first of a burst, in milliseconds. */
const GATHER_MS = 200;

/**
 * Tells the server how far this side has received and read. The newest position says all, so nothing is kept: what a cut
 * swallowed is told again when the connection is back.
 */
export function createPositions(input: { clock: Clock; newId(): string; send(command: ClientCommand): boolean }): {
  move(conversationId: string, to: { delivered?: number; read?: number }): void;
  opened(): void;
  stop(): void;
} {
  type Place = { delivered?: number; read?: number };
  const wanted = new Map<string, Place>();
  const told = new Map<string, Place>();
  let cancel: (() => void) | null = null;

  function tell(): void {
    cancel = null;
    for (const [conversationId, place] of wanted) {
      const before = told.get(conversationId);
      if (before?.delivered === place.delivered && before?.read === place.read) continue;
      if (input.send({ type: "positions.move", id: input.newId(), conversationId, ...place }))
        told.set(conversationId, { ...place });
    }
  }
  const soon = () => {
    cancel ??= input.clock.after(GATHER_MS, tell);
  };
  return {
    move(conversationId, to) {
      const place = wanted.get(conversationId) ?? {};
      const next = { ...place };
      for (const key of ["delivered", "read"] as const) {
        const value = Math.max(place[key] ?? 0, to[key] ?? 0);
        if (value > 0) next[key] = value;
      }
      if (next.delivered === place.delivered && next.read === place.read) return;
      wanted.set(conversationId, next);
      soon();
    },
    opened() {
      told.clear();
      soon();
    },
    stop: () => cancel?.(),
  };
}
