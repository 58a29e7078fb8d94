import type { Attachment } from "@clew/contract/attachments";
import type { ClientCommandOf } from "@clew/contract/commands";
import { type Circumstances, type Decision, refuse } from "../decision.ts";
import { isOptOut } from "../optout/opt-out.ts";
import { comeBack } from "../reconnect/returned.ts";
import { requeueFromAbsent } from "../sessions/agent-left.ts";
import { endSession } from "../sessions/end.ts";
import { resumeBy } from "../sessions/inactivity.ts";
import { isOver } from "../sessions/session.ts";
import { startSession } from "../sessions/start.ts";
import { Draft } from "./draft.ts";
import type { ConversationState } from "./state.ts";

/** The command with its attachments resolved: `files` are stored, of this conversation, and the sender's own. */
export type PostMessage = ClientCommandOf<"message.post"> & { files: Attachment[] };

/**
 * A message of either side. After the end, the customer's next word starts the next session where policy allows it, and
 * is refused with a reason where it does not; staff write only while a session is open.
 */
export function postMessage(state: ConversationState, command: PostMessage, circumstances: Circumstances): Decision {
  if (!command.text.trim() && command.files.length === 0)
    return refuse("invalid", { field: "/text", detail: "a message needs text or a file" });
  if (state.snapshot.status === "closed") return refuse("conversation-closed");
  const draft = new Draft(state, circumstances, state.snapshot.id);
  const fromCustomer = circumstances.actor.who === "customer";

  if (isOver(state)) {
    if (!fromCustomer) return refuse("session-not-open");
    const refusal = startSession(draft, command.answers ?? [], "customer-wrote");
    if (refusal) return refusal;
  }
  // Who writes is there, whatever the connections say.
  if (fromCustomer) comeBack(draft, "message");
  draft.add("message.posted", {
    text: command.text,
    attachments: command.files,
    sessionId: draft.state.snapshot.session?.id ?? null,
  });
  if (fromCustomer) requeueFromAbsent(draft);
  if (fromCustomer && optsOut(draft, command.text)) endSession(draft, { by: "customer", why: "optout" });
  else resumeBy(draft, fromCustomer ? "customer" : "agent");
  return draft.done();
}

function optsOut(draft: Draft, text: string): boolean {
  const { snapshot } = draft.state;
  const channel = draft.circumstances.configuration.channels.get(snapshot.channelId);
  return channel ? isOptOut(text, channel.settings.optOut, snapshot.language) : false;
}

/** A note among staff; customers never see it. Allowed at any time, also after the end. */
export function postNote(
  state: ConversationState,
  command: ClientCommandOf<"note.post"> & { files: Attachment[] },
  circumstances: Circumstances,
): Decision {
  if (!command.text.trim() && command.files.length === 0)
    return refuse("invalid", { field: "/text", detail: "a note needs text or a file" });
  const draft = new Draft(state, circumstances, state.snapshot.id);
  draft.add("note.posted", { text: command.text, attachments: command.files }, { audience: "staff" });
  return draft.done();
}
