import { newGuest, newId, postJson, signIn, TestStream } from "@clew/server/testing/test-app";
import type { Page } from "playwright-core";
import { afterEach, expect } from "vitest";
import { TcpProxy } from "../support/tcp-proxy.ts";
import { AdminApi } from "./admin-api.ts";
import { eventually } from "./eventually.ts";
import type { CustomerWindow } from "./pages/customer-window.ts";
import { DEMO_CHANNELS, type DeviceOptions, type Stage, type StageOptions, sharedStage } from "./stage.ts";

/** The longest pause between two tries of a page. */
const PAUSE_MS = 30_000;
/** Longer than a try takes on a busy machine. */
const TRY_WITHIN_MS = 10_000;

type Parts = { stage: Stage; proxy: TcpProxy; admin: AdminApi; amara: AdminApi; opensStream(): Promise<TestStream> };
export type Scene = Parts & ReturnType<typeof actsOf>;

/** What tests of continuity share: a server behind a stretch of network that can be cut, and an agent who needs no window. */
export function continuityScene(options: StageOptions = {}): () => Scene {
  const scene = sharedStage(async (stage) => {
    const proxy = await TcpProxy.to(Number(new URL(stage.url).port));
    const admin = await stage.admin();
    const { cookie, headers } = await signIn(stage.url, "amara");
    const amara = AdminApi.with(stage.url, headers);
    const parts = { stage, proxy, admin, amara, opensStream: () => TestStream.open(stage.url, { cookie }) };
    const acts = actsOf(parts);
    await acts.stays();
    return { ...parts, ...acts };
  }, options);
  afterEach(() => scene().settle());
  return scene;
}

function actsOf({ stage, proxy, admin, amara, opensStream }: Parts) {
  // As long as a connection of hers lives, her sessions stay with her.
  let stream: TestStream | null = null;
  const taken = new Set<string>();
  const through = `http://127.0.0.1:${proxy.port}`;

  /** A customer in the shop behind the network that can be cut. */
  const customer = (settings: DeviceOptions = {}) => stage.customer({ url: through, ...settings });

  /** What an agent without a window does and reads of one conversation. */
  async function desk(window: CustomerWindow) {
    const id = await conversationOf(window);
    const texts = async () =>
      (await admin.events(id)).flatMap((event) => (event.type === "message.posted" ? [event.text] : []));
    return {
      id,
      async take() {
        await amara.command({ type: "session.take", conversationId: id });
        taken.add(id);
      },
      say: (text: string) => amara.command({ type: "message.post", conversationId: id, text, attachments: [] }),
      end: () => amara.command({ type: "session.end", conversationId: id }),
      events: () => admin.events(id),
      /** All messages of both sides, in order. */
      texts,
      /** Until the server has the message. */
      has: (text: string) => eventually(texts).toContain(text),
      holds: async (text: string) => (await texts()).includes(text),
    };
  }

  return {
    through,
    customer,
    desk,
    /** The agent says that she is there, for a server whose clock is moved on; it may give her connection up meanwhile. */
    async stays(): Promise<void> {
      const said = async (by: TestStream) => {
        by.send({ type: "ping", at: Date.now() });
        await by.until(({ type }) => type === "pong", by.messages.length);
      };
      if (!stream || stream.closed) stream = await opensStream();
      await said(stream).catch(async (error: unknown) => {
        if (!stream?.closed) throw error;
        stream = await opensStream();
        await said(stream);
      });
    },
    /** The test is over: what the agent still holds ends, and the line carries again. */
    async settle() {
      proxy.setDelay(0);
      await proxy.resume();
      // What has ended in the test refuses.
      const end = (id: string) => amara.command({ type: "session.end", conversationId: id }).catch(() => undefined);
      await Promise.all([...taken].map(end));
      taken.clear();
    },
    /** Somebody else who waits in the shop. */
    async waiting(name: string): Promise<void> {
      const { accessToken } = await newGuest(stage.url);
      const answers = [
        { key: "name", value: name, how: "typed" },
        { key: "email", value: "guest@example.com", how: "typed" },
        { key: "topic", value: "order", how: "typed" },
      ];
      await postJson(
        `${stage.url}/api/v1/commands`,
        {
          type: "conversation.start",
          id: newId(),
          conversationId: newId(),
          channelId: DEMO_CHANNELS.shop,
          language: "en",
          answers,
        },
        { authorization: `Bearer ${accessToken}` },
      );
    },
    /** A customer who talks with an agent. */
    async talking(settings: DeviceOptions = {}) {
      const window = await customer(settings);
      await window.begin();
      const agent = await desk(window);
      await agent.take();
      await window.reads("Amara joined the chat");
      return { customer: window, agent };
    },
  };
}

type PageApi = { state(): { conversationId: string | null } };

export async function conversationOf({ page }: CustomerWindow): Promise<string> {
  const look = () => page.evaluate(() => (window as unknown as { clew: PageApi }).clew.state().conversationId);
  await eventually(look).not.toBe(null);
  return (await look()) as string;
}

/**
 * Until it is so, while the pauses between a page's tries are skipped: time passes, and none while a try may be on its way,
 * which would be given up as too late.
 */
export async function inFastTime({ clock }: Page, isSo: () => Promise<boolean>): Promise<void> {
  const skipped = async () => {
    await clock.fastForward(PAUSE_MS);
    await expect.poll(isSo, { timeout: TRY_WITHIN_MS, interval: 100 }).toBe(true);
  };
  await skipped().catch(skipped).catch(skipped);
}

/** Each of them stands in the log once, in this order. */
export async function showsInOrder(window: CustomerWindow, texts: readonly string[]): Promise<void> {
  await window.reads(texts.at(-1) as string);
  // What the server has not confirmed yet stands last; it finds its place with the confirmation.
  await eventually(async () => {
    const shown = await window.log.locator(".bubble").allInnerTexts();
    return shown.map((text) => text.trim()).filter((text) => texts.includes(text));
  }).toEqual(texts);
}

export { DEMO_CHANNELS };
