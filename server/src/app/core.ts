import type { Configuration } from "@clew/domain/configuration";
import type { Clock, Ids } from "../clock.ts";
import type { Config } from "../config.ts";
import { type ConfigurationCache, openConfigurationCache } from "../configuration/cache.ts";
import { type ConversationStore, conversationStore } from "../conversations/store.ts";
import { connect } from "../database/connect.ts";
import type { Database } from "../database/database.ts";
import { type AgentStateStore, agentStateStore } from "../presence/store.ts";
import type { Log } from "../stream/parts.ts";

/** What every part of a server process works with. */
export type Core = {
  database: Database;
  store: ConversationStore;
  agentStates: AgentStateStore;
  configuration: () => Configuration;
  clock: Clock;
  ids: Ids;
  log: Log;
};

/** With the published configuration as it is stored, where it may be changed. */
export type OpenCore = Core & { cache: ConfigurationCache };

/** Connects to the store that the configuration names, brings it up to date and reads what is published in it. */
export async function openCore({
  config,
  ...given
}: Pick<Core, "clock" | "ids" | "log"> & {
  config: Pick<Config, "databaseUrl" | "data" | "flowLimits">;
}): Promise<OpenCore> {
  const database = await connect(config.databaseUrl ? { url: config.databaseUrl } : { folder: config.data });
  const cache = await openConfigurationCache(database, config.flowLimits);
  const store = conversationStore(database);
  const agentStates = agentStateStore(database);
  return { ...given, database, cache, store, agentStates, configuration: () => cache.current() };
}
