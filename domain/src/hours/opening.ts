import type { ChannelSettings } from "@clew/contract/channels";
import type { HoursSettings } from "@clew/contract/hours";
import type { Configuration } from "../configuration.ts";
import { isOpen, nextOpening } from "./opening-hours.ts";

/** How often hours that must be open together are looked at in turn; what has not met by then hardly ever does. */
const MOST_TURNS = 60;

type Opening = { open: boolean; opensAt: number | null };

/**
 * Whether a session of a channel that starts at `now` finds it open and, if not, when it will be: null when never. The
 * hours of the channel count, and those of the queue it waits in. Without hours it is always open.
 */
export function opening(
  { queues, hours }: Pick<Configuration, "queues" | "hours">,
  { hoursId, queueId }: Pick<ChannelSettings, "hoursId" | "queueId">,
  now: number,
): Opening {
  const queue = queueId === null ? undefined : queues.get(queueId);
  const all = [hoursId, queue?.hoursId].flatMap((id) => (id && hours.get(id)) || []);
  if (all.every((one) => isOpen(one, now))) return { open: true, opensAt: null };
  return { open: false, opensAt: openTogether(all, now) };
}

function openTogether(all: readonly HoursSettings[], now: number): number | null {
  let at = now;
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    const moments = all.map((hours) => nextOpening(hours, at));
    const latest = Math.max(...moments.map((moment) => moment ?? Number.POSITIVE_INFINITY));
    if (latest === at) return at;
    if (latest === Number.POSITIVE_INFINITY) return null;
    at = latest;
  }
  return null;
}
