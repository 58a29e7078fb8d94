import type { RecordObject, StoredRecord } from "@clew/contract/flows/records";
import type { Configuration } from "@clew/domain/configuration";
import type { ConversationState } from "@clew/domain/conversations/state";
import type { Value } from "@clew/domain/flows/expressions/expression";
import type { Clock, Ids } from "../clock.ts";
import type { Database, Raw } from "../database/database.ts";
import type { FlowDoor } from "../flows/door.ts";
import type { Caller, Handlers } from "../http/handlers.ts";
import { Refused } from "../problems/refused.ts";
import { maySee } from "../stream/access.ts";
import { caseChanged, problemsWithReferences } from "./doers.ts";
import type { Records } from "./records.ts";
import type { Behind, KnownRecord } from "./store.ts";
import { isPrivateField } from "./values.ts";
import { matches, viewOf, wantedBy } from "./view.ts";

type Values = Record<string, Value>;
type Parts = {
  database: Database;
  records: Pick<Records, "store" | "objectNamed">;
  flows: Pick<FlowDoor, "beside">;
  clock: Clock;
  ids: Ids;
  configuration: () => Configuration;
  stateOf(conversationId: string): Promise<ConversationState | null>;
};
type Link = { conversationId?: string | null; caseId?: string | null };

const PAGE = 50;
const LARGEST_PAGE = 200;
/** Records that a search reads at a time, and at most before it answers with what it has. */
const LOOKED_AT = 500;
const MOST_LOOKED_AT = 20_000;
/** Conversations of which one page asks at most who may see them. */
const MOST_ASKED = 1_000;

