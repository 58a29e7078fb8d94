import type { ConversationSnapshot } from "@clew/contract/conversations";
import type { Configuration } from "@clew/domain/configuration";
import { eventForCustomer, snapshotForCustomer } from "@clew/domain/conversations/for-customer";
import type { ConversationState } from "@clew/domain/conversations/state";
import type { Clock } from "../clock.ts";
import type { Database } from "../database/database.ts";
import { Download } from "../download.ts";
import { eventsAfter, eventsBefore } from "../event-log/read.ts";
import type { Call, Caller, Handlers } from "../http/handlers.ts";
import { Refused } from "../problems/refused.ts";
import { maySee } from "../stream/access.ts";
import type { ConversationStore } from "./store.ts";
import { timelineOf } from "./timeline.ts";
import { transcript } from "./transcript.ts";

type Parts = { database: Database; store: ConversationStore; configuration: () => Configuration; clock: Clock };

const MOST_EVENTS = 200;

/** Reading conversations over HTTP. Another's conversation gets the same answer as none. */
export function conversationHandlers({ database, store, configuration, clock }: Parts): Handlers {
  async function visible(call: Call): Promise<ConversationState> {
    const state = await store.state(call.params.id as string);
    if (!maySee(call.caller, state, configuration())) throw new Refused("not-found");
    return state;
  }

  return {
    readConversation: async (call) => snapshotFor(call.caller, await visible(call)),

    async readEvents(call) {
      const state = await visible(call);
      const { before, after, limit } = call.query;
      const most = Math.max(1, Math.min(Number(limit ?? 50), MOST_EVENTS));
      const { id } = state.snapshot;
      const page =
        after === undefined
          ? await eventsBefore(database.raw, id, Number(before ?? Number.MAX_SAFE_INTEGER), most)
          : await eventsAfter(database.raw, id, Number(after), most);
      const events = call.caller.who === "customer" ? page.map(eventForCustomer) : page;
      const first = events[0]?.number ?? 0;
      const last = events.at(-1)?.number ?? 0;
      const more = after === undefined ? first > 1 : last > 0 && last < state.snapshot.number;
      return { events, first, last, more };
    },

    readTimeline: async (call) =>
      timelineOf(await visible(call), { database, configuration: configuration(), now: clock.now() }),

    async readSessions(call) {
      const state = await visible(call);
      const sessions = await store.sessions(state.snapshot.id);
      const { queues } = configuration();
      const answered = sessions.some(({ session }) => session.survey === "answered");
      const surveys = answered ? await store.surveys(state.snapshot.id) : null;
      return {
        items: sessions.map(({ session, firstNumber, queueId }) => {
          const queueName = queueId ? queues.get(queueId)?.name : undefined;
          const survey = surveys?.get(session.id);
          return { session, firstNumber, ...(queueName ? { queueName } : {}), ...(survey ? { survey } : {}) };
        }),
      };
    },

    async readTranscript(call) {
      const state = await visible(call);
      const forCustomer = call.caller.who === "customer";
      if (forCustomer && configuration().channels.get(state.snapshot.channelId)?.settings.transcript === false)
        throw new Refused("forbidden");
      const text = await transcript(database, state, {
        organisation: configuration().organisation.name,
        forCustomer,
        sessionId: call.query.session ?? null,
        // The console speaks English.
        language: call.query.language ?? (forCustomer ? state.snapshot.language : "en"),
      });
      return new Download({
        content: text,
        type: "text/plain; charset=utf-8",
        name: `conversation-${state.snapshot.id}.txt`,
      });
    },
  };
}

export function snapshotFor(caller: Caller, state: ConversationState): ConversationSnapshot {
  return caller.who === "customer" ? snapshotForCustomer(state.snapshot) : state.snapshot;
}
