import type { Channel, ChannelSettings } from "@clew/contract/channels";
import { uniqueName } from "../configuration/settings-store.ts";
import type { ConfigurationTables } from "../configuration/tables.ts";
import type { Query } from "../database/database.ts";

/** All channels, by name. */
export async function readChannels(query: Query): Promise<Channel[]> {
  const rows = await query.selectFrom("channels").selectAll().orderBy("unique_name").execute();
  return rows.map(toChannel);
}

export async function readChannel(query: Query, id: string): Promise<Channel | null> {
  const row = await query.selectFrom("channels").selectAll().where("id", "=", id).executeTakeFirst();
  return row ? toChannel(row) : null;
}

export async function readChannelByName(query: Query, name: string): Promise<Channel | null> {
  const row = await query
    .selectFrom("channels")
    .selectAll()
    .where("unique_name", "=", uniqueName(name))
    .executeTakeFirst();
  return row ? toChannel(row) : null;
}

export async function insertChannel(query: Query, channel: { id: string; draft: ChannelSettings; now: number }) {
  const { id, draft, now } = channel;
  await query
    .insertInto("channels")
    .values({
      id,
      unique_name: uniqueName(draft.name),
      draft: JSON.stringify(draft),
      revision: 1,
      live: null,
      created_at: now,
      updated_at: now,
    })
    .execute();
}

/** Writes the channel as it is now; the caller holds the line of changes and has compared the revision. */
export async function updateChannel(query: Query, channel: Channel, now: number): Promise<void> {
  await query
    .updateTable("channels")
    .set({
      unique_name: uniqueName(channel.draft.name),
      draft: JSON.stringify(channel.draft),
      revision: channel.revision,
      live: channel.live,
      updated_at: now,
    })
    .where("id", "=", channel.id)
    .execute();
}

export async function deleteChannel(query: Query, id: string): Promise<void> {
  await query.deleteFrom("channels").where("id", "=", id).execute();
}

/** How many conversations the channel has. */
export async function countConversations(query: Query, channelId: string): Promise<number> {
  const row = await query
    .selectFrom("conversations")
    .select((select) => select.fn.countAll<number>().as("count"))
    .where("channel_id", "=", channelId)
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

function toChannel(row: ConfigurationTables["channels"]): Channel {
  return { id: row.id, draft: JSON.parse(row.draft), revision: row.revision, live: row.live };
}
