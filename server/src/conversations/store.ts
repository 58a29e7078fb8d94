import type { ConversationEvent } from "@clew/contract/events";
import type { SurveyAnswer } from "@clew/contract/forms";
import type { InboxItem } from "@clew/contract/inbox";
import type { Session } from "@clew/contract/sessions";
import { inboxItem } from "@clew/domain/conversations/inbox-item";
import type { ConversationState } from "@clew/domain/conversations/state";
import { sql } from "kysely";
import { lastChange } from "../commands/change-numbers-store.ts";
import type { Database } from "../database/database.ts";

type StateRow = { state: string };
export type Filter = {
  status?: string;
  queue?: string;
  agent?: string;
  channel?: string;
  search?: string;
  before?: number;
  limit: number;
  visible?: { agentId: string; queueIds: readonly string[] };
};

/** Reads of conversations. What changes them is the door. */
export function conversationStore(database: Database) {
  return {
    /** The state as last committed; null when there is none. */
    async state(id: string): Promise<ConversationState | null> {
      const [row] = await database.raw.all<StateRow>("SELECT state FROM conversations WHERE id = ?", [id]);
      return row ? (JSON.parse(row.state) as ConversationState) : null;
    },

    /** A customer's conversations in a channel, the newest first. */
    async ofCustomer(customerId: string, channelId: string, limit = 20): Promise<ConversationState[]> {
      const rows = await database.query
        .selectFrom("conversations")
        .select("state")
        .where("customer_id", "=", customerId)
        .where("channel_id", "=", channelId)
        .orderBy("created_at", "desc")
        .limit(limit)
        .execute();
      return rows.map((row) => JSON.parse(row.state) as ConversationState);
    },

    /** Conversations that changed after `change`, in the order of commits. */
    async changedAfter(change: number, limit: number): Promise<{ change: number; state: ConversationState }[]> {
      const rows = await database.raw.all<StateRow & { change: number }>(
        "SELECT change, state FROM conversations WHERE change > ? ORDER BY change LIMIT ?",
        [change, limit],
      );
      return rows.map((row) => ({ change: row.change, state: JSON.parse(row.state) as ConversationState }));
    },

    /** The number of the newest change. */
    lastChange(): Promise<number> {
      return lastChange(database.raw);
    },

    /** What an agent's inbox begins with: everything open that concerns them, with the change number it is as of. */
    async inbox(about: {
      agentId: string;
      queueIds: readonly string[];
      all: boolean;
    }): Promise<{ change: number; state: ConversationState }[]> {
      let query = database.query
        .selectFrom("conversations")
        .select(["change", "state"])
        .where("session_status", "in", ["new", "waiting", "active", "inactive"]);
      if (!about.all) {
        query = query.where((where) =>
          where.or([
            where("agent_id", "=", about.agentId),
            ...(about.queueIds.length > 0 ? [where("queue_id", "in", [...about.queueIds])] : []),
          ]),
        );
      }
      const rows = await query.orderBy("change").limit(2000).execute();
      return rows.map((row) => ({ change: row.change, state: JSON.parse(row.state) as ConversationState }));
    },

    /** Conversations by filter, newest change first; `before` is an `updatedAt`. One more than `limit` tells there is more. */
    async list(filter: Filter): Promise<InboxItem[]> {
      let query = database.query.selectFrom("conversations").select("state").where("session_id", "is not", null);
      if (filter.status) query = query.where("session_status", "=", filter.status);
      if (filter.queue) query = query.where("queue_id", "=", filter.queue);
      if (filter.agent) query = query.where("agent_id", "=", filter.agent);
      if (filter.channel) query = query.where("channel_id", "=", filter.channel);
      if (filter.before) query = query.where("updated_at", "<", filter.before);
      if (filter.search)
        query = query.where(
          sql<string>`lower(title)`,
          "like",
          `%${filter.search.toLowerCase().replace(/[%_]/g, " ")}%`,
        );
      const { visible } = filter;
      if (visible) {
        query = query.where((where) =>
          where.or([
            where("agent_id", "=", visible.agentId),
            ...(visible.queueIds.length > 0 ? [where("queue_id", "in", [...visible.queueIds])] : []),
          ]),
        );
      }
      const rows = await query.orderBy("updated_at", "desc").limit(filter.limit).execute();
      return rows.flatMap((row) => inboxItem(JSON.parse(row.state) as ConversationState) ?? []);
    },

    /** All sessions of a conversation, oldest first. */
    async sessions(
      conversationId: string,
    ): Promise<{ session: Session; firstNumber: number; queueId: string | null }[]> {
      const rows = await database.query
        .selectFrom("sessions")
        .select(["state", "first_number", "queue_id"])
        .where("conversation_id", "=", conversationId)
        .orderBy("number")
        .execute();
      return rows.map((row) => ({
        session: JSON.parse(row.state) as Session,
        firstNumber: row.first_number,
        queueId: row.queue_id,
      }));
    },

    /** What the customer answered to the surveys of a conversation, by session. */
    async surveys(conversationId: string): Promise<Map<string, SurveyAnswer[]>> {
      const rows = await database.raw.all<{ body: string }>(
        "SELECT body FROM events WHERE conversation_id = ? AND body LIKE '%\"survey.answered\"%' ORDER BY number",
        [conversationId],
      );
      return new Map(
        rows
          .map(({ body }) => JSON.parse(body) as ConversationEvent)
          // Somebody may have written the word in a message.
          .flatMap((event) =>
            event.type === "survey.answered" ? [[event.session.id, event.answers ?? []] as const] : [],
          ),
      );
    },

    /** Conversations that wait in a queue, with their states. */
    async waitingIn(queueIds: readonly string[]): Promise<ConversationState[]> {
      if (queueIds.length === 0) return [];
      const rows = await database.query
        .selectFrom("conversations")
        .select("state")
        .where("session_status", "=", "waiting")
        .where("queue_id", "in", [...queueIds])
        .limit(1000)
        .execute();
      return rows.map((row) => JSON.parse(row.state) as ConversationState);
    },

    /**
     * The sessions that were given to an agent since `since`: when, and how long they had waited, in milliseconds. Not
     * those that a bot had before: nobody waited while it talked.
     */
    async recentWaits(queueId: string, since: number): Promise<{ at: number; waited: number }[]> {
      const rows = await database.query
        .selectFrom("sessions")
        .select(["started_at", "active_at"])
        .where("queue_id", "=", queueId)
        .where("active_at", ">", since)
        .where("state", "not like", '%"bot":%')
        .orderBy("active_at", "desc")
        .limit(50)
        .execute();
      return rows.flatMap((row) =>
        row.active_at === null ? [] : { at: row.active_at, waited: row.active_at - row.started_at },
      );
    },

    /** Open work of an agent, for when they are deactivated. */
    async heldBy(agentId: string): Promise<string[]> {
      const rows = await database.query
        .selectFrom("conversations")
        .select("id")
        .where("agent_id", "=", agentId)
        .where("session_status", "in", ["waiting", "active", "inactive"])
        .execute();
      return rows.map((row) => row.id);
    },
  };
}

export type ConversationStore = ReturnType<typeof conversationStore>;
