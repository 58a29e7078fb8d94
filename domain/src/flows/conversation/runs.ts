import type { EventOf } from "@clew/contract/events";
import type { RunTag } from "@clew/contract/flows/entries";
import { Draft } from "../../conversations/draft.ts";
import type { ConversationState } from "../../conversations/state.ts";
import { type Circumstances, type Decision, refuse } from "../../decision.ts";
import { resumeBy } from "../../sessions/inactivity.ts";
import { changeSession } from "../../sessions/session.ts";
import type { FlowCommand, Said } from "./commands.ts";
import { fallBack } from "./fall-back.ts";

type Of<Name extends FlowCommand["type"]> = Extract<FlowCommand, { type: Name }>;
const STAFF = { audience: "staff" as const, by: { who: "system" as const } };
/** Such as "de" or "pt-BR". */
const LANGUAGE_TAG = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

/** A run is at work on the conversation: staff see it, and from now on the run hears what happens here. */
export function bind(
  state: ConversationState,
  { run, botRun }: Of<"flow.bind">,
  circumstances: Circumstances,
): Decision {
  const { session, staff } = state.snapshot;
  if (run.scope === "session" && session?.id !== run.sessionId) return refuse("session-not-open");
  // Somebody took the session before its bot could begin.
  if (botRun && staff?.bot?.runId !== botRun) return refuse("session-not-open");
  const draft = new Draft(state, circumstances, state.snapshot.id);
  draft.add("flow.started", { run, runs: [...runsOf(state), run] }, STAFF);
  return draft.done();
}

/**
 * A run is over. One that is not bound any more changes nothing. A session that it served as a bot, and that it has neither
 * ended nor given to anybody, waits where it would have waited without.
 */
export function release(
  state: ConversationState,
  { runId, outcome, fault }: Of<"flow.release">,
  circumstances: Circumstances,
): Decision {
  const run = runsOf(state).find(({ id }) => id === runId);
  if (!run) return { state, events: [], effects: [] };
  const draft = new Draft(state, circumstances, state.snapshot.id);
  const runs = runsOf(state).filter(({ id }) => id !== runId);
  draft.add("flow.ended", { run, runs, outcome, ...(fault ? { fault } : {}) }, STAFF);
  const { session, staff } = state.snapshot;
  if (session?.bot && staff?.bot?.runId === runId) {
    const how = fault ? `stopped at ${fault.node}: ${fault.message}` : ENDED[outcome];
    fallBack(draft, `The bot ${session.bot.name} ${how}`);
  }
  return draft.done();
}

export function runsOf({ snapshot }: ConversationState): RunTag[] {
  return snapshot.runs ?? [];
}

/** How a run is over that had the session of a bot, for staff. */
const ENDED: Record<Of<"flow.release">["outcome"], string> = {
  completed: "ended without giving the session to anybody.",
  cancelled: "was stopped.",
  failed: "ended without success, and without giving the session to anybody.",
  expired: "had no time left.",
  faulted: "stopped.",
};

/** Words of a flow to the customer. `agent`: in the name of whoever serves, or of the bot while nobody does. */
export function say(
  state: ConversationState,
  { as, text, bot, files, replies, silent, botRun }: Of<"flow.say">,
  circumstances: Circumstances,
): Decision {
  if (state.snapshot.status === "closed") return refuse("conversation-closed");
  const draft = new Draft(state, circumstances, state.snapshot.id);
  sayIn(draft, as, text, { bot, files, replies, silent });
  if (botRun && state.snapshot.staff?.bot?.runId === botRun) resumeBy(draft, "agent");
  return draft.done();
}

/** The same as part of another rule. */
export function sayIn(
  draft: Draft,
  as: "agent" | "bot" | "system",
  text: string,
  { bot, files = [], replies = [], silent }: Partial<Said> = {},
): void {
  const { session, plain } = draft.state.snapshot;
  // Where nothing can be pressed, what may be answered is read.
  const words = plain ? [text, ...replies.map(({ label }) => `• ${label}`)].join("\n") : text;
  const agent = as === "agent" && session?.status !== "ended" ? session?.agent : null;
  // Whichever flow speaks while a bot serves, the customer talks to one.
  const name = session?.bot?.name ?? bot;
  draft.add(
    "message.posted",
    {
      ...{ text: words, attachments: files, sessionId: session?.id ?? null },
      ...(replies.length > 0 ? { replies } : {}),
      ...(silent ? { silent } : {}),
    },
    {
      by: agent
        ? { who: "agent", id: agent.id, name: agent.name }
        : as === "system"
          ? { who: "system" }
          : { who: "bot", ...(name ? { name } : {}) },
    },
  );
}

