import { expect, test } from "vitest";
import { TcpProxy } from "../support/tcp-proxy.ts";
import { openShop, serve } from "./agent-side-scene.ts";
import { eventually } from "./eventually.ts";
import type { AgentConsole } from "./pages/agent-console.ts";
import type { CustomerWindow } from "./pages/customer-window.ts";
import { openStage } from "./stage.ts";

/** What is said, as the window shows it from top to bottom. */
async function said({ log }: CustomerWindow | AgentConsole, words: RegExp): Promise<string[]> {
  return (await log.innerText()).match(words) ?? [];
}

test("[K51] two tabs: what is said in one is shown in the other, once, in the same order", async () => {
  const { stage, admin } = await openShop();
  const agent = await stage.agent("amara");
  const left = await serve(stage, agent);
  const right = await left.secondTab();
  await right.reads("Hello Ana Ruiz!");
  const words = /(?:left|right|agent) \d/g;
  // One person writes in one tab after the other, for tabs share what is being typed; the agent writes all the while.
  for (const round of [1, 2, 3]) {
    const answering = agent.post(`agent ${round}`);
    for (const [tab, other, who] of [[left, right, "left"] as const, [right, left, "right"] as const]) {
      await tab.post(`${who} ${round}`);
      await other.reads(`${who} ${round}`);
    }
    await answering;
  }
  const all = ["agent", "left", "right"].flatMap((who) => [1, 2, 3].map((at) => `${who} ${at}`));
  const [conversation] = await admin.conversations();
  const stored = async () =>
    (await admin.events(conversation?.conversationId ?? "")).flatMap((event) =>
      event.type === "message.posted" && all.includes(event.text) ? [event.text] : [],
    );
  await eventually(async () => (await stored()).toSorted()).toEqual(all);
  const order = await stored();
  // What the server has not confirmed yet stands last; it finds its place with the confirmation.
  for (const each of [left, right, agent]) await eventually(() => said(each, words)).toEqual(order);
});

test("[K52] Start pressed in two tabs in the same moment makes one conversation with one session", async () => {
  const { stage, admin } = await openShop();
  const left = await stage.customer();
  await left.open();
  await left.fillShopForm();
  await left.hasKept('"topic":"order"');
  const right = await left.secondTab();
  await right.reopenIfClosed();
  await eventually(() => right.field("Your name").inputValue()).toBe("Ana Ruiz");
  // Both buttons are found beforehand and pressed by the pages themselves at one word that both hear.
  for (const { page, window } of [left, right]) {
    const start = await window.getByRole("button", { name: "Start chat" }).elementHandle();
    await page.evaluate((button) => {
      const channel = new BroadcastChannel("both");
      channel.onmessage = () => (button as HTMLElement).click();
    }, start);
  }
  await left.page.evaluate(() => new BroadcastChannel("both").postMessage("now"));
  for (const tab of [left, right]) await tab.sees("You’re next in line");
  const agent = await stage.agent("amara");
  await agent.accept();
  await agent.write("One of you");
  for (const tab of [left, right]) await tab.times("One of you", 1);
  const conversations = await admin.conversations();
  expect(conversations.map(({ session }) => session.number)).toEqual([1]);
});

test("[K53] End in one tab ends in all, although the first try never reached the server", async () => {
  const stage = await openStage();
  const admin = await stage.admin();
  const proxy = await TcpProxy.to(Number(new URL(stage.url).port));
  const agent = await stage.agent("amara");
  const left = await stage.customer({ url: `http://127.0.0.1:${proxy.port}` });
  await left.begin();
  await agent.accept();
  await agent.write("Good morning!");
  const right = await left.secondTab();
  await right.reads("Good morning!");
  await right.button("Options").click();
  await right.button("End chat").click();
  proxy.stall();
  await right.window.getByRole("alertdialog").getByRole("button", { name: "End chat" }).click();
  await proxy.refuse();
  proxy.drop();
  for (const tab of [left, right]) await tab.sees("Reconnecting… What you write is kept.");
  expect(await left.line("You ended the chat").count()).toBe(0);
  await proxy.resume();
  for (const tab of [left, right]) {
    await tab.reads("You ended the chat");
    await tab.sees("This conversation is closed and can only be read.");
  }
  await agent.reads(/customer ended the session/i);
  const [conversation] = await admin.conversations();
  const events = await admin.events(conversation?.conversationId ?? "");
  expect(events.filter(({ type }) => type === "session.ended")).toHaveLength(1);
  await proxy.close();
});

