import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DEMO_CHANNELS, signIn, startTestApp } from "@clew/server/testing/test-app";
import type { Page } from "playwright-core";
import { launchChromium } from "../support/chromium.ts";
import { AdminApi } from "./admin-api.ts";
import { AgentConsole } from "./pages/agent-console.ts";
import { CustomerWindow } from "./pages/customer-window.ts";

/** Makes the picture of the README from the running product: `node tests/browser/readme-image.ts`. */
const PICTURE = fileURLToPath(new URL("../../docs/images/conversation.png", import.meta.url));
/** What people see on a usual screen, taken at twice its fineness and drawn smaller. */
const HEIGHT = 860;
const WINDOW = 400;
const CONSOLE = 1330;
const WIDTH = 1600;
const GAP = 20;
const SHOWN = Math.round((HEIGHT * (WIDTH - 3 * GAP)) / (WINDOW + CONSOLE));

const app = await startTestApp();
const browser = await launchChromium();
try {
  const settings = {
    reducedMotion: "reduce",
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    deviceScaleFactor: 2,
  } as const;
  const desk = await browser.newContext({ ...settings, viewport: { width: CONSOLE, height: HEIGHT } });
  const { cookie, headers } = await signIn(app.url, "amara");
  const [key = "", value = ""] = cookie.split(/=(.*)/s);
  await desk.addCookies([{ name: key, value, url: app.url }]);
  const agent = new AgentConsole(await desk.newPage(), app.url);
  await agent.open();
  await AdminApi.with(app.url, headers).command({ type: "presence.set", status: "available", reason: null });
  const shop = await browser.newContext({ ...settings, viewport: { width: WINDOW, height: HEIGHT } });
  const customer = await CustomerWindow.inShop(await shop.newPage(), app.url, DEMO_CHANNELS.shop);
  await tell(customer, agent);
  const [window, console] = await Promise.all([customer.page.screenshot(), agent.page.screenshot()]);
  const frame = await (await browser.newContext({ viewport: { width: WIDTH, height: SHOWN + 2 * GAP } })).newPage();
  await beside(frame, window, console);
  await mkdir(join(PICTURE, ".."), { recursive: true });
  await frame.screenshot({ path: PICTURE });
  process.stdout.write(`${PICTURE}: ${Math.round((await stat(PICTURE)).size / 1024)} kB\n`);
} finally {
  await browser.close();
  await app.close();
}

/** A first session that has ended, and a second one in the same conversation that is under way. */
async function tell(customer: CustomerWindow, agent: AgentConsole): Promise<void> {
  await customer.begin({ name: "Ana Ruiz", email: "ana.ruiz@example.com", order: "LK-204518" });
  await agent.accept();
  await customer.write("Good morning! Where is my olive tree?");
  await agent.write("Good morning, Ana! It left our nursery yesterday.");
  await customer.reads("It left our nursery yesterday.");
  await agent.end();
  await customer.reads("Amara ended the chat");
  await customer.write("It has arrived, thank you! How often does it want water?");
  await agent.accept();
  await agent.post("How lovely! **Once a week**, and:\n\n- let the top of the soil dry\n- put it where the sun is");
  await customer.reads("put it where the sun is");
  await customer.write("Perfect. It moves to the balcony.");
  await customer.reads(/^Read$/);
  await agent.reply.pressSequentially("Enjoy");
  await customer.reads("Amara is typing");
}

async function beside(frame: Page, ...pictures: Buffer[]): Promise<void> {
  const images = pictures.map((picture) => `<img src="data:image/png;base64,${picture.toString("base64")}">`);
  await frame.setContent(`<style>
    body { margin: 0; padding: ${GAP}px; display: flex; gap: ${GAP}px; background: #e9ecf3; box-sizing: border-box; }
    img { height: ${SHOWN}px; border-radius: 12px; box-shadow: 0 6px 24px rgb(20 24 40 / 16%); }
  </style>${images.join("")}`);
  await frame
    .locator("img")
    .last()
    .evaluate((image) => (image as HTMLImageElement).decode());
}
