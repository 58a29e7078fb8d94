import type { Attachment } from "@clew/contract/attachments";
import type { ClientCommandOf } from "@clew/contract/commands";
import type { ConversationCustomer } from "@clew/contract/conversations";
import { type Circumstances, type Decision, refuse } from "../decision.ts";
import { startSession } from "../sessions/start.ts";
import { startNextSession } from "../sessions/start-next.ts";
import { Draft } from "./draft.ts";
import { postMessage } from "./post-message.ts";
import type { ConversationState } from "./state.ts";

type Start = ClientCommandOf<"conversation.start"> & { customer: ConversationCustomer; files: Attachment[] };

/**
 * Starts a conversation with its first session. When the customer has an open one in the channel, `state` is that one: it
 * is the answer, nothing starts twice, and a message that came along is posted there.
 */
export function startConversation(
  state: ConversationState | null,
  command: Start,
  circumstances: Circumstances,
): Decision {
  if (state) return joinExisting(state, command, circumstances);
  const channel = circumstances.configuration.channels.get(command.channelId);
  if (!channel) return refuse("not-published");
  const { settings } = channel;

  const draft = new Draft(null, circumstances, command.conversationId);
  draft.add("conversation.started", {
    kind: settings.kind,
    channelId: command.channelId,
    language: command.language,
    customer: command.customer,
    page: command.page ?? null,
    ...(command.shows?.includes("forms") ? {} : { plain: true }),
  });
  const refusal = startSession(draft, command.answers, "first");
  if (refusal) return refusal;
  if (command.message && (command.message.text.trim() || command.files.length > 0)) {
    draft.add(
      "message.posted",
      { text: command.message.text, attachments: command.files, sessionId: draft.state.snapshot.session?.id ?? null },
      { commandId: command.message.id },
    );
  }
  return draft.done();
}

function joinExisting(state: ConversationState, command: Start, circumstances: Circumstances): Decision {
  if (!command.message) return startNextSession(state, { ...command, type: "session.start" }, circumstances);
  return postMessage(
    state,
    {
      type: "message.post",
      id: command.message.id,
      conversationId: state.snapshot.id,
      text: command.message.text,
      attachments: command.message.attachments,
      answers: command.answers,
      files: command.files,
    },
    { ...circumstances, commandId: command.message.id },
  );
}
