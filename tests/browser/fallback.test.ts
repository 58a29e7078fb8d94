import { expect, onTestFinished, test } from "vitest";
import { type Treatment, WebSocketBlocker } from "../support/websocket-blocker.ts";
import { eventually } from "./eventually.ts";
import { foreignSite } from "./foreign-site.ts";
import { CustomerWindow } from "./pages/customer-window.ts";
import { DEMO_CHANNELS, type Stage, sharedStage } from "./stage.ts";

const SHOP = DEMO_CHANNELS.shop;
/** Longer than a client gives a connection to be greeted, in milliseconds. */
const LATE = 16_000;

const scene = sharedStage(async (stage) => ({ stage, agent: await stage.agent("amara") }));

/** A customer whose network lets no WebSocket through, and the requests by which they come instead. */
async function behind(stage: Stage, treatment: Treatment) {
  const blocker = await WebSocketBlocker.to(Number(new URL(stage.url).port), treatment);
  onTestFinished(() => blocker.close());
  const context = await stage.device({ viewport: { width: 1100, height: 760 } });
  const page = await context.newPage();
  await page.clock.install();
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/stream/sse")) asked.push(request.method());
  });
  return { window: new CustomerWindow(page), blocker, asked };
}

const onOwnSite = (clew: string) => `${clew}/?channel=${SHOP}`;
const CASES: { treatment: Treatment; where: "own" | "another" }[] = [
  { treatment: "refuses", where: "own" },
  { treatment: "refuses", where: "another" },
  { treatment: "swallows", where: "own" },
  { treatment: "shakes hands", where: "own" },
];

test.each(CASES)(
  "[CL70] [K22] [BA3] where the network $treatment and no WebSocket carries, server-sent events do, on $where site",
  async ({ treatment, where }) => {
    const { stage, agent } = scene();
    const site = await foreignSite();
    const { window: customer, blocker, asked } = await behind(stage, treatment);
    await customer.page.goto(where === "own" ? onOwnSite(blocker.url) : site.show(blocker.url, SHOP));
    const begun = customer.begin();
    await eventually(() => blocker.blocked).toBeGreaterThan(0);
    if (treatment !== "refuses") await customer.page.clock.fastForward(LATE);
    await begun;
    await agent.accept();
    const words = `The network ${treatment}, on ${where} site`;
    await customer.write(words);
    await agent.reads(words);
    await agent.write(`${words}, and back`);
    await customer.reads(`${words}, and back`);
    await customer.reads(/^Read$/);
    await agent.times(words, 1);
    expect(asked).toContain("GET");
    expect(asked.filter((method) => method === "POST").length).toBeGreaterThan(2);
    await customer.page.close();
  },
);
