import type { Configuration } from "@clew/domain/configuration";
import type { Database } from "../database/database.ts";
import { loadConfiguration } from "./load.ts";
import { readVersion } from "./settings-store.ts";

export const NOUNS = [
  "organisation",
  "channel",
  "deployment",
  "queue",
  "skill",
  "hours",
  "quick-reply",
  "agent",
] as const;
export type Noun = (typeof NOUNS)[number];

/** What was changed. `deployment` is there when a channel got a new live deployment. */
export type ConfigurationChange = { noun: Noun; id: string; deployment?: { channelId: string; number: number } };
export type ChangeListener = (change: ConfigurationChange) => void;

/**
 * The published configuration in memory, so that rules read it without asking the store. What `current` returns is
 * never changed afterwards; a newer one takes its place.
 */
export type ConfigurationCache = {
  current(): Configuration;
  /** Reads the store again. When it resolves, everything committed before the call is in `current`. */
  reload(): Promise<void>;
  /** Reads the store again when another server process has changed it; true when it had. */
  reloadIfChanged(): Promise<boolean>;
  /** `listener` runs after the change is committed and in `current`. Returns the way to stop listening. */
  onChange(listener: ChangeListener): () => void;
  /** Tells the listeners. Called once a change is committed and read. */
  announce(change: ConfigurationChange): void;
};

export async function openConfigurationCache(database: Database): Promise<ConfigurationCache> {
  let loaded = await loadConfiguration(database.query);
  // One read at a time, in the order asked: an older read can never take the place of a newer one.
  let reading: Promise<void> = Promise.resolve();
  const listeners = new Set<ChangeListener>();

  const reload = () => {
    const read = async () => {
      loaded = await loadConfiguration(database.query);
    };
    const next = reading.then(read, read);
    reading = next.catch(() => undefined);
    return next;
  };

  return {
    current: () => loaded.configuration,
    reload,
    async reloadIfChanged() {
      if ((await readVersion(database.query)) === loaded.version) return false;
      await reload();
      return true;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    announce(change) {
      for (const listener of listeners) listener(change);
    },
  };
}
