import type { RecordObject, RecordObjectSettings } from "@clew/contract/flows/records";
import { type ConfigurationContext, changeConfiguration } from "../configuration/change.ts";
import type { Handlers } from "../http/handlers.ts";
import { Refused } from "../problems/refused.ts";
import { isBuiltIn, readObjects, reservedFields } from "./objects.ts";
import type { Records } from "./records.ts";
import { isPrivateField } from "./values.ts";

type Parts = ConfigurationContext & { records: Pick<Records, "store" | "reload"> };

/** Object types: what records an organisation keeps, and of which fields. */
export function recordObjectHandlers(parts: Parts): Handlers {
  const { database, records } = parts;
  return {
    listRecordObjects: async () => ({ items: await readObjects(database.query) }),

    async saveRecordObject({ params, body, caller }): Promise<RecordObject> {
      const name = params.name ?? "";
      const { settings, revision } = body as { settings: RecordObjectSettings; revision: number };
      if (name === "Conversation") throw new Refused("already-exists", { field: "/name" });
      const saved = await changeConfiguration(parts, caller, async ({ query, now, record }) => {
        const known = (await readObjects(query)).find((object) => object.name === name) ?? null;
        if ((known?.revision ?? 0) !== revision) throw new Refused("conflict", { field: "/revision" });
        refuseFields(name, settings, known?.settings ?? null);
        const row = { settings: JSON.stringify(settings), revision: revision + 1, updated_at: now };
        await query
          .insertInto("record_objects")
          .values({ name, ...row })
          .onConflict((conflict) => conflict.column("name").doUpdateSet(row))
          .execute();
        const after = (await readObjects(query)).find((object) => object.name === name) as RecordObject;
        await records.store.reseal(query, name, isPrivateField(after.settings));
        const action = known && (revision > 0 || isBuiltIn(name)) ? "save" : "create";
        await record({
          action,
          noun: "record-object",
          id: name,
          before: known?.settings ?? null,
          after: after.settings,
        });
        return after;
      });
      await records.reload();
      return saved;
    },
  };
}

/** Each field once, under a name that nothing else has, and of the type that its values have already. */
function refuseFields(name: string, settings: RecordObjectSettings, known: RecordObjectSettings | null): void {
  const seen = new Set<string>();
  const reserved = reservedFields(name);
  for (const [index, { key, type, privacy = "open" }] of settings.fields.entries()) {
    const field = `/settings/fields/${index}`;
    if (name === "Session" && privacy !== "open")
      throw new Refused("setting-refused", {
        field: `${field}/privacy`,
        detail: "all staff read what is known of a session",
      });
    if (seen.has(key)) throw new Refused("already-exists", { field: `${field}/key` });
    if (reserved.includes(key))
      throw new Refused("setting-refused", { field: `${field}/key`, detail: "every record has this already" });
    const before = known?.fields.find((one) => one.key === key);
    if (before && before.type.replace(/\?$/, "") !== type.replace(/\?$/, ""))
      throw new Refused("setting-refused", {
        field: `${field}/type`,
        detail: `values of the type ${before.type} exist`,
      });
    seen.add(key);
  }
  if (
    settings.title !== undefined &&
    !seen.has(settings.title) &&
    !known?.fields.some(({ key }) => key === settings.title)
  )
    throw new Refused("setting-refused", { field: "/settings/title", detail: "there is no such field" });
}
