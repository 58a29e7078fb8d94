import type { OverWait, QueueSettings } from "@clew/contract/routing";

/**
 * What happens at the maximum wait. `visited` are the queues in which the session has waited already, this one included: an
 * overflow into a queue that is gone or that was visited would be a circle without an end, so a message can be left instead.
 */
export function overWait(
  queue: Pick<QueueSettings, "overWait">,
  about: { queues: ReadonlyMap<string, unknown>; visited: readonly string[] },
): OverWait {
  const step = queue.overWait;
  if (step.next !== "queue") return step;
  return about.queues.has(step.queueId) && !about.visited.includes(step.queueId) ? step : { next: "leave-message" };
}
