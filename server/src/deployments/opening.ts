import type { ChannelSettings } from "@clew/contract/channels";
import type { Configuration } from "@clew/domain/configuration";
import { isOpen, nextOpening } from "@clew/domain/hours/opening-hours";

/** Whether a channel is open now and, if not, when it will be (null: never). Without hours it always is. */
export function opening(
  configuration: Configuration,
  settings: ChannelSettings,
  now: number,
): { open: boolean; opensAt: number | null } {
  const hours = settings.hoursId === null ? undefined : configuration.hours.get(settings.hoursId);
  if (!hours || isOpen(hours, now)) return { open: true, opensAt: null };
  return { open: false, opensAt: nextOpening(hours, now) };
}
