import type { Agent } from "@clew/contract/agents";
import { AGENTS } from "../agents/agents.ts";
import type { WritePassword } from "../agents/passwords.ts";
import { createChannel } from "../channels/channels.ts";
import { newChannelSettings } from "../channels/new-channel.ts";
import { type ConfigurationContext, changeConfiguration } from "../configuration/change.ts";
import { createSettings } from "../configuration/settings-handlers.ts";
import { HOURS } from "../hours/hours.ts";
import { QUEUES } from "../queues/queues.ts";
import { createOrganisation } from "./organisation.ts";

/** What the first admin tells. `writePassword` is identity's: it has hashed the password already. */
export type SetUp = { organisation: string; name: string; email: string; writePassword: WritePassword };

/**
 * The first visit with the demo off: the organisation, its first admin, and enough around them that the console is not
 * empty: office hours, a queue with the admin in it, and the draft of a first channel. Returns the admin.
 * @throws Refused `setup-done` when there is an organisation already.
 */
export function setUpOrganisation(context: ConfigurationContext, first: SetUp): Promise<Agent> {
  return changeConfiguration(context, { who: "public" }, async (change) => {
    const name = first.organisation.trim();
    await createOrganisation(change, {
      name,
      presenceReasons: [
        { status: "busy", name: "In a meeting" },
        { status: "away", name: "Lunch" },
        { status: "away", name: "Short break" },
      ],
      declineReasons: ["Not my field", "In the middle of another chat"],
    });
    const admin = await createSettings(change, AGENTS, {
      settings: {
        email: first.email,
        name: first.name,
        publicName: first.name.trim().split(/\s+/)[0] || first.name,
        role: "admin",
        capacity: 5,
        skills: [],
        active: true,
      },
    });
    await first.writePassword(change.query, admin.id);
    const workday = [{ from: 9 * 60, to: 17 * 60 }];
    const hours = await createSettings(change, HOURS, {
      settings: {
        name: "Office hours",
        timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
        week: [workday, workday, workday, workday, workday, [], []],
        exceptions: [],
      },
    });
    const queue = await createSettings(change, QUEUES, {
      settings: {
        name: "Service",
        strategy: "most-available",
        offerFor: 30_000,
        autoAccept: false,
        maxWait: null,
        overWait: { next: "leave-message" },
        hoursId: null,
        onClose: "park",
        members: [admin.id],
        skills: [],
      },
    });
    await createChannel(change, {
      settings: { ...newChannelSettings(name), queueId: queue.id, hoursId: hours.id },
    });
    return admin;
  });
}
