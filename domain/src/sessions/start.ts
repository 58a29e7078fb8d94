import type { Answer } from "@clew/contract/forms";
import type { ProblemCode, ProblemExtra } from "@clew/contract/problems";
import type { Session, SessionStaff } from "@clew/contract/sessions";
import type { Configuration } from "../configuration.ts";
import type { Draft } from "../conversations/draft.ts";
import { recordAnswers, valuesOf } from "../facts/facts.ts";
import { flowDecidesWithin } from "../flows/conversation/routing.ts";
import { checkAnswers } from "../forms/answers.ts";
import { questionsToAsk } from "../forms/questions.ts";
import { opening } from "../hours/opening.ts";
import { changeSession } from "./session.ts";

type Refusal = { refused: ProblemCode; extra?: ProblemExtra };

/**
 * Starts the next session of the conversation in `draft`: checks the answers that policy asks for, records them as facts,
 * carries the earlier ones, and lets the session wait in the channel's queue. Returns a refusal, or null when it started.
 */
export function startSession(
  draft: Draft,
  answers: readonly Answer[],
  reason: "first" | "customer-wrote" | "asked",
): Refusal | null {
  const { configuration, now } = draft.circumstances;
  const { snapshot, sessions } = draft.state;
  const channel = configuration.channels.get(snapshot.channelId);
  if (!channel) return { refused: "not-published" };
  const { settings } = channel;
  const queue = settings.queueId ? configuration.queues.get(settings.queueId) : undefined;
  const { open, opensAt } = opening(configuration, settings, now);
  if (!open && settings.outOfHours === "refuse") {
    const retryAfter = opensAt === null ? {} : { retryAfter: Math.ceil((opensAt - now) / 1000) };
    return { refused: "out-of-hours", extra: retryAfter };
  }

  const number = sessions + 1;
  const asked = questionsToAsk(settings.preChat, snapshot.facts, { now, sessionNumber: number });
  const checked = checkAnswers(settings.preChat, answers, {
    language: snapshot.language,
    asked: asked.map((field) => field.key),
    known: valuesOf(snapshot.facts),
  });
  if (!checked.ok) {
    const given = new Set(answers.map((answer) => answer.key));
    const missing = Object.entries(checked.fields).every(([key, why]) => why === "required" && !given.has(key));
    return {
      refused: missing && reason !== "first" ? "prechat-required" : "answers-invalid",
      extra: { fields: checked.fields },
    };
  }

  const flow = routingFlow(configuration, channel);
  const leaveMessage = !open && settings.outOfHours === "leave-message";
  const previous = snapshot.session?.agent?.id ?? snapshot.staff?.previousAgentId ?? null;
  const session: Session = {
    id: draft.circumstances.newId(),
    number,
    status: "new",
    startedAt: now,
    waitingSince: null,
    activeAt: null,
    agent: null,
    end: null,
    countdown: null,
    nextMessage: leaveMessage ? "leaves-message" : "joins-session",
    leaveMessage,
  };
  const staff: SessionStaff = {
    queueId: settings.queueId,
    skills: queue?.skills ?? [],
    priority: settings.priority,
    weight: settings.weight,
    offer: null,
    offerId: null,
    declined: [],
    previousAgentId: previous,
    targetAgentId: null,
    overWaitedAt: null,
    undoUntil: null,
    close: null,
    ...(flow && !leaveMessage ? { flow: { key: flow.key, until: now + flowDecidesWithin(configuration) } } : {}),
    terms: {
      kind: settings.kind,
      deployment: channel.deployment,
      inactiveAfter: settings.inactivity.inactiveAfter,
      warnAfter: settings.inactivity.warnAfter,
      endAfterWarning: settings.inactivity.endAfterWarning,
      maxWait: queue?.maxWait ?? null,
      customerMayEnd: settings.customerMayEnd,
      ...(settings.reconnect ? { reconnect: settings.reconnect } : {}),
    },
  };
  draft.add("session.started", { session, staff, reason: leaveMessage ? "leave-message" : reason });

  const facts = recordAnswers({
    facts: snapshot.facts,
    answers: checked.answers,
    form: settings.preChat,
    sessionId: session.id,
    sessionNumber: number,
    now,
    customer: snapshot.customer,
  });
  if (facts.length > 0) draft.add("facts.recorded", { facts });
  // A flow that decides where the session waits holds it so long; the deadline sees to it that it never waits nowhere.
  if (!staff.flow)
    changeSession(
      draft,
      "session.waiting",
      { session: { status: "waiting", waitingSince: now } },
      { reason: "started" },
    );
  return null;
}

/** The flow that routes sessions of a channel. */
function routingFlow({ flows = [] }: Configuration, { id, settings }: { id: string; settings: { name: string } }) {
  return flows.find(
    ({ kind, trigger: { on, channels } }) =>
      kind === "routing" &&
      on === "session.started" &&
      (channels === null || ["web", id, settings.name].some((name) => channels.includes(name))),
  );
}
