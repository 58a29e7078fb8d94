import type { ChannelSettings } from "@clew/contract/channels";
import { expect, test } from "vitest";
import { agentSidePeople } from "./agent-side-people.ts";
import { eventually } from "./eventually.ts";
import { CustomerWindow } from "./pages/customer-window.ts";
import { DEMO_CHANNELS, type Stage } from "./stage.ts";

const { shop, arrives } = agentSidePeople(["amara"]);

const TERMS: ChannelSettings["reconnect"] = {
  sessionWindow: null,
  sameAgentWindow: 600_000,
  capacityHold: "full",
  holdFor: 600_000,
  linkLife: 3_600_000,
  whenAgentUnavailable: "any",
  portalUrl: null,
  redirectUrl: null,
};

/** The shop with some settings changed, an agent, and a customer who talks with them. */
async function talking(change: Partial<ChannelSettings>) {
  const { stage } = await shop(TERMS, { settings: () => change });
  const agent = await arrives("amara");
  const customer = await stage.customer();
  await customer.page.evaluate(() => {
    const told: object[] = [];
    Object.assign(window, { told });
    const { clew } = window as unknown as { clew: { on(event: string, call: (detail: object) => void): void } };
    for (const event of ["cleared", "sessionEnded"]) clew.on(event, (detail) => told.push({ event, ...detail }));
  });
  await customer.begin();
  await agent.accept();
  await customer.write("Where is my thread?");
  await agent.reads("Where is my thread?");
  return { stage, agent, customer };
}
const told = (customer: CustomerWindow) => customer.page.evaluate(() => (window as unknown as { told: object[] }).told);

async function deviceAt(stage: Stage, url: string): Promise<CustomerWindow> {
  const context = await stage.device({ viewport: { width: 390, height: 780 } });
  const page = await context.newPage();
  await page.goto(url);
  return new CustomerWindow(page);
}

test("[W70] a link carries the conversation to another device when its button is pressed, once", async () => {
  const { stage, agent, customer } = await talking({});
  await customer.button("Options").click();
  await customer.button("Continue on another device").click();
  await customer.window.getByRole("img", { name: "The link as a QR code" }).waitFor();
  const url = await customer.window.getByRole("textbox", { name: "Copy link" }).inputValue();
  expect(url).toContain("#clew-reconnect=");
  await customer.field("Your e-mail address").fill("ana@example.com");
  await customer.button("E-mail it to me").click();
  await customer.sees("E-mail isn’t set up here. Copy the link instead.");
  await customer.button("Dismiss").click();

  const phone = await deviceAt(stage, url);
  await phone.sees("Continue your chat?");
  expect(phone.page.url()).not.toContain("clew-reconnect");
  expect(await phone.kept()).not.toContain("Where is my thread?");
  await phone.button("Continue").click();
  await phone.reads("Where is my thread?");
  await phone.sees("Welcome back. The chat goes on.");
  await phone.write("Here it is, on my phone.");
  await agent.reads("Here it is, on my phone.");
  await customer.reads("Here it is, on my phone.");

  for (const used of [url, `${url.slice(0, -4)}AAAA`]) {
    const stranger = await deviceAt(stage, used);
    await stranger.button("Continue").click();
    await stranger.sees("This link doesn’t work");
    await stranger.button("Start a new chat").click();
    await stranger.field("Your name").waitFor();
  }
});

test("[W71] [K70] where the channel resets at the agent's end, the window starts anew and the page is told", async () => {
  const { agent, customer } = await talking({ onAgentEnd: "reset", afterReset: "offer" });
  await agent.end();
  await customer.sees("The chat was ended and removed from this device.");
  await customer.field("Your name").waitFor();
  await eventually(() => told(customer)).toMatchObject([
    { event: "sessionEnded", who: "agent", why: "ended", previousStatus: "active" },
    { event: "cleared", mode: "end" },
  ]);
  await customer.reload();
  await customer.reopenIfClosed();
  await customer.field("Your name").waitFor();
  expect(await customer.kept()).not.toContain("Where is my thread?");
});