/** Records as people and programs read and write them. What belongs to a conversation is seen by who sees that. */
export function recordHandlers({ database, records, flows, clock, ids, configuration, stateOf }: Parts): Handlers {
  const { store } = records;

  function objectOf(name: string | undefined): RecordObject {
    const object = records.objectNamed(name ?? "");
    if (!object) throw new Refused("not-found");
    return object;
  }

  /** What the caller may know of a record: null when nothing, otherwise whether its private fields too. */
  async function sight(caller: Caller, conversationId: string | null): Promise<{ hidden: boolean } | null> {
    if (caller.who === "customer" || caller.who === "public") return null;
    const state = conversationId ? await stateOf(conversationId) : null;
    // A conversation that was erased hides nothing of the record that outlives it.
    if (state && !maySee(caller, state, configuration())) return null;
    const serves = caller.who === "staff" && state?.snapshot.session?.agent?.id === caller.agentId;
    return { hidden: !(caller.who === "key" || caller.role !== "agent" || serves) };
  }

  async function shown(caller: Caller, object: RecordObject, record: KnownRecord | null): Promise<StoredRecord> {
    const seen = record ? await sight(caller, record.conversationId) : null;
    if (!record || !seen) throw new Refused("not-found");
    return viewOf(object, record, seen);
  }

  async function refuseLinks(caller: Caller, { conversationId, caseId }: Link): Promise<void> {
    if (conversationId && !((await stateOf(conversationId)) && (await sight(caller, conversationId))))
      throw new Refused("not-found", { field: "/conversationId" });
    if (!caseId) return;
    const kase = await store.find(database.raw, "Case", caseId);
    if (!kase || !(await sight(caller, kase.conversationId))) throw new Refused("not-found", { field: "/caseId" });
  }

  /** Work in one commit with what flows hear of it; a refusal is no failure of the others in that commit. */
  async function committed(
    work: (raw: Raw) => Promise<{ record: KnownRecord; changed: readonly string[] }>,
  ): Promise<KnownRecord> {
    let result: { record: KnownRecord } | { refused: Refused } | null = null;
    await flows.beside(async (raw) => {
      try {
        const { record, changed } = await work(raw);
        result = { record };
        if (changed.length === 0) return { heard: [], tell: [] };
        const isNew = record.version === 1;
        return {
          heard: isNew ? [] : caseChanged(record, changed, { id: ids.next(), now: record.updatedAt }),
          tell: [{ type: "record-changed", object: record.object, recordId: record.id }],
        };
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        result = { refused: error };
        return { heard: [], tell: [] };
      }
    });
    const done = result as { record: KnownRecord } | { refused: Refused } | null;
    if (!done || "refused" in done) throw done?.refused ?? new Error("a record was neither written nor refused");
    return done.record;
  }

  async function refuseProblems(raw: Raw, { settings }: RecordObject, values: Values, whole: boolean): Promise<void> {
    const problems = await problemsWithReferences(store, raw, { settings, values, whole });
    if (Object.keys(problems).length > 0) throw new Refused("answers-invalid", { fields: problems });
  }

  return {
    async listRecords({ params, query, caller }) {
      const object = objectOf(params.object);
      const limit = Math.max(1, Math.min(Number(query.limit ?? PAGE), LARGEST_PAGE));
      const search = wantedBy(query.search);
      const atOnce = search ? LOOKED_AT : limit + 1;
      const items: StoredRecord[] = [];
      const seen = new Map<string | null, Awaited<ReturnType<typeof sight>>>();
      const meant = async (record: KnownRecord): Promise<StoredRecord | null> => {
        // Only of those that could be meant is it asked who may see them: that reads their conversations.
        if (!matches(viewOf(object, record, { hidden: false }), search)) return null;
        const { conversationId } = record;
        if (!seen.has(conversationId)) seen.set(conversationId, await sight(caller, conversationId));
        const may = seen.get(conversationId);
        const view = may ? viewOf(object, record, may) : null;
        if (!view || !matches(view, search)) return null;
        // A list stands on screens beside other work: what is private is read one record at a time. It keeps its name.
        const isListed = caller.who === "staff";
        return isListed ? { ...viewOf(object, record, { hidden: true }), title: view.title } : view;
      };
      let behind = query.after ? behindIn(query.after) : null;
      for (let looked = 0; ; ) {
        const found = await store.list(database.raw, object.name, {
          ...(query.conversation ? { conversationId: query.conversation } : {}),
          ...(query.case ? { caseId: query.case } : {}),
          ...(query.before ? { before: Number(query.before) } : {}),
          ...(behind ? { behind } : {}),
          search,
          limit: atOnce,
        });
        for (const record of found) {
          const view = await meant(record);
          if (view) {
            if (items.length === limit) return { items, more: true, ...(behind ? { next: cursorOf(behind) } : {}) };
            items.push(view);
          }
          behind = record;
        }
        looked += found.length;
        if (found.length < atOnce) return { items, more: false };
        if (behind && (looked >= MOST_LOOKED_AT || seen.size >= MOST_ASKED))
          return { items, more: true, next: cursorOf(behind) };
      }
    },

    async createRecord({ params, body, caller }) {
      const object = objectOf(params.object);
      const { id, values, conversationId = null, caseId = null } = body as { id: string; values: Values } & Link;
      await refuseLinks(caller, { conversationId, caseId });
      const state = conversationId ? await stateOf(conversationId) : null;
      const record = await committed(async (raw) => {
        const known = await store.any(raw, id);
        if (known) {
          // A repeat of the call. Links were looked at above: the caller may see what these lead to.
          const same = known.object === object.name && known.conversationId === conversationId;
          if (!same) throw new Refused("id-reused");
          return { record: known, changed: [] };
        }
        await refuseProblems(raw, object, values, true);
        const now = clock.now();
        const record: KnownRecord = {
          ...{ id, object: object.name, values, conversationId, caseId, version: 1 },
          number: await store.nextNumber(raw, object.name),
          sessionId: state?.snapshot.session?.id ?? null,
          createdAt: now,
          updatedAt: now,
        };
        if (!(await store.insert(raw, record, isPrivateField(object.settings)))) throw new Refused("id-reused");
        return { record, changed: Object.keys(values) };
      });
      return shown(caller, object, record);
    },

    async readRecord({ params, caller }) {
      const object = objectOf(params.object);
      return shown(caller, object, await store.find(database.raw, object.name, params.id ?? ""));
    },

    async saveRecord({ params, body, caller }) {
      const object = objectOf(params.object);
      const { version, values, ...links } = body as { version: number; values: Values } & Link;
      await refuseLinks(caller, links);
      const before = await store.find(database.raw, object.name, params.id ?? "");
      const seen = before ? await sight(caller, before.conversationId) : null;
      if (!before || !seen) throw new Refused("not-found");
      const record = await committed(async (raw) => {
        const known = await store.find(raw, object.name, before.id, { locked: true });
        if (!known) throw new Refused("not-found");
        if (known.version !== version || known.conversationId !== before.conversationId)
          throw new Refused("conflict", { field: "/version" });
        const isPrivate = isPrivateField(object.settings);
        const closed = seen.hidden ? Object.keys(values).find(isPrivate) : undefined;
        if (closed) throw new Refused("forbidden", { field: `/values/${closed}` });
        await refuseProblems(raw, object, values, false);
        const changed = Object.keys(values).filter(
          (name) => JSON.stringify(values[name]) !== JSON.stringify(known.values[name] ?? null),
        );
        const linked = { conversationId: known.conversationId, caseId: known.caseId, ...links };
        const moved = (["conversationId", "caseId"] as const).filter((name) => linked[name] !== known[name]);
        if (changed.length + moved.length === 0) return { record: known, changed: [] };
        const next: KnownRecord = {
          ...known,
          ...linked,
          version: known.version + 1,
          values: { ...known.values, ...values },
          updatedAt: clock.now(),
        };
        await store.update(raw, next, isPrivate);
        return { record: next, changed: [...changed, ...moved] };
      });
      return shown(caller, object, record);
    },
  };
}

/** Where a list goes on, as its reader gives it back: the time and the id of the last record that was looked at. */
function cursorOf({ id, updatedAt }: Behind): string {
  return `${updatedAt}.${id}`;
}

function behindIn(cursor: string): Behind {
  const [updatedAt = "", id = ""] = cursor.split(".");
  return { updatedAt: Number(updatedAt), id };
}
