import type { ReconnectTerms, SessionStaff } from "@clew/contract/sessions";
import type { Configuration } from "../configuration.ts";

/**
 * What is promised to a customer of this session who drops out: the terms that the session began with, with the clocks of
 * the queue it is in now where that has its own. Nothing where the channel promises nothing. Clocks that run are times
 * already, so that neither saving a queue nor a transfer moves them.
 */
export function termsFor(
  { terms, queueId }: SessionStaff,
  { queues }: Pick<Configuration, "queues">,
): ReconnectTerms | undefined {
  const own = queueId === null ? undefined : queues.get(queueId)?.reconnect;
  return terms.reconnect && { ...terms.reconnect, ...own };
}