test("[W71] and then hides where it says so, until the page opens the chat", async () => {
  const { agent, customer } = await talking({ onAgentEnd: "reset", afterReset: "hide" });
  await agent.end();
  await customer.window.waitFor({ state: "detached" });
  await customer.launcher.waitFor({ state: "hidden" });
  await customer.page.evaluate(() => (window as unknown as { clew: { open(): void } }).clew.open());
  await customer.field("Your name").waitFor();
});

test("[W72] [K70] where it asks, the customer keeps the chat or starts fresh; where it is read-only, they say when to write", async () => {
  const { agent, customer } = await talking({ onAgentEnd: "ask" });
  await agent.end();
  await customer.sees("Start fresh or keep this chat?");
  await customer.button("Keep this chat").click();
  await customer.write("One more thing");
  await agent.accept();
  await agent.reads("One more thing");
  await agent.end();
  await customer.button("Start fresh").click();
  await customer.field("Your name").waitFor();
});

test("[W73] [K61] an idle window hides everything until somebody says who is there", async () => {
  const { stage, customer } = await talking({});
  const admin = await stage.admin();
  const lockAfter = (idleLock: number) => admin.publish(DEMO_CHANNELS.shop, (draft) => ({ ...draft, idleLock }));
  // Only now: on a busy machine even filling in the form may take longer than that.
  await lockAfter(2_000);
  await customer.sees("Are you still there?");
  expect(await customer.line("Where is my thread?").count()).toBe(0);
  await customer.reload();
  await customer.sees("Are you still there?");
  // Time to look at what is shown again.
  await lockAfter(600_000);
  await customer.hasKept('"idleLock":600000');
  await customer.button("Continue").click();
  await customer.reads("Where is my thread?");
  await lockAfter(2_000);
  await customer.sees("Are you still there?");
  await customer.button("Not me").click();
  await customer.field("Your name").waitFor();
  expect(await customer.kept()).not.toContain("Where is my thread?");
});

test("[W74] [K61] whoever is not the one who chatted makes this device forget", async () => {
  const { agent, customer } = await talking({});
  await customer.button("Options").click();
  await customer.button("Not me: forget this device").click();
  await customer.button("Forget").click();
  await customer.field("Your name").waitFor();
  await eventually(async () => (await customer.kept()).includes("Where is my thread?")).toBe(false);
  await agent.reads("Where is my thread?");
});

test("[CL38] a device that loses its network says so within seconds, and takes up the thread when it is back", async () => {
  const { agent, customer } = await talking({});
  const { page } = customer;
  const device = page.context();
  await page.clock.install();
  await customer.reload();
  await customer.write("Before the tunnel");
  await agent.reads("Before the tunnel");
  // From here on the page's time passes only as far as the test says.
  await page.clock.pauseAt(Date.now() + 10_000);
  await page.evaluate(() => {
    const cut = new Promise<void>((resolve) => addEventListener("offline", () => resolve(), { once: true }));
    Object.assign(window, { cut });
  });
  await device.setOffline(true);
  await page.evaluate(() => (window as unknown as { cut: Promise<void> }).cut);
  await page.clock.runFor(2_000);
  await customer.sees("You’re offline. What you write is sent when you’re back.");
  await page.clock.resume();
  await customer.write("Said in the tunnel");
  await device.setOffline(false);
  await agent.reads("Said in the tunnel");
  await customer.window.getByText("You’re offline.").waitFor({ state: "detached" });
  await agent.times("Said in the tunnel", 1);
});

test("[CL19] what was typed is there after a reload in the same instant", async () => {
  const { customer } = await talking({});
  await customer.box.fill("Half a tho");
  await customer.page.reload();
  await eventually(() => customer.box.inputValue()).toBe("Half a tho");
});
