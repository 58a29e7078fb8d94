import type { InactivityPolicy } from "@clew/contract/channels";
import { durationInWords } from "../strings/duration.ts";
import { a } from "../strings/words.ts";

/** The three clocks of silence read back as sentences, in the order in which they strike. */
export function timersInWords(policy: InactivityPolicy): string[] {
  const sentences: string[] = [];
  if (policy.inactiveAfter !== null) {
    sentences.push(a("timers.inactive", { after: durationInWords(policy.inactiveAfter) }));
  }
  if (policy.warnAfter === null) return [...sentences, a("timers.neverEnds")];
  const total = durationInWords(policy.warnAfter + policy.endAfterWarning);
  sentences.push(
    a("timers.warned", { after: durationInWords(policy.warnAfter), rest: durationInWords(policy.endAfterWarning) }),
  );
  sentences.push(a("timers.ends", { total }));
  return sentences;
}

/** What is odd about the clocks together, or null. */
export function oddTimers(policy: InactivityPolicy): string | null {
  if (
    policy.inactiveAfter !== null &&
    policy.warnAfter !== null &&
    policy.inactiveAfter > policy.warnAfter + policy.endAfterWarning
  ) {
    return a("timers.oddInactive");
  }
  if (policy.warnAfter !== null && policy.endAfterWarning < 20_000) return a("timers.oddShort");
  return null;
}
