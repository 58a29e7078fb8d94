import type { ClientCommandOf } from "@clew/contract/commands";
import { Draft } from "../conversations/draft.ts";
import type { ConversationState } from "../conversations/state.ts";
import { type Circumstances, type Decision, refuse } from "../decision.ts";
import { correct } from "./facts.ts";

/** An agent puts a fact right. The corrected value is the current one from here on, in this session and later ones. */
export function correctFact(
  state: ConversationState,
  command: ClientCommandOf<"fact.correct">,
  circumstances: Circumstances,
): Decision {
  const { session, staff, facts, channelId, language } = state.snapshot;
  const { actor, configuration, now } = circumstances;
  if (!session) return refuse("session-not-open");
  if (actor.who !== "agent") return refuse("forbidden");
  const form = configuration.channels.get(channelId)?.settings.preChat ?? { fields: [] };
  const { key, value } = command;
  const place = { sessionId: session.id, sessionNumber: session.number, now };
  const agent = { id: actor.id, name: actor.name };
  const confirms = staff?.toConfirm?.includes(key) === true;
  const corrected = correct({ ...place, facts, form, key, value, language, agent, confirms });
  if (!corrected.ok) return refuse("answers-invalid", { fields: { [key]: corrected.reason } });
  if (!corrected.fact) return { state, events: [], effects: [] };
  const draft = new Draft(state, circumstances, state.snapshot.id);
  draft.add("facts.recorded", { facts: [corrected.fact] });
  return draft.done();
}
