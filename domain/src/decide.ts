import type { ConversationCommand } from "./commands.ts";
import { eraseConversation } from "./conversations/erase.ts";
import { movePositions } from "./conversations/positions.ts";
import { postMessage, postNote } from "./conversations/post-message.ts";
import { startConversation } from "./conversations/start.ts";
import type { ConversationState } from "./conversations/state.ts";
import { verifyCustomer } from "./conversations/verify.ts";
import { strike } from "./deadlines/deadlines.ts";
import { type Circumstances, type Decision, refuse } from "./decision.ts";
import { correctFact } from "./facts/correct.ts";
import { cancelForm, extendForm, openForm, sendBack } from "./flows/conversation/forms.ts";
import { endByFlow, routeByFlow } from "./flows/conversation/routing.ts";
import { bind, describe, note, propose, release, say } from "./flows/conversation/runs.ts";
import { submitForm } from "./flows/conversation/submit-form.ts";
import { accept, decline, offer, take, withdraw } from "./offers/offers.ts";
import { mayCommand } from "./permissions/permissions.ts";
import { customerGone } from "./reconnect/gone.ts";
import { extendHold, releaseHold } from "./reconnect/hold.ts";
import { customerReturned } from "./reconnect/returned.ts";
import { agentAbsent, agentLeft } from "./sessions/agent-left.ts";
import { mayAct } from "./sessions/bot.ts";
import { clearSession } from "./sessions/clear.ts";
import { close, undoClose } from "./sessions/close.ts";
import { end, undoOptOut } from "./sessions/end.ts";
import { mark } from "./sessions/inactivity.ts";
import { startNextSession } from "./sessions/start-next.ts";
import { answerSurvey } from "./sessions/survey.ts";
import { transfer } from "./sessions/transfer.ts";

const SYSTEM_COMMANDS = new Set<ConversationCommand["type"]>([
  "session.offer",
  "offer.withdraw",
  "deadline.strike",
  "customer.verify",
  "conversation.erase",
  "agent.left",
  "agent.absent",
  "customer.gone",
  "customer.returned",
  "flow.bind",
  "flow.release",
  "flow.say",
  "flow.note",
  "flow.draft",
  "flow.route",
  "flow.describe",
  "flow.end-session",
  "form.open",
]);

/** The rule of every command about a conversation. Permission first: who may not see it learns nothing from the answer. */
export function decide(
  state: ConversationState | null,
  command: ConversationCommand,
  circumstances: Circumstances,
): Decision {
  const { actor } = circumstances;
  if (SYSTEM_COMMANDS.has(command.type)) {
    if (actor.who !== "system") return refuse("forbidden");
  } else {
    const allowed = mayCommand(actor, command.type as never, state ? accessOf(state, circumstances) : null);
    if (allowed !== true) return refuse(allowed);
  }
  if (command.type === "conversation.start") return startConversation(state, command, circumstances);
  if (!state) return refuse("not-found");
  if ("botRun" in command && command.botRun && !mayAct(state.snapshot, command.botRun) && command.type !== "flow.bind")
    return refuse("session-not-open");
  switch (command.type) {
    case "session.start":
      return startNextSession(state, command, circumstances);
    case "message.post":
      return postMessage(state, command, circumstances);
    case "note.post":
      return postNote(state, command, circumstances);
    case "session.end":
      return end(state, circumstances);
    case "optout.undo":
      return undoOptOut(state, circumstances);
    case "survey.answer":
      return answerSurvey(state, command, circumstances);
    case "positions.move":
      return movePositions(state, command, circumstances);
    case "offer.accept":
      return accept(state, command, circumstances);
    case "offer.decline":
      return decline(state, command, circumstances);
    case "session.take":
      return take(state, command, circumstances);
    case "session.transfer":
      return transfer(state, command, circumstances);
    case "session.mark-inactive":
      return mark(state, "inactive", circumstances);
    case "session.mark-active":
      return mark(state, "active", circumstances);
    case "session.close":
      return close(state, circumstances);
    case "session.undo-close":
      return undoClose(state, circumstances);
    case "fact.correct":
      return correctFact(state, command, circumstances);
    case "session.clear":
      return clearSession(state, command, circumstances);
    case "hold.extend":
      return extendHold(state, command, circumstances);
    case "hold.release":
      return releaseHold(state, circumstances);
    case "customer.gone":
      return customerGone(state, circumstances);
    case "customer.returned":
      return customerReturned(state, command, circumstances);
    case "session.offer":
      return offer(state, command, circumstances);
    case "offer.withdraw":
      return withdraw(state, command, circumstances);
    case "deadline.strike":
      return strike(state, command, circumstances);
    case "customer.verify":
      return verifyCustomer(state, command, circumstances);
    case "conversation.erase":
      return eraseConversation(state, circumstances);
    case "agent.left":
      return agentLeft(state, command, circumstances);
    case "agent.absent":
      return agentAbsent(state, command, circumstances);
    case "flow.bind":
      return bind(state, command, circumstances);
    case "flow.release":
      return release(state, command, circumstances);
    case "flow.say":
      return say(state, command, circumstances);
    case "flow.note":
      return note(state, command, circumstances);
    case "flow.draft":
      return propose(state, command, circumstances);
    case "flow.route":
      return routeByFlow(state, command, circumstances);
    case "flow.describe":
      return describe(state, command, circumstances);
    case "flow.end-session":
      return endByFlow(state, command, circumstances);
    case "form.open":
      return openForm(state, command, circumstances);
    case "form.submit":
      return submitForm(state, command, circumstances);
    case "form.extend":
      return extendForm(state, command, circumstances);
    case "form.cancel":
      return cancelForm(state, command, circumstances);
    case "form.send-back":
      return sendBack(state, command, circumstances);
  }
}

/** What permission needs to know of a conversation. */
export function accessOf(state: ConversationState, { configuration }: Pick<Circumstances, "configuration">) {
  const { session, staff, customer } = state.snapshot;
  const queue = staff?.queueId ? configuration.queues.get(staff.queueId) : undefined;
  return {
    customerId: customer.id,
    agentId: session?.agent?.id ?? null,
    queueMembers: queue?.members ?? [],
    offeredTo: staff?.offer?.agentId ?? null,
    closedBy: staff?.close?.agentId ?? null,
    keptBy: staff?.kept?.agentId ?? null,
  };
}
