import type { ChannelSettings } from "@clew/contract/channels";
import type { ConversationEvent } from "@clew/contract/events";
import type { ReconnectTerms } from "@clew/contract/sessions";
import { afterEach, expect } from "vitest";
import type { AdminApi } from "./admin-api.ts";
import { MINUTE, TERMS } from "./agent-side-scene.ts";
import { continuityScene, type Scene } from "./continuity-scene.ts";
import { eventually } from "./eventually.ts";
import { CustomerWindow } from "./pages/customer-window.ts";
import { identify } from "./signing-shop.ts";
import { DEMO_CHANNELS, type DeviceOptions, type Stage, type StageOptions } from "./stage.ts";

export { MINUTE, TERMS };
export type Talk = Awaited<ReturnType<Scene["talking"]>>;
/** A stage with an agent who needs no window; published terms and settings change from test to test. */
export function reconnectScene(options: StageOptions = {}) {
  const scene = continuityScene(options);
  afterEach(() => endAll(scene().admin));
  return () => ({
    ...scene(),
    /** The shop under these terms of coming back. */
    terms: (terms: Partial<ReconnectTerms> = {}, change: Partial<ChannelSettings> = {}) =>
      scene().admin.publish(DEMO_CHANNELS.shop, (draft) => ({
        ...draft,
        reconnect: { ...TERMS, ...terms },
        ...change,
      })),
    /** A customer in talk with the agent, on the origin that links lead to. */
    talk: async (said: string): Promise<Talk> => {
      const { stage, talking, amara, stays } = scene();
      await stays();
      await amara.command({ type: "presence.set", status: "available", reason: null });
      const talk = await talking({ url: stage.url });
      await talk.customer.write(said);
      await talk.agent.has(said);
      return talk;
    },
  });
}

/** A device that has never seen the chat, or one that has, at an address. */
export async function deviceAt(stage: Stage, url: string): Promise<CustomerWindow> {
  const context = await stage.device({ viewport: { width: 390, height: 780 } });
  return CustomerWindow.at(await context.newPage(), url);
}

/** The link as the customer copies it from the window. */
export async function copiedLink(customer: CustomerWindow): Promise<string> {
  await customer.button("Options").click();
  await customer.button("Continue on another device").click();
  const field = customer.window.getByRole("textbox", { name: "Copy link" });
  await eventually(() => field.inputValue()).toContain("#clew-reconnect=");
  const url = await field.inputValue();
  await customer.window.getByRole("dialog").getByRole("button", { name: "Dismiss" }).click();
  return url;
}

/** Who follows a link says that they want to go on. */
export async function goOn(window: CustomerWindow): Promise<void> {
  await window.sees("Continue your chat?");
  await window.button("Continue").click();
}

export async function isRefused(window: CustomerWindow): Promise<void> {
  await goOn(window);
  await window.sees("This link doesn’t work");
}

/** A device where the page vouches for its visitor, and the chat is open. */
export async function signedIn(stage: Stage, token: string, settings: DeviceOptions = {}): Promise<CustomerWindow> {
  const device = await stage.customer(settings);
  await identify(device, token);
  await device.open();
  return device;
}

export const ofType = <Type extends ConversationEvent["type"]>(events: readonly ConversationEvent[], type: Type) =>
  events.filter((event): event is Extract<ConversationEvent, { type: Type }> => event.type === type);

/** The customer's last page closes, for longer than a reload takes; resolves when the server has noticed. */
export async function leave(stage: Stage, { customer, agent }: Talk): Promise<void> {
  const before = ofType(await agent.events(), "customer.gone").length;
  await customer.page.close();
  await eventually(async () => {
    stage.skip(1_000);
    return ofType(await agent.events(), "customer.gone").length;
  }, "the customer is gone").toBe(before + 1);
}

/** Nothing happened between the last drop and the return but that: one session, the same agent, nothing asked. */
export async function cameBack({ agent }: Talk): Promise<void> {
  await eventually(async () => ofType(await agent.events(), "customer.returned").at(-1)).toMatchObject({
    outcome: "same-agent",
    session: { number: 1 },
  });
  const events = await agent.events();
  expect(ofType(events, "session.started")).toHaveLength(1);
  expect(ofType(events, "facts.recorded")).toHaveLength(1);
}

/** The next test finds an agent with nothing to do. */
export async function endAll(admin: AdminApi): Promise<void> {
  for (const { conversationId, session } of await admin.conversations())
    if (session.status !== "ended") await admin.command({ type: "session.end", conversationId });
}