/** A note of a flow for staff. */
export function note(state: ConversationState, { text }: Of<"flow.note">, circumstances: Circumstances): Decision {
  const draft = new Draft(state, circumstances, state.snapshot.id);
  noteIn(draft, text);
  return draft.done();
}

/** The same as part of another rule; nothing without words. `automatic`: readers who know it say it in their own language. */
export function noteIn(draft: Draft, text: string | undefined, automatic?: EventOf<"note.posted">["automatic"]): void {
  if (text) draft.add("note.posted", { text, attachments: [], ...(automatic ? { automatic } : {}) }, STAFF);
}

/** Words for the composer of the agent who serves; refused while nobody does. */
export function propose(state: ConversationState, { text }: Of<"flow.draft">, circumstances: Circumstances): Decision {
  const { session } = state.snapshot;
  if (!session?.agent || session.status === "ended") return refuse("session-not-open");
  const draft = new Draft(state, circumstances, state.snapshot.id);
  draft.add("draft.proposed", { text }, STAFF);
  return draft.done();
}

/** What a flow found out about the session: facts with where they come from, attributes, tags, priority. */
export function describe(
  state: ConversationState,
  command: Of<"flow.describe">,
  circumstances: Circumstances,
): Decision {
  const { session, staff, facts } = state.snapshot;
  if (!session || !staff || session.id !== command.sessionId) return refuse("session-not-open");
  const draft = new Draft(state, circumstances, state.snapshot.id);
  const newer = (command.facts ?? []).flatMap(({ key, value, how }) => {
    const current = facts.findLast((fact) => fact.key === key);
    // A value that is carried keeps the session and the day it was told: the conversation holds it already.
    if (current?.value === value || how === "carried" || (value === null && !current)) return [];
    return [
      {
        key,
        value,
        sessionId: session.id,
        sessionNumber: session.number,
        at: draft.now,
        how: "looked-up" as const,
        by: { who: "flow" as const },
      },
    ];
  });
  if (newer.length > 0) draft.add("facts.recorded", { facts: newer }, { by: { who: "system" } });
  const { attributes, tags, priority } = command;
  const toConfirm = carriedOf(state, command.toConfirm ?? {});
  const language = command.language === state.snapshot.language ? undefined : command.language;
  if (language !== undefined && !LANGUAGE_TAG.test(language)) return refuse("invalid", { field: "/language" });
  if (attributes || tags || priority !== undefined || language !== undefined || toConfirm.length > 0) {
    changeSession(
      draft,
      "session.described",
      {
        staff: {
          ...(attributes ? { attributes: { ...staff.attributes, ...attributes } } : {}),
          ...(tags ? { tags: [...new Set([...(staff.tags ?? []), ...tags])] } : {}),
          ...(priority === undefined ? {} : { priority }),
          ...(toConfirm.length > 0 ? { toConfirm: [...new Set([...(staff.toConfirm ?? []), ...toConfirm])] } : {}),
        },
      },
      language === undefined ? {} : { language },
      // In which language they are served, customers know as well; what else is noted is taken out of what they get.
      language === undefined ? STAFF : { by: STAFF.by },
    );
  }
  return draft.done();
}

/** Of what a flow took over, what staff read as told in an earlier session: that is what there is to confirm. */
function carriedOf(
  { snapshot: { facts, session } }: ConversationState,
  taken: Readonly<Record<string, unknown>>,
): string[] {
  return Object.entries(taken).flatMap(([key, value]) => {
    const current = facts.findLast((fact) => fact.key === key);
    return current && current.sessionId !== session?.id && current.value === value ? [key] : [];
  });
}
