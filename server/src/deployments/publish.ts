import type { Channel, ChannelSettings, Deployment, SettingChange } from "@clew/contract/channels";
import { configurationChanges } from "@clew/domain/configuration-changes";
import { checkReferences, requireChannel } from "../channels/channels.ts";
import { checkPublishable } from "../channels/check-settings.ts";
import { readChannelByName, updateChannel } from "../channels/store.ts";
import type { Change } from "../configuration/change.ts";
import { refuseStale } from "../configuration/settings-handlers.ts";
import type { Query } from "../database/database.ts";
import { Refused } from "../problems/refused.ts";
import { insertDeployment, nextNumber, readDeployment } from "./store.ts";

/** Who publishes, for the deployment itself; null for a program or the server. */
type Publisher = { publishedBy: string | null };

/** Publishes the draft that was read at `revision` as the channel's next deployment. */
export async function publishDraft(
  change: Change,
  item: Publisher & { channelId: string; revision: number; note: string },
): Promise<Deployment> {
  const channel = await requireChannel(change, item.channelId);
  refuseStale(channel.revision, item.revision);
  return publish(change, channel, { ...item, settings: channel.draft, restoredFrom: null });
}

/**
 * Goes back: publishes an earlier deployment's settings under a new number, and makes them the draft, so that the next
 * publishing goes on from them. The draft that is replaced stays readable in the audit.
 */
export async function restoreDeployment(
  change: Change,
  item: Publisher & { channelId: string; number: number },
): Promise<Deployment> {
  const channel = await requireChannel(change, item.channelId);
  const earlier = await readDeployment(change.query, item.channelId, item.number);
  if (!earlier) throw new Refused("not-found");
  const same = await readChannelByName(change.query, earlier.settings.name);
  if (same && same.id !== channel.id) {
    throw new Refused("already-exists", {
      field: "/name",
      detail: `Another channel is called "${same.draft.name}" now.`,
    });
  }
  return publish(change, channel, { ...item, settings: earlier.settings, restoredFrom: item.number, note: "" });
}

/** What publishing the draft would change, compared with the live deployment, or with nothing before the first. */
export async function compareWithLive(query: Query, channelId: string): Promise<SettingChange[]> {
  const channel = await requireChannel({ query }, channelId);
  return configurationChanges((await liveSettings(query, channel)) ?? {}, channel.draft);
}

async function publish(
  change: Change,
  channel: Channel,
  item: Publisher & { settings: ChannelSettings; note: string; restoredFrom: number | null },
): Promise<Deployment> {
  const { settings, note, restoredFrom, publishedBy } = item;
  checkPublishable(settings);
  await checkReferences(change, settings);
  const before = await liveSettings(change.query, channel);
  const number = await nextNumber(change.query, channel.id);
  const deployment: Deployment = {
    channelId: channel.id,
    number,
    settings,
    publishedAt: change.now,
    publishedBy,
    note,
    restoredFrom,
  };
  await insertDeployment(change.query, deployment);
  // The revision rises although the draft may be the same: of two admins who publish what they read, one finds out.
  const published = { ...channel, draft: settings, live: number, revision: channel.revision + 1 };
  await updateChannel(change.query, published, change.now);
  const lost = configurationChanges(before, channel.draft).length > 0 ? { draft: channel.draft } : {};
  const replaced = restoredFrom === null ? {} : { restoredFrom, ...lost };
  await change.record({
    action: restoredFrom === null ? "publish" : "restore",
    noun: "deployment",
    id: channel.id,
    before,
    after: settings,
    about: { number, ...(note ? { note } : {}), ...replaced },
  });
  return deployment;
}

async function liveSettings(query: Query, channel: Channel): Promise<ChannelSettings | null> {
  if (channel.live === null) return null;
  return (await readDeployment(query, channel.id, channel.live))?.settings ?? null;
}
