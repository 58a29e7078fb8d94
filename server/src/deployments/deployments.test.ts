import type { ChannelSettings, Deployment } from "@clew/contract/channels";
import { Boot } from "@clew/contract/channels";
import { Check } from "typebox/value";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newChannelSettings } from "../channels/new-channel.ts";
import type { ConfigurationChange } from "../configuration/nouns.ts";
import { ADMIN_ID, ENGINES, expectRefused, openConfigurationStore, QUEUE } from "../testing/configuration.ts";

const NOBODY = "0190a000-0000-7000-8000-00000000dead";

describe.each(ENGINES)("deployments on %s", (engine) => {
  let store: Awaited<ReturnType<typeof openConfigurationStore>>;
  let queueId: string;
  let made = 0;
  beforeAll(async () => {
    store = await openConfigurationStore(engine);
    queueId = (await store.call("createQueue", { body: { ...QUEUE, name: "Service" } })).id;
  });
  afterAll(() => store.close());

  const draft = (change: Partial<ChannelSettings> = {}): ChannelSettings => ({
    ...newChannelSettings("Larkspur"),
    name: `Channel ${++made}`,
    queueId,
    ...change,
  });
  const publish = (id: string, revision: number, note = ""): Promise<Deployment> =>
    store.call("publishChannel", { params: { id }, body: { revision, note } });
  const save = (id: string, revision: number, settings: ChannelSettings) =>
    store.call("saveChannel", { params: { id }, body: { settings, revision } });
  const boot = (id: string, origin: string | null = null) =>
    store.call("boot", { params: { id }, origin, caller: { who: "public" } });
  const deployments = async (id: string): Promise<Deployment[]> =>
    (await store.call("listDeployments", { params: { id } })).items;

  test("[CF13] a draft changes nothing for customers until it is published", async () => {
    const channel = await store.call("createChannel", { body: draft() });
    expect(channel).toMatchObject({ revision: 1, live: null });
    expect(store.context.cache.current().channels.has(channel.id)).toBe(false);
    await publish(channel.id, 1);
    await save(channel.id, 2, { ...channel.draft, customerMayEnd: false });
    expect((await boot(channel.id)).customerMayEnd).toBe(true);
    await publish(channel.id, 3);
    expect(await boot(channel.id)).toMatchObject({ customerMayEnd: false, deployment: 2 });
  });

  test("[CF14] deployments are numbered 1, 2, 3 and never change", async () => {
    const settings = draft();
    const { id } = await store.call("createChannel", { body: settings });
    const first = await publish(id, 1, "The beginning");
    expect(first).toEqual({
      channelId: id,
      number: 1,
      settings,
      publishedAt: store.time.now,
      publishedBy: ADMIN_ID,
      note: "The beginning",
      restoredFrom: null,
    });
    const louder = { ...settings, look: { ...settings.look, colour: "#ff0000" } };
    await save(id, 2, louder);
    await publish(id, 3);
    await publish(id, 4);
    const all = await deployments(id);
    expect(all.map((deployment) => deployment.number)).toEqual([3, 2, 1]);
    expect(all[2]).toEqual(first);
    expect(all[1]?.settings).toEqual(louder);
  });

  test("[CF15] of many who publish or save what all read, one does", async () => {
    const settings = draft();
    const { id } = await store.call("createChannel", { body: settings });
    const tries = Array.from({ length: 6 }, (_, index) =>
      index % 2 ? publish(id, 1) : save(id, 1, { ...settings, priority: index }),
    );
    const outcomes = await Promise.allSettled(tries);
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
    const again = await Promise.allSettled(Array.from({ length: 6 }, () => publish(id, 2)));
    expect(again.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
    const numbers = (await deployments(id)).map((deployment) => deployment.number);
    expect(numbers).toEqual(numbers.map((_, index) => numbers.length - index));
    await expectRefused(publish(id, 1), "conflict");
  });

  test("[CF11] another process learns which deployment is live, and tells its own listeners", async () => {
    const other = await store.another();
    const heard: ConfigurationChange[] = [];
    other.context.cache.onChange((change) => heard.push(change));
    const { id } = await store.call("createChannel", { body: draft() });
    await publish(id, 1);
    expect(heard).toEqual([]);
    await Promise.all([other.context.cache.reloadIfChanged(), other.context.cache.reloadIfChanged()]);
    expect(heard).toEqual([
      { noun: "channel", id },
      { noun: "deployment", id, deployment: { channelId: id, number: 1 } },
    ]);
    expect(other.context.cache.current().channels.get(id)?.deployment).toBe(1);
    await other.context.database.close();
  });

  // SQLite serves one process.
  if (engine === "postgres") {
    test("[CF15] two server processes publish one after the other", async () => {
      const { id } = await store.call("createChannel", { body: draft() });
      const other = await store.another();
      const input = { params: { id }, body: { revision: 1, note: "" } };
      const outcomes = await Promise.allSettled([
        store.call("publishChannel", input),
        other.call("publishChannel", input),
      ]);
      expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
      expect(await deployments(id)).toHaveLength(1);
      await other.context.database.close();
    });
  }

  test("[CF16] the admin sees what publishing would change", async () => {
    const settings = draft();
    const { id } = await store.call("createChannel", { body: settings });
    const compare = async () => (await store.call("compareChannel", { params: { id } })).items;
    expect(await compare()).toContainEqual({ path: "/name", before: null, after: settings.name });
    await publish(id, 1);
    expect(await compare()).toEqual([]);
    await save(id, 2, { ...settings, weight: 3, look: { ...settings.look, radius: 2 } });
    expect(await compare()).toEqual([
      { path: "/weight", before: 1, after: 3 },
      { path: "/look/radius", before: 14, after: 2 },
    ]);
    await expectRefused(store.call("compareChannel", { params: { id: NOBODY } }), "not-found");
  });

  test("[CF17] going back publishes the earlier settings again, and they become the draft", async () => {
    const settings = draft();
    const { id } = await store.call("createChannel", { body: settings });
    await publish(id, 1);
    await save(id, 2, { ...settings, weight: 9 });
    await publish(id, 3);
    const unpublished = { ...settings, weight: 7 };
    await save(id, 4, unpublished);

    const restore = (number: string) => store.call("restoreDeployment", { params: { id, number } });
    const restored = await restore("1");
    expect(restored).toMatchObject({ number: 3, restoredFrom: 1, settings });
    const channel = (await store.call("listChannels")).items.find((item: { id: string }) => item.id === id);
    expect(channel).toEqual({ id, draft: settings, revision: 6, live: 3 });
    expect((await boot(id)).deployment).toBe(3);
    const [entry] = (await store.call("listAudit")).items;
    expect(entry).toMatchObject({ action: "restore", change: { number: 3, restoredFrom: 1, draft: unpublished } });
    await expectRefused(restore("4"), "not-found");
    await expectRefused(save(id, 5, settings), "conflict");
  });

  test("[CF17] a deployment that names what is gone cannot be gone back to", async () => {
    const other = await store.call("createQueue", { body: { ...QUEUE, name: "Short-lived" } });
    const settings = draft({ queueId: other.id });
    const { id } = await store.call("createChannel", { body: settings });
    await publish(id, 1);
    await expectRefused(store.call("deleteQueue", { params: { id: other.id } }), "conflict");
    await save(id, 2, { ...settings, queueId });
    const stillLive = await expectRefused(store.call("deleteQueue", { params: { id: other.id } }), "conflict");
    expect(stillLive.detail).toBe(`Still used by channel "${settings.name}".`);
    await publish(id, 3);
    await store.call("deleteQueue", { params: { id: other.id } });
    const back = store.call("restoreDeployment", { params: { id, number: "1" } });
    await expectRefused(back, "invalid", { field: "/queueId" });
    expect(await deployments(id)).toHaveLength(2);
  });

  test("[CF10] listeners hear which deployment is live once it is", async () => {
    const heard: ConfigurationChange[] = [];
    const { id } = await store.call("createChannel", { body: draft() });
    const stop = store.context.cache.onChange((change) => {
      expect(store.context.cache.current().channels.get(id)?.deployment).toBe(1);
      heard.push(change);
    });
    await publish(id, 1);
    stop();
    expect(heard).toEqual([{ noun: "deployment", id, deployment: { channelId: id, number: 1 } }]);
  });

  test("[CF18] a widget boots from the live deployment, and never from a cache", async () => {
    await expectRefused(boot(NOBODY), "not-found");
    const { id } = await store.call("createChannel", { body: draft() });
    await expectRefused(boot(id), "not-published");
    await publish(id, 1);
    const answer = await boot(id);
    expect(Check(Boot, answer)).toBe(true);
    expect(answer).toMatchObject({ channelId: id, open: true, opensAt: null, now: store.time.now });
    expect(answer.epoch).toBe(store.context.database.epoch);
    expect(JSON.stringify(answer)).not.toContain(queueId);
    expect(store.headers.get("cache-control")).toBe("no-store");
  });

  test("[CF19] boot tells when a closed channel opens", async () => {
    const day = [{ from: 9 * 60, to: 17 * 60 }];
    const body = { name: "Office", timeZone: "Europe/Berlin", week: [day, day, day, day, day, [], []], exceptions: [] };
    const hours = await store.call("createHours", { body });
    const { id } = await store.call("createChannel", { body: draft({ hoursId: hours.id }) });
    await publish(id, 1);
    const at = async (moment: string) => {
      store.time.now = Date.parse(moment);
      const { open, opensAt } = await boot(id);
      return { open, opensAt };
    };
    expect(await at("2026-05-12T10:00:00Z")).toEqual({ open: true, opensAt: null });
    expect(await at("2026-05-15T15:00:00Z")).toEqual({ open: false, opensAt: Date.parse("2026-05-18T07:00:00Z") });
  });

  test("[CF25] a channel without a queue is not published", async () => {
    const { id } = await store.call("createChannel", { body: draft({ queueId: null }) });
    await expectRefused(publish(id, 1), "setting-refused", { reason: "queue-missing" });
    expect(await deployments(id)).toEqual([]);
  });

  test("[CF26] a page of a site that is not listed gets nothing", async () => {
    const { id } = await store.call("createChannel", { body: draft({ origins: ["https://shop.example"] }) });
    await publish(id, 1);
    await expectRefused(boot(id, "https://evil.example"), "origin-refused");
    expect((await boot(id, "https://shop.example")).channelId).toBe(id);
    expect((await boot(id, "http://localhost:4600")).channelId).toBe(id);
  });
});
