import type { EngineName } from "@clew/server/testing/configuration";
import { DEMO_CHANNELS, signIn, startTestApp } from "@clew/server/testing/test-app";
import type { BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterEach, beforeAll, expect, onTestFinished } from "vitest";
import { sharedChromium } from "../support/chromium.ts";
import { keepPicture } from "../support/screenshot.ts";
import { AdminApi } from "./admin-api.ts";
import { AgentConsole } from "./pages/agent-console.ts";
import { CustomerWindow } from "./pages/customer-window.ts";

export { DEMO_CHANNELS };

/** The browser's patience with everything that a person waits for. */
const PATIENCE_MS = 30_000;

export type StageOptions = {
  engine?: EngineName;
  environment?: Record<string, string>;
  /** A data folder that outlives the server, and a port to come back on. */
  data?: string;
  port?: number;
  /** Where all that the server logs goes, from the least on. */
  logs?: string[];
  /** Pages that were left stay in the browser's memory, as they do for people. */
  backForwardCache?: boolean;
};
export type DeviceOptions = BrowserContextOptions & { channel?: string; url?: string };
export type Stage = Awaited<ReturnType<typeof buildStage>>;

/**
 * The real server with the demo and real browser windows for as many people as the story has. All of it goes when the
 * test is over; a page that threw fails the test, and of a failed test the pictures of all windows are kept.
 */
export async function openStage(options: StageOptions = {}) {
  const stage = await buildStage(options);
  onTestFinished(async ({ task }) => {
    await stage.strike(task).finally(stage.close);
  });
  return stage;
}

/**
 * One stage for all tests of a file, where they need the same server and the same people. `prepare` gives what all of
 * them share; the windows that a test opens close with it.
 */
export function sharedStage<Cast>(prepare: (stage: Stage) => Promise<Cast>, options: StageOptions = {}) {
  let shared: { stage: Stage } & Cast;
  beforeAll(async () => {
    const stage = await buildStage(options);
    shared = { stage, ...(await prepare(stage)) };
    stage.keepOpen();
    return () => stage.close();
  });
  afterEach(({ task }) => shared.stage.strike(task));
  return () => shared;
}

async function buildStage(options: StageOptions) {
  const { engine = "sqlite", environment = {}, backForwardCache = false } = options;
  const chromium = await sharedChromium({ backForwardCache });
  let app = await startTestApp({ ...options, engine, environment: { HOST: "127.0.0.1", ...environment } });
  const { url } = app;
  const contexts: BrowserContext[] = [];
  const faults: string[] = [];

  let kept = 0;
  let skipped = 0;

  /** A device of its own: nothing is shared with any other window, unless more pages are opened in it. */
  async function device(settings: BrowserContextOptions = {}): Promise<BrowserContext> {
    const context = await chromium.newContext({ reducedMotion: "reduce", locale: "en-GB", ...settings });
    context.setDefaultTimeout(PATIENCE_MS);
    context.on("page", (page) => page.on("pageerror", (error) => faults.push(`${page.url()}: ${error.stack}`)));
    contexts.push(context);
    return context;
  }

  return {
    url,
    faults,
    device,
    setupCode: app.setupCode,
    admin: () => AdminApi.signIn(url),

    /** A new customer in the shop, with the chat still closed. */
    async customer({ channel = DEMO_CHANNELS.shop, url: via = url, ...settings }: DeviceOptions = {}) {
      const context = await device({ viewport: { width: 1100, height: 760 }, ...settings });
      return CustomerWindow.inShop(await context.newPage(), via, channel);
    },

    /** An agent at the console, signed in and available unless told otherwise. */
    async agent(name: string, { status = "available", url: via = url, ...settings }: AgentOptions = {}) {
      const context = await device({ viewport: { width: 1440, height: 900 }, ...settings });
      const { cookie, headers } = await signIn(via, name);
      await context.addCookies(
        cookie.split("; ").map((pair) => {
          const [key = "", value = ""] = pair.split(/=(.*)/s);
          return { name: key, value, url: via };
        }),
      );
      const console = new AgentConsole(await context.newPage(), via);
      await console.open();
      if (status) await AdminApi.with(via, headers).command({ type: "presence.set", status, reason: null });
      if (status === "available") await console.isAvailable();
      return console;
    },

    /** Moves the server's clock on, by milliseconds; a server started again has the time of the machine. */
    skip(milliseconds: number) {
      skipped += milliseconds;
      app.skip(milliseconds);
    },
    /** By how much it was moved so far: a page has the time of when it was loaded. */
    skipped: () => skipped,

    /** What is open now outlives the test. */
    keepOpen() {
      kept = contexts.length;
    },
    /** The test is over: its windows close. */
    async strike({ name, result }: { name: string; result?: { state: string } | undefined }) {
      if (result?.state === "fail") await keepPictures(name, contexts);
      await Promise.all(contexts.splice(kept).map((context) => context.close()));
      expect(faults.splice(0), "a page threw").toEqual([]);
    },
    async close() {
      await Promise.all(contexts.splice(0).map((context) => context.close()));
      await app.close();
    },

    /** The server goes away, as when it is updated. */
    stop: () => app.close(),
    /** It comes back on the same data and the same port. Needs `data` and `port`. */
    async start() {
      app = await startTestApp({ ...options, engine, environment: { HOST: "127.0.0.1", ...environment } });
    },
  };
}
type AgentOptions = BrowserContextOptions & { status?: "available" | "busy" | null; url?: string };

async function keepPictures(test: string, contexts: BrowserContext[]): Promise<void> {
  const name = test.replaceAll(/[^\w]+/g, "-").slice(0, 60);
  const pages: Page[] = contexts.flatMap((context) => context.pages());
  for (const [index, page] of pages.entries()) {
    await keepPicture(page, `failed/${name}-${index + 1}`).catch(() => undefined);
  }
}
