import type { ReturnCount } from "@clew/contract/reports";
import type { Performed } from "@clew/domain/door";

export const DAY_MS = 86_400_000;

/** One return, or one that did not come about. `at` in milliseconds. */
export type Return = Omit<ReturnCount, "count"> & { at: number };

/** Who came back and who did not, from what a batch has done. */
export function returnsOf(done: readonly Performed[]): Return[] {
  return done.flatMap(({ after, events }) =>
    events.flatMap((event): Return[] => {
      if (!after) return [];
      const { channelId } = after.snapshot;
      const { at } = event;
      if (event.type === "customer.returned") {
        const outcome = event.because && event.staff?.kept ? "kept" : event.outcome;
        return [{ at, channelId, way: event.how, outcome, because: event.because ?? null }];
      }
      if (event.type === "session.ended" && event.session.end?.why === "disconnect")
        return [{ at, channelId, way: "none", outcome: "not-back", because: null }];
      return [];
    }),
  );
}
