import type { ClientCommandOf } from "@clew/contract/commands";
import { Draft } from "../conversations/draft.ts";
import type { ConversationState } from "../conversations/state.ts";
import { type Circumstances, type Decision, refuse } from "../decision.ts";

/** An agent puts a fact right. The corrected value is the current one from here on, in this session and later ones. */
export function correctFact(
  state: ConversationState,
  command: ClientCommandOf<"fact.correct">,
  circumstances: Circumstances,
): Decision {
  const { session, facts, channelId } = state.snapshot;
  const { actor, configuration, now } = circumstances;
  if (!session || actor.who !== "agent") return refuse("session-not-open");
  const asked = configuration.channels
    .get(channelId)
    ?.settings.preChat.fields.some((field) => field.key === command.key);
  if (!asked && !facts.some((fact) => fact.key === command.key))
    return refuse("invalid", { field: "/key", detail: "no such question" });
  const draft = new Draft(state, circumstances, state.snapshot.id);
  draft.add("facts.recorded", {
    facts: [
      {
        key: command.key,
        value: command.value,
        sessionId: session.id,
        sessionNumber: session.number,
        at: now,
        how: "corrected",
        by: { who: "agent", id: actor.id, name: actor.name },
      },
    ],
  });
  return draft.done();
}
