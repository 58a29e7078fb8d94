import type { AgentSettings } from "@clew/contract/agents";
import type { ChannelSettings } from "@clew/contract/channels";
import type { AvailabilityStatus } from "@clew/contract/presence";
import type { ReconnectTerms } from "@clew/contract/sessions";
import { DEMO_AGENTS, DEMO_QUEUES } from "@clew/server/demo/ids";
import { signIn } from "@clew/server/testing/test-app";
import { afterEach } from "vitest";
import { AdminApi } from "./admin-api.ts";
import { OFFER_FOR, TERMS } from "./agent-side-scene.ts";
import type { AgentConsole } from "./pages/agent-console.ts";
import { endAll } from "./reconnect-scene.ts";
import { DEMO_CHANNELS, sharedStage } from "./stage.ts";

const PEOPLE = ["amara", "chiyo", "supervisor"] as const;
type Person = (typeof PEOPLE)[number];
type Changes = { settings?: (draft: ChannelSettings) => Partial<ChannelSettings>; her?: Partial<AgentSettings> };

/**
 * One shop for all tests of a file, with an open console for each of `seated`. When a test begins nobody has anything to do
 * and all are away; who is wanted arrives.
 */
export function agentSidePeople(seated: readonly Person[] = []) {
  const scene = sharedStage(async (stage) => {
    const admin = await stage.admin();
    // Time for slow machines to answer in; whoever wants an offer to pass moves the clock.
    await admin.changeQueue(DEMO_QUEUES.orders, { offerFor: OFFER_FOR });
    const apis = {} as Record<Person, AdminApi>;
    for (const name of PEOPLE) apis[name] = AdminApi.with(stage.url, (await signIn(stage.url, name)).headers);
    const consoles: Partial<Record<Person, AgentConsole>> = {};
    for (const name of seated) consoles[name] = await stage.agent(name, { status: null });
    const demo = { amara: await admin.agent(DEMO_AGENTS.amara), shop: await admin.channel(DEMO_CHANNELS.shop) };
    return { admin, apis, consoles, demo };
  });
  /** By how much the server's clock had been moved when a console was loaded. */
  const timeOf = new Map<Person, number>();
  const turns = (name: Person, status: AvailabilityStatus) =>
    scene().apis[name].command({ type: "presence.set", status, reason: null });

  /** One of the seated comes to the desk, with no conversation in sight; the console has the server's time. */
  async function arrives(name: Person, status: AvailabilityStatus = "available"): Promise<AgentConsole> {
    const console = scene().consoles[name];
    if (!console) throw new Error(`${name} has no console here`);
    await turns(name, status);
    const time = scene().stage.skipped();
    if (time === (timeOf.get(name) ?? 0)) await console.goToInbox();
    else await console.open();
    timeOf.set(name, time);
    if (status === "available") await console.isAvailable();
    return console;
  }

  afterEach(async () => {
    await endAll(scene().admin);
    for (const name of PEOPLE) await turns(name, "away");
  });

  return {
    arrives,
    turns,
    /** The shop under these terms of coming back and else as the demo has it, as is Amara; but for what is given. */
    async shop(terms: Partial<ReconnectTerms> = {}, { settings, her }: Changes = {}) {
      const { stage, admin, demo } = scene();
      const draft = { ...demo.shop.draft, reconnect: { ...TERMS, ...terms } };
      await admin.publish(DEMO_CHANNELS.shop, () => ({ ...draft, ...settings?.(draft) }));
      await admin.changeAgent(DEMO_AGENTS.amara, { capacity: demo.amara.capacity, ...her });
      return { stage, admin };
    },
  };
}
