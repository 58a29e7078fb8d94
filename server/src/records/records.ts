import type { RecordObject } from "@clew/contract/flows/records";
import { isConversationObject } from "@clew/contract/flows/words";
import type { ConfigurationContext } from "../configuration/change.ts";
import type { FlowParts } from "../flows/flows.ts";
import type { Log } from "../stream/parts.ts";
import { recordDoers } from "./doers.ts";
import { fieldsOfObjects, readObjects } from "./objects.ts";
import { recordStore } from "./store.ts";
import { problemsOf } from "./values.ts";

type Parts = ConfigurationContext & { log: Log; key: Uint8Array };

/** Records as a whole: what flows do with them, and the object types that there are. */
export async function createRecords({ database, cache, log, key }: Parts) {
  const store = recordStore(database.engine, key);
  let objects = new Map<string, RecordObject>();
  let sessions: RecordObject | null = null;
  const reload = async () => {
    const all = (await readObjects(database.query)).map((object) => [object.name, object] as const);
    // Sessions have fields, and their own door: none of them is made or changed as a record.
    sessions = all.find(([name]) => name === "Session")?.[1] ?? null;
    objects = new Map(all.filter(([name]) => !isConversationObject(name)));
  };
  await reload();
  cache.onChange(({ noun }) => {
    if (noun === "record-object")
      void reload().catch((error: unknown) => log.error({ err: error }, "object types could not be read"));
  });
  const records: FlowParts["records"] = {
    doers: recordDoers({ store, objectNamed: (name) => objects.get(name) ?? null }),
    objects: fieldsOfObjects,
    problemsOfSession: (values) => (sessions ? problemsOf(sessions.settings, values, { whole: false }) : {}),
    async recordOf(id) {
      const record = await store.any(database.raw, id);
      return record && { object: record.object, conversationId: record.conversationId };
    },
  };
  return { ...records, store, reload, objectNamed: (name: string) => objects.get(name) ?? null };
}
export type Records = Awaited<ReturnType<typeof createRecords>>;
