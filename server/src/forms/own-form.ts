import { Refused } from "../problems/refused.ts";

/** The form, if it is one of the conversation's own. Who reaches for one of another is noted, and told the same as of none. */
export async function ownForm<Found extends { head: { conversationId: string } }>(
  found: Found | null | undefined,
  conversationId: string,
  note: () => Promise<void>,
): Promise<Found> {
  if (found?.head.conversationId === conversationId) return found;
  if (found) await note();
  throw new Refused("forbidden");
}
