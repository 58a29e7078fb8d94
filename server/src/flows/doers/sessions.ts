import type { Fact } from "@clew/contract/facts";
import type { ConversationState } from "@clew/domain/conversations/state";
import type { Value } from "@clew/domain/flows/expressions/expression";
import type { Raw } from "../../database/database.ts";
import { conversationRow, conversationsOf } from "../lookups-store.ts";
import type { LocalDoers } from "../operations.ts";
import { allFacts, fits, sessionRecords, sorted } from "./session-records.ts";

/** Reading of sessions, and what customers told in earlier ones. */
export function sessionReaders(): {
  getSessions: NonNullable<LocalDoers["records.get"]>;
  restore: NonNullable<LocalDoers["prechat.restore"]>;
} {
  return {
    /** Sessions of the run's own customer only: another's are not there to be found. */
    async getSessions(raw, { where, sort, limit }, { run }) {
      const ids = run.conversationId ? await readableFrom(raw, run.conversationId) : [];
      const all = (await Promise.all(ids.map((id) => sessionRecords(raw, id)))).flat();
      const found = sorted(
        all.filter((one) => fits(one, where)),
        sort,
      ).slice(0, limit);
      return found.length > 0 ? { value: found } : { outcome: "notFound" };
    },

    async restore(raw, { from, of, fields, maxAge }, { run, now }) {
      const { conversationId, sessionId } = run;
      if (!conversationId) return { outcome: "nothing" };
      const ids = of === "customer" ? await readableFrom(raw, conversationId) : [conversationId];
      const told: Fact[] = (await Promise.all(ids.map((id) => allFacts(raw, id))))
        .flat()
        .filter((fact) => fact.sessionId !== sessionId && (maxAge === null || now - fact.at <= maxAge))
        .filter((fact) => fields === null || fields.includes(fact.key))
        .sort((a, b) => a.at - b.at);
      // Newest first or oldest first: the first that was not left blank counts. Blank is not the same as never asked.
      const inOrder = from === "latest" ? told.toReversed() : told;
      const values: Record<string, Value> = {};
      for (const { key, value } of inOrder) {
        if (value !== null && value !== "" && !Object.hasOwn(values, key)) values[key] = value as Value;
      }
      return Object.keys(values).length > 0 ? { value: values } : { outcome: "nothing" };
    },
  };
}

/** The conversation and, for a verified customer, their other ones. */
async function readableFrom(raw: Raw, conversationId: string): Promise<string[]> {
  const row = await conversationRow(raw, conversationId);
  if (!row) return [];
  const { snapshot } = JSON.parse(row.state) as ConversationState;
  return snapshot.customer.kind === "verified" ? conversationsOf(raw, row.customer_id) : [conversationId];
}
