import type { QueueSettings } from "@clew/contract/routing";
import { checkClocks } from "../channels/check-reconnect.ts";
import type { FieldErrors } from "../editing/pointer.ts";
import { a } from "../strings/words.ts";

/** What keeps a queue from being saved, by JSON pointer. */
export function checkQueue(queue: QueueSettings): FieldErrors {
  const errors: FieldErrors = {};
  if (queue.name.trim() === "") errors["/name"] = a("check.required");
  if (queue.offerFor <= 0) errors["/offerFor"] = a("check.duration");
  if (queue.reconnect) Object.assign(errors, checkClocks(queue.reconnect));
  if (queue.maxWait === null) return errors;
  if (queue.maxWait <= 0) errors["/maxWait"] = a("check.duration");
  if (queue.overWait.next === "message" && Object.keys(queue.overWait.text).length === 0)
    errors["/overWait/text"] = a("check.localized");
  if (queue.overWait.next === "queue" && queue.overWait.queueId === "")
    errors["/overWait/queueId"] = a("checkQueue.queue");
  return errors;
}
