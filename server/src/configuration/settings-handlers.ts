import type { Handlers } from "../http/handlers.ts";
import { Refused } from "../problems/refused.ts";
import { type Change, type ConfigurationContext, changeConfiguration } from "./change.ts";
import type { Noun } from "./nouns.ts";
import {
  deleteSettings,
  insertSettings,
  readAll,
  readByName,
  readOne,
  replaceSettings,
  type Stored,
} from "./settings-store.ts";
import type { SettingsTableName } from "./tables.ts";

/** What is particular to one noun whose settings are listed, made, replaced and deleted alike. */
export type SettingsNoun<Settings extends object> = {
  noun: Noun;
  table: SettingsTableName;
  /** The property of which there is one among its kind. */
  uniqueBy: keyof Settings & string;
  /** Puts the settings in the form that is stored. */
  tidy?(settings: Settings): Settings;
  /** Refuses what the schema cannot: unknown references, values that do not fit together. `id` is null for a new one. */
  check(change: Change, settings: Settings, id: string | null): Promise<void>;
  /** Names everything that uses the thing, as words for a person: `channel "Shop chat"`. */
  usersOf(change: Change, thing: Stored<Settings>): Promise<string[]>;
};

export function settingsHandlers<Settings extends object>(
  context: ConfigurationContext,
  names: { one: string; many: string },
  noun: SettingsNoun<Settings>,
): Handlers {
  return {
    [`list${names.many}`]: async () => ({ items: await readAll(context.database.query, noun.table) }),

    [`create${names.one}`]: ({ caller, body }) =>
      changeConfiguration(context, caller, (change) => createSettings(change, noun, { settings: body })),

    [`save${names.one}`]: ({ caller, params, body }) =>
      changeConfiguration(context, caller, (change) => saveSettings(change, noun, { ...body, id: params.id })),

    [`delete${names.one}`]: ({ caller, params }) =>
      changeConfiguration(context, caller, (change) => removeSettings(change, noun, params.id as string)),
  };
}

/** Makes one; the id may be given for things that are known before they exist. */
export async function createSettings<Settings extends object>(
  change: Change,
  noun: SettingsNoun<Settings>,
  item: { settings: Settings; id?: string },
): Promise<Stored<Settings>> {
  const settings = noun.tidy?.(item.settings) ?? item.settings;
  await refuseDuplicate(change, noun, settings, null);
  await noun.check(change, settings, null);
  const id = item.id ?? change.newId();
  await insertSettings(change.query, noun.table, { id, name: nameOf(noun, settings), settings, now: change.now });
  await change.record({ action: "create", noun: noun.noun, id, before: null, after: settings });
  return { id, ...settings, revision: 1 };
}

export async function saveSettings<Settings extends object>(
  change: Change,
  noun: SettingsNoun<Settings>,
  item: { id: string; settings: Settings; revision: number },
): Promise<Stored<Settings>> {
  const { id, revision } = item;
  const settings = noun.tidy?.(item.settings) ?? item.settings;
  const before = await readOne<Stored<Settings>>(change.query, noun.table, id);
  if (!before) throw new Refused("not-found");
  refuseStale(before.revision, revision);
  await refuseDuplicate(change, noun, settings, id);
  await noun.check(change, settings, id);
  await replaceSettings(change.query, noun.table, {
    id,
    name: nameOf(noun, settings),
    settings,
    now: change.now,
    revision,
  });
  await change.record({ action: "save", noun: noun.noun, id, before: settingsOf(before), after: settings });
  return { id, ...settings, revision: revision + 1 };
}

/** @throws Refused `conflict` when what was read is not what the store holds. */
export function refuseStale(stored: number, read: number): void {
  if (stored === read) return;
  throw new Refused("conflict", { detail: `The store holds revision ${stored}, and revision ${read} was read.` });
}

async function removeSettings<Settings extends object>(change: Change, noun: SettingsNoun<Settings>, id: string) {
  const before = await readOne<Stored<Settings>>(change.query, noun.table, id);
  if (!before) throw new Refused("not-found");
  const users = await noun.usersOf(change, before);
  if (users.length > 0) throw new Refused("conflict", { detail: `Still used by ${users.join(", ")}.` });
  await deleteSettings(change.query, noun.table, id);
  await change.record({ action: "delete", noun: noun.noun, id, before: settingsOf(before), after: null });
  return null;
}

async function refuseDuplicate<Settings extends object>(
  change: Change,
  noun: SettingsNoun<Settings>,
  settings: Settings,
  id: string | null,
): Promise<void> {
  const same = await readByName(change.query, noun.table, nameOf(noun, settings));
  if (!same || same.id === id) return;
  throw new Refused("already-exists", {
    field: `/${noun.uniqueBy}`,
    detail: `There is one with the ${noun.uniqueBy} "${nameOf(noun, settings)}" already.`,
  });
}

function nameOf<Settings extends object>(noun: SettingsNoun<Settings>, settings: Settings): string {
  return String(settings[noun.uniqueBy]);
}

function settingsOf<Settings extends object>({ id: _id, revision: _revision, ...settings }: Stored<Settings>): object {
  return settings;
}
