import { AGENTS } from "../agents/agents.ts";
import type { PreparePassword, WritePassword } from "../agents/passwords.ts";
import { createChannel } from "../channels/channels.ts";
import { type Change, type ConfigurationContext, changeConfiguration } from "../configuration/change.ts";
import { createSettings } from "../configuration/settings-handlers.ts";
import { publishDraft } from "../deployments/publish.ts";
import { HOURS } from "../hours/hours.ts";
import { createOrganisation } from "../organisation/organisation.ts";
import { readOrganisation } from "../organisation/store.ts";
import { QUEUES } from "../queues/queues.ts";
import { QUICK_REPLIES } from "../quick-replies/quick-replies.ts";
import { SKILLS } from "../skills/skills.ts";
import { seedFlows } from "./flows.ts";
import { DEMO_CHANNELS } from "./ids.ts";
import { DEMO_PASSWORD, DEMO_PEOPLE } from "./people.ts";
import { DEMO_QUICK_REPLIES } from "./quick-replies.ts";
import { DEMO_ORGANISATION, DEMO_QUEUE_SETTINGS, DEMO_SKILL_NAMES, demoHours } from "./service.ts";
import { SHOP_CHAT } from "./shop-chat.ts";
import { SUPPORT_DESK_CHAT } from "./support-desk-chat.ts";

/**
 * Fills an empty store with the demo, whole or not at all. A store that has an organisation is left as it is, however
 * often and from however many processes this is called. Returns whether it was filled.
 */
export async function seedDemo(context: ConfigurationContext, preparePassword: PreparePassword): Promise<boolean> {
  if (await readOrganisation(context.database.query)) return false;
  // Hashed once: everybody has the same one, for all to read, and a start is a fifth of a second shorter.
  const writePassword = await preparePassword(DEMO_PASSWORD);
  return changeConfiguration(context, { who: "public" }, async (change) => {
    // Another process may have been quicker; inside the change nobody can be.
    if (await readOrganisation(change.query)) return false;
    await createOrganisation(change, DEMO_ORGANISATION);
    await seedPeople(change, writePassword);
    await seedService(change);
    await seedChannel(change, DEMO_CHANNELS.shop, SHOP_CHAT);
    await seedChannel(change, DEMO_CHANNELS.supportDesk, SUPPORT_DESK_CHAT);
    await seedFlows(change);
    return true;
  });
}

async function seedPeople(change: Change, writePassword: WritePassword): Promise<void> {
  for (const { id, ...settings } of DEMO_SKILL_NAMES) await createSettings(change, SKILLS, { id, settings });
  for (const { id, ...settings } of DEMO_PEOPLE) {
    await createSettings(change, AGENTS, { id, settings });
    await writePassword(change.query, id);
  }
}

async function seedService(change: Change): Promise<void> {
  const year = new Date(change.now).getUTCFullYear();
  for (const { id, ...settings } of demoHours(year)) await createSettings(change, HOURS, { id, settings });
  for (const { id, ...settings } of DEMO_QUEUE_SETTINGS) await createSettings(change, QUEUES, { id, settings });
  for (const settings of DEMO_QUICK_REPLIES) await createSettings(change, QUICK_REPLIES, { settings });
}

async function seedChannel(change: Change, id: string, settings: typeof SHOP_CHAT): Promise<void> {
  const { revision } = await createChannel(change, { id, settings });
  await publishDraft(change, { channelId: id, revision, note: "First deployment of the demo", publishedBy: null });
}
