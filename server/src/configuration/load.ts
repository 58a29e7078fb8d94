import type { Agent, AuditEntry, OrganisationSettings } from "@clew/contract/agents";
import type { Hours } from "@clew/contract/hours";
import type { Queue, Skill } from "@clew/contract/routing";
import type { Configuration } from "@clew/domain/configuration";
import { readAuditSince } from "../audit/store.ts";
import type { Query } from "../database/database.ts";
import { readLiveChannels } from "../deployments/store.ts";
import { readLiveFlows } from "../flows/versions-store.ts";
import { readOrganisation } from "../organisation/store.ts";
import { type ConfigurationChange, NOUNS } from "./nouns.ts";
import { readAll, readVersion } from "./settings-store.ts";

export type LoadedConfiguration = {
  version: number;
  configuration: Configuration;
  /** What was changed since the version read before. */
  changes: ConfigurationChange[];
};

/** Before an organisation exists the rules still find a configuration, with nothing in it. */
const NO_ORGANISATION: OrganisationSettings = { name: "", presenceReasons: [], declineReasons: [] };

/** The published configuration as of one version: read again when a change was committed while reading. */
export async function loadConfiguration(query: Query, since: number | null): Promise<LoadedConfiguration> {
  for (;;) {
    const version = await readVersion(query);
    const configuration = await readConfiguration(query);
    const changes = since === null ? [] : (await readAuditSince(query, since)).flatMap(toChange);
    if ((await readVersion(query)) === version) return { version, configuration, changes };
  }
}

async function readConfiguration(query: Query): Promise<Configuration> {
  return {
    organisation: (await readOrganisation(query)) ?? NO_ORGANISATION,
    channels: byId(await readLiveChannels(query)),
    queues: byId(await readAll<Queue>(query, "queues")),
    agents: byId(await readAll<Agent>(query, "agents")),
    skills: byId(await readAll<Skill>(query, "skills")),
    hours: byId(await readAll<Hours>(query, "hours")),
    flows: await readLiveFlows(query),
  };
}

function toChange({ noun, nounId, change }: AuditEntry): ConfigurationChange[] {
  const known = NOUNS.find((name) => name === noun);
  if (!known) return [];
  if (known !== "deployment") return [{ noun: known, id: nounId }];
  const { number } = change as { number: number };
  return [{ noun: known, id: nounId, deployment: { channelId: nounId, number } }];
}

function byId<Item extends { id: string }>(items: readonly Item[]): ReadonlyMap<string, Item> {
  return new Map(items.map((item) => [item.id, item]));
}
