import type { Performed } from "@clew/domain/door";
import { isOver } from "@clew/domain/sessions/session";

/**
 * Whether a customer has come to an open session just now, so that a connection of theirs is expected to read it: they
 * began it over one (`connected`), or came back to it in whatever way. Who begins a session without a connection, over HTTP
 * alone, never shows whether they are there, and neither does whom an agent or another system begins one for.
 */
export function isExpected({ before, after }: Performed, { connected = false }: { connected?: boolean }): boolean {
  if (!after || isOver(after)) return false;
  const [was, is] = [before?.snapshot.session, after.snapshot.session];
  return was?.id === is?.id ? Boolean(was?.away && !is?.away) : connected;
}
