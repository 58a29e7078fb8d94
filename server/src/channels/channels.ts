import type { Channel, ChannelSettings } from "@clew/contract/channels";
import type { Change } from "../configuration/change.ts";
import { refuseUnknown } from "../configuration/references.ts";
import { refuseStale } from "../configuration/settings-handlers.ts";
import { deleteDeployments } from "../deployments/store.ts";
import { Refused } from "../problems/refused.ts";
import { checkChannelSettings, tidyChannelSettings } from "./check-settings.ts";
import {
  countConversations,
  deleteChannel,
  insertChannel,
  readChannel,
  readChannelByName,
  updateChannel,
} from "./store.ts";

/** Makes a channel with its first draft; the id may be given for channels that are known before they exist. */
export async function createChannel(
  change: Change,
  item: { settings: ChannelSettings; id?: string },
): Promise<Channel> {
  const draft = await checkDraft(change, item.settings, null);
  const id = item.id ?? change.newId();
  await insertChannel(change.query, { id, draft, now: change.now });
  await change.record({ action: "create", noun: "channel", id, before: null, after: draft });
  return { id, draft, revision: 1, live: null };
}

export async function saveDraft(
  change: Change,
  item: { id: string; settings: ChannelSettings; revision: number },
): Promise<Channel> {
  const channel = await requireChannel(change, item.id);
  refuseStale(channel.revision, item.revision);
  const draft = await checkDraft(change, item.settings, item.id);
  const saved = { ...channel, draft, revision: channel.revision + 1 };
  await updateChannel(change.query, saved, change.now);
  await change.record({ action: "save", noun: "channel", id: item.id, before: channel.draft, after: draft });
  return saved;
}

/** A channel with conversations stays: their history would lose what it was about. */
export async function removeChannel(change: Change, id: string): Promise<null> {
  const channel = await requireChannel(change, id);
  const conversations = await countConversations(change.query, id);
  if (conversations > 0) {
    throw new Refused("conflict", {
      detail: `Still used by ${conversations} conversation${conversations > 1 ? "s" : ""}.`,
    });
  }
  await deleteDeployments(change.query, id);
  await deleteChannel(change.query, id);
  await change.record({ action: "delete", noun: "channel", id, before: channel.draft, after: null });
  return null;
}

export async function requireChannel({ query }: Pick<Change, "query">, id: string): Promise<Channel> {
  const channel = await readChannel(query, id);
  if (!channel) throw new Refused("not-found");
  return channel;
}

/** @throws Refused `invalid` when a draft or an earlier deployment names what there no longer is. */
export async function checkReferences(change: Change, settings: ChannelSettings): Promise<void> {
  await refuseUnknown(change.query, [
    { table: "queues", id: settings.queueId, field: "/queueId" },
    { table: "hours", id: settings.hoursId, field: "/hoursId" },
  ]);
}

async function checkDraft(change: Change, settings: ChannelSettings, id: string | null): Promise<ChannelSettings> {
  const draft = tidyChannelSettings(settings);
  checkChannelSettings(draft);
  await checkReferences(change, draft);
  const same = await readChannelByName(change.query, draft.name);
  if (!same || same.id === id) return draft;
  throw new Refused("already-exists", { field: "/name", detail: `There is a channel "${same.draft.name}" already.` });
}