test("[K54] minimised, unread and read are the same in all tabs, and one message sounds once", async () => {
  const { stage } = await openShop();
  const agent = await stage.agent("amara");
  const left = await stage.customer();
  await left.page.context().addInitScript(countSounds);
  await left.page.reload();
  await left.begin();
  await agent.accept();
  await left.write("Hello?");
  const right = await left.secondTab();
  await right.reads("Hello?");
  const tabs = [left, right];

  await right.button("Minimise").click();
  for (const tab of tabs) await tab.window.waitFor({ state: "detached" });
  const before = await sounds(tabs);
  await agent.post("Are you there?");
  for (const tab of tabs) {
    await tab.page.getByRole("button", { name: "Open chat (1)" }).waitFor();
    await eventually(() => tab.page.title()).toBe("(1) New message");
  }
  await eventually(() => sounds(tabs)).toBe(before + 1);
  // What has sounded lets go of the device's audio.
  for (const { page } of tabs) {
    const awake = () =>
      page.evaluate(
        () => [...(window as unknown as Sounding).players].filter(({ state }) => state !== "suspended").length,
      );
    await eventually(awake).toBe(0);
  }

  await left.open();
  for (const tab of tabs) await tab.reads("Are you there?");
  for (const tab of tabs) await eventually(() => tab.page.title()).toContain("Larkspur");
  await right.button("Minimise").click();
  await left.launcher.waitFor();
  await eventually(() => left.launcher.getAttribute("aria-label")).toBe("Open chat");
  expect(await sounds(tabs)).toBe(before + 1);
});

test("[K55] the tab that held the connection dies: the others take over, nobody notices, nothing is lost", async () => {
  const { stage, admin } = await openShop();
  const agent = await stage.agent("amara");
  const leader = await serve(stage, agent);
  const other = await leader.secondTab();
  await other.reads("Hello Ana Ruiz!");
  await other.page.evaluate(() => {
    const seen: string[] = [];
    const root = document.querySelector("clew-chat")?.shadowRoot as ShadowRoot;
    const look = () => seen.push(...(root.textContent?.match(/Reconnecting|offline|Not sent/g) ?? []));
    new MutationObserver(look).observe(root, { subtree: true, childList: true, characterData: true });
    Object.assign(window, { seen });
  });
  const crashed = leader.page.waitForEvent("crash");
  const session = await leader.page.context().newCDPSession(leader.page);
  // The page dies before it can answer.
  session.send("Page.crash").catch(() => undefined);
  await other.write("In the very moment");
  await crashed;
  await agent.reads("In the very moment");
  await agent.write("I heard you.");
  await other.reads("I heard you.");
  await other.write("Good.");
  await agent.reads("Good.");
  for (const text of ["In the very moment", "I heard you.", "Good."]) {
    await agent.times(text, 1);
    await other.times(text, 1);
  }
  stage.skip(6_000);
  await other.write("And later?");
  await agent.reads("And later?");
  expect(await other.page.evaluate(() => (window as unknown as { seen: string[] }).seen)).toEqual([]);
  const [conversation] = await admin.conversations();
  const events = await admin.events(conversation?.conversationId ?? "");
  expect(events.filter(({ type }) => type === "customer.gone")).toEqual([]);
});

type Sounding = { tones: number; players: Set<AudioContext> };

/** Runs in the page: counts the blips, of two tones each, and lets them be heard as ever. */
function countSounds(): void {
  const counted = window as unknown as Sounding;
  counted.tones = 0;
  counted.players = new Set();
  const { createOscillator } = AudioContext.prototype;
  AudioContext.prototype.createOscillator = function counting(this: AudioContext) {
    counted.tones += 1;
    counted.players.add(this);
    return createOscillator.call(this);
  };
}

async function sounds(tabs: readonly CustomerWindow[]): Promise<number> {
  const tones = await Promise.all(
    tabs.map(({ page }) => page.evaluate(() => (window as unknown as { tones: number }).tones)),
  );
  return tones.reduce((sum, count) => sum + count, 0) / 2;
}
