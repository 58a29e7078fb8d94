import {
  FIELDS_OF_ALL,
  FIELDS_OF_CONVERSATIONS,
  FIELDS_OF_SESSIONS,
  type RecordFieldSettings,
  type RecordObject,
  type RecordObjectSettings,
} from "@clew/contract/flows/records";
import type { Variables } from "@clew/contract/flows/variables";
import type { Query } from "../database/database.ts";

const text = (key: string, label: string): RecordFieldSettings => ({ key, type: "text?", label });

/** The objects that are there from the start. What an admin adds to them is stored; these fields stay. */
const BUILT_IN: Record<string, RecordObjectSettings> = {
  Case: {
    label: "Case",
    plural: "Cases",
    title: "subject",
    fields: [
      text("subject", "Subject"),
      { key: "status", type: "choice?", label: "Status" },
      { key: "contactId", type: "id:Contact?", label: "Contact" },
      text("description", "Description"),
    ],
  },
  Contact: {
    label: "Contact",
    plural: "Contacts",
    title: "name",
    fields: [
      text("name", "Name"),
      text("firstName", "First name"),
      text("lastName", "Last name"),
      { key: "email", type: "email?", label: "E-mail" },
      { key: "phone", type: "phone?", label: "Phone" },
      { key: "tier", type: "choice?", label: "Tier" },
    ],
  },
  // What sessions have of their own is no field here; they are kept with their conversation and not in the store of records.
  Session: { label: "Session", plural: "Sessions", fields: [] },
};

/** Names that fields of an admin cannot have. */
export function reservedFields(object: string): readonly string[] {
  if (object === "Session") return Object.keys(FIELDS_OF_SESSIONS);
  return [...Object.keys(FIELDS_OF_ALL), "contact", "object", "values"];
}

export function isBuiltIn(name: string): boolean {
  return Object.hasOwn(BUILT_IN, name);
}

/** All object types: built-in ones with what was added to them, and those an admin made. */
export async function readObjects(query: Query): Promise<RecordObject[]> {
  const rows = await query.selectFrom("record_objects").selectAll().orderBy("name").execute();
  const stored = new Map(rows.map((row) => [row.name, row]));
  const builtIn = Object.entries(BUILT_IN).map(([name, settings]): RecordObject => {
    const row = stored.get(name);
    if (!row) return { name, builtIn: true, settings, revision: 0 };
    const changed = JSON.parse(row.settings) as RecordObjectSettings;
    return { name, builtIn: true, settings: withBuiltIn(changed, settings), revision: row.revision };
  });
  const own = rows
    .filter(({ name }) => !isBuiltIn(name))
    .map(({ name, settings, revision }) => ({
      name,
      builtIn: false,
      settings: JSON.parse(settings) as RecordObjectSettings,
      revision,
    }));
  return [...builtIn, ...own];
}

/** An admin may add fields to a built-in object and rename them, but none of its own goes or becomes something else. */
function withBuiltIn(changed: RecordObjectSettings, built: RecordObjectSettings): RecordObjectSettings {
  const own = built.fields.map((field) => {
    const again = changed.fields.find(({ key }) => key === field.key);
    return again ? { ...again, type: field.type } : field;
  });
  const added = changed.fields.filter(({ key }) => built.fields.every((field) => field.key !== key));
  return { ...changed, fields: [...own, ...added] };
}

/** The fields of every object type as the linter knows them, sessions and conversations too. */
export async function fieldsOfObjects(query: Query): Promise<ReadonlyMap<string, Variables>> {
  const objects = await readObjects(query);
  const fields = new Map<string, Variables>(
    objects.map(({ name, settings }) => [
      name,
      {
        ...(name === "Session" ? FIELDS_OF_SESSIONS : FIELDS_OF_ALL),
        ...Object.fromEntries(
          settings.fields.map(({ key, type, privacy }) => [key, { type, ...(privacy ? { privacy } : {}) }]),
        ),
        ...(settings.fields.some(({ key }) => key === "contactId") ? { contact: { type: "record:Contact?" } } : {}),
      },
    ]),
  );
  fields.set("Conversation", FIELDS_OF_CONVERSATIONS);
  return fields;
}
