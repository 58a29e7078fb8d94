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
  page.on("websocket", () => asked.push("WebSocket"));
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

test("[CB5] [CB6] what carried is remembered: the next page begins with it, and leaves it once a WebSocket comes through", async () => {
  const { stage, agent } = scene();
  const { window: customer, blocker, asked } = await behind(stage, "swallows");
  await customer.page.goto(onOwnSite(blocker.url));
  const begun = customer.begin();
  await eventually(() => blocker.blocked).toBeGreaterThan(0);
  await customer.page.clock.fastForward(LATE);
  await begun;
  await agent.accept();
  const says = async (words: string) => {
    await customer.write(words);
    await agent.reads(words);
  };
  await says("Behind the wall");

  // What the page before still says is no way to begin.
  const ways = () => asked.filter((way) => way !== "POST");
  asked.length = 0;
  await customer.page.reload();
  await says("And still there");
  expect(ways()[0]).toBe("GET");

  blocker.treatment = "carries";
  asked.length = 0;
  await customer.page.reload();
  // The one that is tried, and the one that is used.
  await eventually(ways).toEqual(["GET", "WebSocket", "WebSocket"]);
  await says("Out in the open");

  asked.length = 0;
  await customer.page.reload();
  await says("As everybody else");
  expect(new Set(asked)).toEqual(new Set(["WebSocket"]));
  await agent.times("Out in the open", 1);
  await customer.page.close();
});
