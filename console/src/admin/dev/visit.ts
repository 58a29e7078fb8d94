import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { id } from "./fixtures.ts";
import { AXE } from "./serve.ts";

const SHOP = `channels/${id(5, 1)}`;

/** Every page of the settings by name, as a path below `/admin/`. */
export const PAGES: Record<string, string> = {
  channels: "channels",
  "channel-general": `${SHOP}/general`,
  "channel-look": `${SHOP}/look`,
  "channel-pre-chat": `${SHOP}/preChat`,
  "channel-timers": `${SHOP}/timers`,
  "channel-reconnect": `${SHOP}/reconnect`,
  "channel-reset": `${SHOP}/reset`,
  "channel-opt-out": `${SHOP}/optOut`,
  "channel-identity": `${SHOP}/identity`,
  "channel-privacy": `${SHOP}/privacy`,
  "channel-origins": `${SHOP}/origins`,
  "channel-deployments": `${SHOP}/deployments`,
  "channel-embedding": `${SHOP}/embedding`,
  "channel-new": "channels/new",
  queues: "queues",
  queue: `queues/${id(2, 1)}`,
  agents: "agents",
  agent: `agents/${id(1, 3)}`,
  "agent-new": "agents/new",
  skills: "agents/skills",
  hours: `hours/${id(4, 1)}`,
  replies: "replies",
  reply: `replies/${id(6, 1)}`,
  organisation: "organisation",
  keys: "keys",
  audit: "audit",
  nothing: "no/such/page",
};

/** What axe-core finds wrong, as lines. */
export async function findings(page: Page): Promise<string[]> {
  // Colours on their way from one theme to the other are nobody's.
  await page.evaluate(async () => {
    const passing = document.getAnimations().filter((each) => each.effect?.getComputedTiming().iterations === 1);
    await Promise.allSettled(passing.map((each) => each.finished));
  });
  if (!(await page.evaluate(() => "axe" in window))) await page.addScriptTag({ url: AXE });
  const results = (await page.evaluate("axe.run(document, { resultTypes: ['violations'] })")) as AxeResults;
  return results.violations.map(
    (found) => `${found.id}: ${found.nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`,
  );
}

/** Whether the page has to be scrolled sideways to be read. */
export async function overflowsSideways(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const body = document.querySelector("h1")?.closest("[class*=body]");
    return (
      document.documentElement.scrollWidth > innerWidth ||
      (body !== null && body !== undefined && body.scrollWidth > body.clientWidth)
    );
  });
}
