import type { Fact } from "@clew/contract/facts";
import type { FormField } from "@clew/contract/forms";
import type { ConversationState } from "@clew/domain/conversations/state";
import type { Value } from "@clew/domain/flows/expressions/expression";
import { fits, picked, sorted } from "@clew/domain/flows/records/fits";
import { textIn } from "@clew/domain/languages/fall-back";
import type { Raw } from "../../database/database.ts";
import { conversationRow, conversationsOf, verifiedCustomer } from "../lookups-store.ts";
import type { LocalDoers } from "../operations.ts";
import { allFacts, conversationRecord, sessionRecords } from "./session-records.ts";

/** Reading of sessions and conversations, and what customers told in earlier ones. */
export function sessionReaders(preChatOf: (channelId: string) => readonly FormField[]): {
  get: NonNullable<LocalDoers["records.get"]>;
  restore: NonNullable<LocalDoers["prechat.restore"]>;
} {
  return {
    /** Those of the run's own customer only: another's are not there to be found. */
    async get(raw, { object, where, sort, limit, fields }, { run }) {
      const ids = run.conversationId ? await readableFrom(raw, run.conversationId) : [];
      const read = (id: string) =>
        object === "Session" ? sessionRecords(raw, id) : conversationRecord(raw, id).then((one) => (one ? [one] : []));
      const all: Record<string, Value>[] = (await Promise.all(ids.map(read))).flat();
      const found = sorted(
        all.filter((one) => fits(one, where)),
        sort,
      ).slice(0, limit);
      if (found.length === 0) return { outcome: "notFound" };
      return { value: fields === null ? found : found.map((one) => picked(one, fields)) };
    },

    async restore(raw, { from, of, fields, maxAge, confirm }, { run, now }) {
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
      if (Object.keys(values).length === 0) return { outcome: "nothing" };
      if (confirm !== "askCustomer") return { value: values };
      const row = await conversationRow(raw, conversationId);
      const form = row ? preChatOf((JSON.parse(row.state) as ConversationState).snapshot.channelId) : [];
      const lines = Object.entries(values).map(([key, value]) => lineOf(key, value, form, run.locale));
      return { value: { values, lines } };
    },
  };
}

/** "Order number: 4711", in the words of the form that asked, as far as it still asks. */
function lineOf(key: string, value: Value, form: readonly FormField[], locale: string): string {
  const field = form.find((one) => one.key === key);
  const choice = field?.choices?.find((one) => one.value === value);
  return `${(field && textIn(field.label, locale)) || key}: ${choice ? textIn(choice.label, locale) : value}`;
}

/** The conversation and, for a verified customer, their other ones. */
async function readableFrom(raw: Raw, conversationId: string): Promise<string[]> {
  const customerId = await verifiedCustomer(raw, conversationId);
  return customerId === null ? [conversationId] : conversationsOf(raw, customerId);
}
