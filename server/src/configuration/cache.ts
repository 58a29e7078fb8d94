import type { RaisedLimits } from "@clew/contract/flows/flow-limits";
import type { Configuration } from "@clew/domain/configuration";
import type { Database } from "../database/database.ts";
import { loadConfiguration } from "./load.ts";
import type { ConfigurationChange } from "./nouns.ts";
import { readVersion } from "./settings-store.ts";

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
  /**
   * `listener` runs once for each change of any server process, after it is committed and in `current`. Returns the way
   * to stop listening.
   */
  onChange(listener: ChangeListener): () => void;
};

/** `flowLimits`: what the operator of this process lets flows use beyond the usual; it is in no store. */
export async function openConfigurationCache(
  database: Database,
  flowLimits: RaisedLimits = {},
): Promise<ConfigurationCache> {
  const load = async (since: number | null) => {
    const { configuration, ...more } = await loadConfiguration(database.query, since);
    return { ...more, configuration: { ...configuration, flowLimits } };
  };
  let loaded = await load(null);
  // One read at a time, in the order asked: an older read can never take the place of a newer one.
  let reading: Promise<void> = Promise.resolve();
  const listeners = new Set<ChangeListener>();

  const reload = () => {
    const read = async () => {
      loaded = await load(loaded.version);
      for (const change of loaded.changes) for (const listener of listeners) listener(change);
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
  };
}
