import type { ChannelSettings } from "@clew/contract/channels";
import type { Hours } from "@clew/contract/hours";
import type { Configuration } from "@clew/domain/configuration";
import { isOpen, nextOpening } from "@clew/domain/hours/opening-hours";

/** Hours that never meet would be sought for ever: a year of days is enough to call it never. */
const MOST_STEPS = 366;

/**
 * Whether a channel is open now and, if not, when it will be (null: not known). Its own hours and those of its queue
 * must both be open; without hours it always is.
 */
export function opening(
  configuration: Configuration,
  settings: ChannelSettings,
  now: number,
): { open: boolean; opensAt: number | null } {
  const queue = settings.queueId === null ? undefined : configuration.queues.get(settings.queueId);
  const all = [settings.hoursId, queue?.hoursId ?? null].flatMap((id) => {
    const hours = id === null ? undefined : configuration.hours.get(id);
    return hours ? [hours] : [];
  });
  if (all.every((hours) => isOpen(hours, now))) return { open: true, opensAt: null };
  return { open: false, opensAt: firstMoment(all, now) };
}

function firstMoment(all: readonly Hours[], now: number): number | null {
  let moment = now;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const closed = all.find((hours) => !isOpen(hours, moment));
    if (!closed) return moment;
    const next = nextOpening(closed, moment);
    if (next === null) return null;
    moment = next;
  }
  return null;
}
