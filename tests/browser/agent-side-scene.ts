import type { ChannelSettings } from "@clew/contract/channels";
import type { ConversationEvent, EventOf, EventType } from "@clew/contract/events";
import type { ReconnectTerms } from "@clew/contract/sessions";
import { DEMO_QUEUES } from "@clew/server/demo/ids";
import type { AdminApi } from "./admin-api.ts";
import { eventually } from "./eventually.ts";
import type { AgentConsole } from "./pages/agent-console.ts";
import { CustomerWindow } from "./pages/customer-window.ts";
import { DEMO_CHANNELS, openStage, type Stage } from "./stage.ts";

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const OFFER_FOR = 3 * MINUTE;

/** A customer who drops is waited for; the agent is promised for ten minutes, their place for five. */
export const TERMS: ReconnectTerms = {
  sessionWindow: 30 * MINUTE,
  sameAgentWindow: 10 * MINUTE,
  capacityHold: "full",
  holdFor: 5 * MINUTE,
  linkLife: 60 * MINUTE,
  whenAgentUnavailable: "team",
  portalUrl: null,
  redirectUrl: null,
};

/** The shop under these terms of coming back. */
export async function openShop(terms: Partial<ReconnectTerms> = {}, change: Partial<ChannelSettings> = {}) {
  const stage = await openStage();
  const admin = await stage.admin();
  // Time for slow machines to answer in; whoever wants an offer to pass moves the clock.
  await admin.changeQueue(DEMO_QUEUES.orders, { offerFor: OFFER_FOR });
  await admin.publish(DEMO_CHANNELS.shop, (draft) => ({ ...draft, reconnect: { ...TERMS, ...terms }, ...change }));
  return { stage, admin };
}

/** A customer of this name in service with the agent, each having read the other's word. */
export async function serve(stage: Stage, agent: AgentConsole, name = "Ana Ruiz"): Promise<CustomerWindow> {
  const customer = await stage.customer();
  await customer.begin({ name });
  await agent.accept();
  await customer.write(`I am ${name}.`);
  await agent.reads(`I am ${name}.`);
  await agent.write(`Hello ${name}!`);
  await customer.reads(`Hello ${name}!`);
  return customer;
}

/** Somebody new takes up the agent's place. */
export async function occupy(stage: Stage, agent: AgentConsole, name: string): Promise<void> {
  const customer = await stage.customer();
  await customer.begin({ name });
  await agent.accept();
  await customer.reads(/joined the chat/);
}

/** The customer's page is closed for longer than a reload takes; the agent has the conversation open. Returns the way back. */
export async function drop(stage: Stage, agent: AgentConsole, customer: CustomerWindow) {
  const device = customer.page.context();
  const url = customer.page.url();
  await customer.page.close();
  await agent.sees("not connected");
  stage.skip(6 * SECOND);
  await agent.reads(/^The customer’s connection is gone/);
  return async (): Promise<CustomerWindow> => {
    const again = new CustomerWindow(await device.newPage());
    await again.page.goto(url);
    return again;
  };
}

/** The events of the newest conversation whose customer has this name, as staff see them. */
export async function eventsOf(admin: AdminApi, name = "Ana Ruiz"): Promise<ConversationEvent[]> {
  const ids = (await admin.conversations()).flatMap((item) => (item.title.includes(name) ? [item.conversationId] : []));
  // Ids are ordered by time; on a shared stage there were others of this name before.
  const newest = ids.toSorted().at(-1);
  if (!newest) throw new Error(`no conversation with ${name}`);
  return admin.events(newest);
}

export async function last<Type extends EventType>(admin: AdminApi, type: Type, name?: string) {
  const events = await eventsOf(admin, name);
  return events.findLast((event) => event.type === type) as EventOf<Type> | undefined;
}

/** How many units of work the agent has, as the server counts them. */
export async function loads(admin: AdminApi, agentId: string, load: number): Promise<void> {
  const counted = async () => {
    const { items } = await admin.call<{ items: { agentId: string; load: number }[] }>("GET", "/staff/presences");
    return items.find((presence) => presence.agentId === agentId)?.load;
  };
  await eventually(counted, "units in use").toBe(load);
}
