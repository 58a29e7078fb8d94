import { ChannelSettings } from "@clew/contract/channels";
import type { Localized } from "@clew/contract/ids";
import { Check } from "typebox/value";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readOrganisation } from "../organisation/store.ts";
import { ENGINES, openConfigurationStore } from "../testing/configuration.ts";
import { DEMO_AGENTS, DEMO_CHANNELS } from "./ids.ts";
import { DEMO_PASSWORD } from "./people.ts";
import { seedDemo } from "./seed.ts";
import { DEMO_QUEUE_SETTINGS } from "./service.ts";
import { SHOP_CHAT } from "./shop-chat.ts";
import { SUPPORT_DESK_CHAT } from "./support-desk-chat.ts";

describe.each(ENGINES)("the demo on %s", (engine) => {
  let store: Awaited<ReturnType<typeof openConfigurationStore>>;
  beforeEach(async () => {
    store = await openConfigurationStore(engine);
  });
  afterEach(() => store.close());

  test("[CF30] an empty store gets everything that shows the product", async () => {
    expect(await seedDemo(store.context, store.preparePassword)).toBe(true);
    const configuration = store.context.cache.current();
    expect(configuration.organisation.name).toBe("Larkspur & Co");
    expect(configuration.channels.get(DEMO_CHANNELS.shop)?.settings.kind).toBe("asynchronous");
    expect(configuration.channels.get(DEMO_CHANNELS.supportDesk)?.settings.kind).toBe("session-based");
    expect(configuration.queues.size).toBe(2);
    const roles = [...configuration.agents.values()].map((agent) => agent.role).sort();
    expect(roles).toEqual(["admin", "agent", "agent", "agent", "supervisor"]);
    expect((await store.call("listQuickReplies")).items).toHaveLength(13);
    expect([...store.passwords]).toEqual(Object.values(DEMO_AGENTS).map((id) => [id, DEMO_PASSWORD]));
    for (const id of Object.values(DEMO_CHANNELS)) {
      expect(await store.call("boot", { params: { id } })).toMatchObject({ open: true, deployment: 1 });
    }
  });

  test("[CF30] a second time changes nothing", async () => {
    await seedDemo(store.context, store.preparePassword);
    const audit = await store.call("listAudit");
    store.passwords.clear();
    expect(await seedDemo(store.context, store.preparePassword)).toBe(false);
    expect(await store.call("listAudit")).toEqual(audit);
    expect(store.passwords.size).toBe(0);
  });

  test("[CF30] many at once seed once", async () => {
    const tries = Array.from({ length: 4 }, () => seedDemo(store.context, store.preparePassword));
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
  });

  if (engine === "postgres") {
    test("[CF30] two server processes that start at once seed once", async () => {
      const other = await store.another();
      const tries = [store, other].map((process) => seedDemo(process.context, process.preparePassword));
      expect((await Promise.all(tries)).sort()).toEqual([false, true]);
      await other.context.database.close();
    });
  }

  test("[CF30] a failure on the way leaves nothing behind", async () => {
    let written = 0;
    const failing = async () => async () => {
      written += 1;
      if (written === 3) throw new Error("the disk is full");
    };
    await expect(seedDemo(store.context, failing)).rejects.toThrow("the disk is full");
    expect(await readOrganisation(store.context.database.query)).toBeNull();
    expect((await store.call("listAgents")).items).toEqual([]);
    expect((await store.call("listAudit")).items).toEqual([]);
    expect(await seedDemo(store.context, store.preparePassword)).toBe(true);
  });
});

/** Every text per language in the settings, with its place. */
function textsIn(value: unknown, path = ""): { path: string; text: Localized }[] {
  if (typeof value !== "object" || value === null) return [];
  if ("en" in value && typeof value.en === "string") return [{ path, text: value as Localized }];
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, `${path}/${key}`));
}

test.each([SHOP_CHAT, SUPPORT_DESK_CHAT])("[CF31] $name speaks all its languages", (settings) => {
  expect(Check(ChannelSettings, settings)).toBe(true);
  const visible = { ...settings.preChat, fields: settings.preChat.fields.filter((field) => !field.hidden) };
  const texts = textsIn({ look: settings.look, preChat: visible, queues: DEMO_QUEUE_SETTINGS });
  expect(texts.length).toBeGreaterThan(10);
  for (const { path, text } of texts) {
    expect(Object.keys(text), path).toEqual(settings.languages);
    for (const words of Object.values(text)) expect(words.trim(), path).not.toBe("");
  }
});
