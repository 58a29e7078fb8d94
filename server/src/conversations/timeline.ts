import type { ChannelSettings } from "@clew/contract/channels";
import type { ConversationEvent } from "@clew/contract/events";
import type { Timeline, TimelineGiven } from "@clew/contract/timeline";
import type { Configuration } from "@clew/domain/configuration";
import type { ConversationState } from "@clew/domain/conversations/state";
import type { Database } from "../database/database.ts";
import { readDeployment } from "../deployments/store.ts";
import { eventsAfter } from "../event-log/read.ts";

type Parts = { database: Database; configuration: Configuration; now: number };
const PAGE = 500;

/** Everything of a conversation up to `state`, with the settings under which it was decided. */
export async function timelineOf(
  { snapshot }: ConversationState,
  { database, configuration, now }: Parts,
): Promise<Timeline> {
  const events: ConversationEvent[] = [];
  while (events.length < snapshot.number) {
    const page = await eventsAfter(database.raw, snapshot.id, events.length, PAGE);
    if (page.length === 0) throw new Error(`the log of ${snapshot.id} ends before its state`);
    // What was said since the state was read is no part of it.
    events.push(...page.filter(({ number }) => number <= snapshot.number));
  }
  const given = { ...settingsOf(configuration), deployments: await deploymentsOf(events, snapshot.channelId) };
  return { format: "clew-timeline", version: 1, exportedAt: now, conversation: snapshot, events, given };

  async function deploymentsOf(from: readonly ConversationEvent[], channelId: string) {
    const numbers = new Set(
      from.flatMap((event) => ("staff" in event && event.staff ? [event.staff.terms.deployment] : [])),
    );
    const found = await Promise.all([...numbers].map((number) => readDeployment(database.query, channelId, number)));
    return found.flatMap((one) => (one ? [{ number: one.number, settings: withoutKeys(one.settings) }] : []));
  }
}

function settingsOf({ queues, skills, hours, agents }: Configuration): Omit<TimelineGiven, "deployments"> {
  return {
    queues: [...queues.values()],
    skills: [...skills.values()],
    hours: [...hours.values()],
    agents: [...agents.values()].map(({ id, name, publicName, role, capacity, active }) => ({
      ...{ id, name, publicName, role, capacity, active },
    })),
  };
}

/** No decision reads whose signatures a channel trusts and which sites may show it. */
function withoutKeys(settings: ChannelSettings): ChannelSettings {
  const verification = { on: false, issuer: "", audience: "", jwksUrl: null, keys: [] };
  return { ...settings, verification, origins: [] };
}
