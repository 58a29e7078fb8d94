import type { ChannelSettings, Deployment } from "@clew/contract/channels";
import type { ConfigurationTables } from "../configuration/tables.ts";
import type { Query } from "../database/database.ts";

export type LiveChannel = { id: string; deployment: number; settings: ChannelSettings };

/** All channels that have a live deployment, with its settings. */
export async function readLiveChannels(query: Query): Promise<LiveChannel[]> {
  const rows = await query
    .selectFrom("channels")
    .innerJoin("deployments", (join) =>
      join.onRef("deployments.channel_id", "=", "channels.id").onRef("deployments.number", "=", "channels.live"),
    )
    .select(["channels.id", "deployments.number", "deployments.settings"])
    .orderBy("channels.id")
    .execute();
  return rows.map((row) => ({ id: row.id, deployment: row.number, settings: JSON.parse(row.settings) }));
}

/** A channel's deployments, newest first. */
export async function readDeployments(query: Query, channelId: string): Promise<Deployment[]> {
  const rows = await query
    .selectFrom("deployments")
    .selectAll()
    .where("channel_id", "=", channelId)
    .orderBy("number", "desc")
    .execute();
  return rows.map(toDeployment);
}

export async function readDeployment(query: Query, channelId: string, number: number): Promise<Deployment | null> {
  const row = await query
    .selectFrom("deployments")
    .selectAll()
    .where("channel_id", "=", channelId)
    .where("number", "=", number)
    .executeTakeFirst();
  return row ? toDeployment(row) : null;
}

/** The number that the channel's next deployment gets. */
export async function nextNumber(query: Query, channelId: string): Promise<number> {
  const row = await query
    .selectFrom("deployments")
    .select((select) => select.fn.max("number").as("last"))
    .where("channel_id", "=", channelId)
    .executeTakeFirst();
  return (row?.last ?? 0) + 1;
}

export async function insertDeployment(query: Query, deployment: Deployment): Promise<void> {
  await query
    .insertInto("deployments")
    .values({
      channel_id: deployment.channelId,
      number: deployment.number,
      settings: JSON.stringify(deployment.settings),
      published_at: deployment.publishedAt,
      published_by: deployment.publishedBy,
      note: deployment.note,
      restored_from: deployment.restoredFrom,
    })
    .execute();
}

export async function deleteDeployments(query: Query, channelId: string): Promise<void> {
  await query.deleteFrom("deployments").where("channel_id", "=", channelId).execute();
}

function toDeployment(row: ConfigurationTables["deployments"]): Deployment {
  return {
    channelId: row.channel_id,
    number: row.number,
    settings: JSON.parse(row.settings),
    publishedAt: row.published_at,
    publishedBy: row.published_by,
    note: row.note,
    restoredFrom: row.restored_from,
  };
}
