import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { eventually } from "./eventually.ts";
import { AgentConsole } from "./pages/agent-console.ts";
import { openStage } from "./stage.ts";

type Told = { title: string; body: string };
type Recorded = Window & { told: Notification[]; sounds: number; brought: number };

/** Keeps what the page shows on the desktop and counts the notes it plays; everything else is the browser's own. */
function record(): void {
  const page = window as unknown as Recorded;
  page.told = [];
  page.sounds = 0;
  page.brought = 0;
  const focus = window.focus.bind(window);
  window.focus = () => {
    page.brought += 1;
    focus();
  };
  window.Notification = new Proxy(window.Notification, {
    construct(real, args) {
      const shown = Reflect.construct(real, args) as Notification;
      page.told.push(shown);
      return shown;
    },
  });
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function counted(when) {
    page.sounds += 1;
    start.call(this, when);
  };
}

const told = async (pages: Page[]): Promise<Told[]> =>
  (
    await Promise.all(
      pages.map((page) =>
        page.evaluate(() => (window as unknown as Recorded).told.map(({ title, body }) => ({ title, body }))),
      ),
    )
  ).flat();
const sounds = async (pages: Page[]): Promise<number> => {
  const each = await Promise.all(pages.map((page) => page.evaluate(() => (window as unknown as Recorded).sounds)));
  return each.reduce((sum, count) => sum + count, 0);
};

/** The person turns to one of the tabs, or to none: only that one has the focus. */
async function lookAt(wanted: Page | null, tabs: Page[]): Promise<void> {
  for (const page of tabs) {
    const session = await page.context().newCDPSession(page);
    await session.send("Emulation.setFocusEmulationEnabled", { enabled: page === wanted });
    await session.detach();
  }
  const blank = wanted ? null : await tabs[0]?.context().newPage();
  await (wanted ?? blank)?.bringToFront();
  for (const page of tabs) await eventually(() => page.evaluate(() => document.hasFocus())).toBe(page === wanted);
  // Browsers let a page play nothing before somebody has pressed in it.
  await wanted?.getByRole("navigation", { name: "Lists" }).click({ position: { x: 2, y: 2 } });
}

/** A console in two tabs, with desktop notifications on. */
async function twoTabs() {
  const stage = await openStage();
  const amara = await stage.agent("amara", { permissions: ["notifications"] });
  const context = amara.page.context();
  await context.addInitScript(record);
  await amara.page.reload();
  await amara.isAvailable();
  const other = new AgentConsole(await context.newPage(), stage.url);
  await other.open();
  await other.isAvailable();
  const tabs = [amara.page, other.page];
  await lookAt(other.page, tabs);
  await lookAt(amara.page, tabs);
  await choose(amara, "Turn on desktop notifications", "Desktop notifications are on");
  return { stage, amara, other, tabs };
}

/** Presses an entry of the own menu, which then says something else. */
async function choose(agent: AgentConsole, entry: string, then: string): Promise<void> {
  await agent.menu.click();
  await agent.page.getByRole("menuitem", { name: entry }).click();
  await agent.page.getByRole("menuitem", { name: then }).waitFor();
  await agent.page.keyboard.press("Escape");
}

test("[CM7] an agent who looks elsewhere is told once on the desktop and hears it once over two tabs, and a click leads there", {
  timeout: 120_000,
}, async () => {
  const { stage, amara, other, tabs } = await twoTabs();
  // Whoever looks at one tab sees the card; the desktop keeps quiet, also for the tab behind, which makes the sound.
  await lookAt(other.page, tabs);
  const first = await stage.customer();
  await first.begin({ name: "Ana Ruiz" });
  await Promise.all([amara.offer.waitFor(), other.offer.waitFor()]);
  await eventually(() => sounds(tabs)).toBe(2);
  await other.accept();
  await other.write("Good morning");
  await first.write("Good morning to you");
  await other.reads("Good morning to you");
  await eventually(() => sounds(tabs)).toBe(3);
  expect(await told(tabs)).toEqual([]);
  await other.open();
  await other.isAvailable();

  await lookAt(null, tabs);
  const asked = { title: "Ana Ruiz · An order", body: "Where is my parcel?" };
  await first.write("Where is my parcel?");
  await eventually(() => told(tabs)).toEqual([asked]);
  const second = await stage.customer();
  await second.begin({ name: "Ben Okri" });
  await eventually(() => told(tabs)).toEqual([
    asked,
    { title: "New conversation for you", body: "Ben Okri · An order" },
  ]);

  const clicked = await Promise.all(
    tabs.map((page) =>
      page.evaluate(() => {
        const {
          told: [shown],
          brought,
        } = window as unknown as Recorded;
        shown?.dispatchEvent(new Event("click"));
        return shown ? (window as unknown as Recorded).brought - brought : 0;
      }),
    ),
  );
  expect(clicked.toSorted()).toEqual([0, 1]);
  const [reached] = tabs.filter((_, index) => clicked[index] === 1);
  await new AgentConsole(reached as Page, stage.url).reads("Where is my parcel?");
});

test("[CM8] sound and notifications that were switched off are off in every tab, and still after a reload", {
  timeout: 120_000,
}, async () => {
  const { stage, amara, other, tabs } = await twoTabs();
  await choose(other, "Sound is on", "Sound is off");
  await choose(other, "Desktop notifications are on", "Turn on desktop notifications");
  await amara.menu.click();
  await amara.page.getByRole("menuitem", { name: "Sound is off" }).waitFor();
  await amara.page.keyboard.press("Escape");
  await other.page.reload();
  await other.isAvailable();
  await lookAt(other.page, tabs);
  await lookAt(null, tabs);
  const customer = await stage.customer();
  await customer.begin();
  await Promise.all([amara.offer.waitFor(), other.offer.waitFor()]);
  expect([await told(tabs), await sounds(tabs)]).toEqual([[], 0]);
  await other.menu.click();
  await other.page.getByRole("menuitem", { name: "Sound is off" }).waitFor();
  await other.page.getByRole("menuitem", { name: "Turn on desktop notifications" }).waitFor();
});

test("[CM9] a browser that forbids notifications is said to, and they can be turned on once it allows them", async () => {
  const stage = await openStage();
  const amara = await stage.agent("amara");
  const context = amara.page.context();
  // What is not granted by name is denied from then on.
  await context.grantPermissions([]);
  await amara.page.reload();
  await amara.isAvailable();
  await amara.menu.click();
  const blocked = amara.page.getByRole("menuitem", { name: "Notifications are blocked in the browser" });
  await blocked.waitFor();
  expect(await blocked.isDisabled()).toBe(true);
  await context.grantPermissions(["notifications"]);
  await amara.page.reload();
  await amara.isAvailable();
  await choose(amara, "Turn on desktop notifications", "Desktop notifications are on");
});
