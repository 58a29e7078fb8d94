import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newChannelSettings } from "../channels/new-channel.ts";
import { ADMIN_ID, ENGINES, expectRefused, openConfigurationStore, QUEUE } from "../testing/configuration.ts";
import type { ConfigurationContext } from "./change.ts";
import type { ConfigurationChange } from "./nouns.ts";

const WEEK = [[], [], [], [], [], [], []];
const AGENT = { publicName: "Kim", role: "agent", capacity: 3, skills: [], active: true, password: "long enough 1" };
const NOBODY = "0190a000-0000-7000-8000-00000000dead";

/** A conversation whose session waits in the queue, as the door would have written it. */
async function insertOpenSession({ database, ids }: ConfigurationContext, queueId: string): Promise<void> {
  const conversation = { id: ids.next(), channel_id: NOBODY, customer_id: NOBODY, status: "open" };
  const rest = { session_id: null, session_status: null, queue_id: queueId, agent_id: null, last_number: 1, change: 1 };
  await database.query
    .insertInto("conversations")
    .values({ ...conversation, ...rest, state: "{}", title: "", created_at: 1, updated_at: 1 })
    .execute();
  const session = { id: ids.next(), conversation_id: conversation.id, number: 1, first_number: 1, status: "waiting" };
  const times = { waiting_since: 1, started_at: 1, active_at: null, ended_at: null };
  await database.query
    .insertInto("sessions")
    .values({
      ...session,
      ...times,
      queue_id: queueId,
      agent_id: null,
      priority: 50,
      ended_by: null,
      ended_why: null,
      offered: 0,
      state: "{}",
    })
    .execute();
}

describe.each(ENGINES)("settings on %s", (engine) => {
  let store: Awaited<ReturnType<typeof openConfigurationStore>>;
  beforeAll(async () => {
    store = await openConfigurationStore(engine);
  });
  afterAll(() => store.close());

  const audit = async () => (await store.call("listAudit")).items;
  let made = 0;
  const name = (words: string) => `${words} ${++made}`;

  test("[CF5] a replace names the revision it read", async () => {
    const skill = await store.call("createSkill", { body: { name: name("Orders") } });
    expect(skill.revision).toBe(1);
    const params = { id: skill.id };
    const changed = name("Returns");
    const saved = await store.call("saveSkill", { params, body: { settings: { name: changed }, revision: 1 } });
    expect(saved).toEqual({ id: skill.id, name: changed, revision: 2 });
    await expectRefused(
      store.call("saveSkill", { params, body: { settings: { name: "Lost" }, revision: 1 } }),
      "conflict",
    );
    const { items } = await store.call("listSkills");
    expect(items).toContainEqual(saved);
    await expectRefused(
      store.call("saveSkill", { params: { id: NOBODY }, body: { settings: { name: "x" }, revision: 1 } }),
      "not-found",
    );
  });

  test("[CF5] of many who replace the same revision at once, one does", async () => {
    const skill = await store.call("createSkill", { body: { name: name("Race") } });
    const tries = Array.from({ length: 8 }, (_, index) =>
      store.call("saveSkill", {
        params: { id: skill.id },
        body: { settings: { name: name(`${index}`) }, revision: 1 },
      }),
    );
    const outcomes = await Promise.allSettled(tries);
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
  });

  test("[CF6] an unknown reference is refused with its field", async () => {
    const body = { ...QUEUE, name: name("Queue"), skills: [{ skillId: NOBODY, level: 1 }] };
    await expectRefused(store.call("createQueue", { body }), "invalid", { field: "/skills/0/skillId" });
    await expectRefused(store.call("createQueue", { body: { ...body, skills: [], members: [NOBODY] } }), "invalid", {
      field: "/members/0",
    });
    await expectRefused(store.call("createQueue", { body: { ...body, skills: [], hoursId: NOBODY } }), "invalid", {
      field: "/hoursId",
    });
    const overWait = { next: "queue", queueId: NOBODY };
    await expectRefused(store.call("createQueue", { body: { ...body, skills: [], overWait } }), "invalid", {
      field: "/overWait/queueId",
    });
    const reply = { shortcut: "hi", title: "Hi", text: "Hi", queueIds: [NOBODY] };
    await expectRefused(store.call("createQuickReply", { body: reply }), "invalid", { field: "/queueIds/0" });
    const agent = {
      ...AGENT,
      email: `${name("a").replace(" ", "")}@x.example`,
      name: "Kim",
      skills: [{ skillId: NOBODY, level: 2 }],
    };
    await expectRefused(store.call("createAgent", { body: agent }), "invalid", { field: "/skills/0/skillId" });
    const channel = { ...newChannelSettings("Org"), name: name("Channel"), queueId: NOBODY };
    await expectRefused(store.call("createChannel", { body: channel }), "invalid", { field: "/queueId" });
  });

  test("[CF7] what is in use stays, and the answer names the users", async () => {
    const skill = await store.call("createSkill", { body: { name: name("Skill") } });
    const hours = await store.call("createHours", {
      body: { name: name("Hours"), timeZone: "UTC", week: WEEK, exceptions: [] },
    });
    const settings = { ...QUEUE, name: name("Busy"), hoursId: hours.id, skills: [{ skillId: skill.id, level: 3 }] };
    const queue = await store.call("createQueue", { body: settings });
    const channel = await store.call("createChannel", {
      body: { ...newChannelSettings("Org"), name: name("Uses"), queueId: queue.id },
    });
    const reply = await store.call("createQuickReply", {
      body: { shortcut: name("r").replace(" ", "-"), title: "Watering", text: "Water", queueIds: [queue.id] },
    });

    const gone = (what: string, id: string) => store.call(`delete${what}`, { params: { id } });
    expect((await expectRefused(gone("Skill", skill.id), "conflict")).detail).toBe(
      `Still used by queue "${settings.name}".`,
    );
    expect((await expectRefused(gone("Hours", hours.id), "conflict")).detail).toContain(`queue "${settings.name}"`);
    const { detail } = await expectRefused(gone("Queue", queue.id), "conflict");
    expect(detail).toBe(`Still used by the draft of channel "${channel.draft.name}", quick reply "Watering".`);

    for (const [what, id] of [
      ["QuickReply", reply.id],
      ["Channel", channel.id],
      ["Queue", queue.id],
      ["Hours", hours.id],
      ["Skill", skill.id],
    ]) {
      expect(await gone(what, id)).toBeNull();
    }
    await expectRefused(gone("Queue", queue.id), "not-found");
  });

  test("[CF7] a queue in which an open session waits stays", async () => {
    const queue = await store.call("createQueue", { body: { ...QUEUE, name: name("Waiting") } });
    await insertOpenSession(store.context, queue.id);
    const { detail } = await expectRefused(store.call("deleteQueue", { params: { id: queue.id } }), "conflict");
    expect(detail).toBe("Still used by 1 open session.");
  });

  test("[CF8] there is one with a name, in whatever case", async () => {
    const first = name("Plants");
    await store.call("createSkill", { body: { name: first } });
    const shouted = ` ${first.toUpperCase()}`;
    await expectRefused(store.call("createSkill", { body: { name: shouted } }), "already-exists", { field: "/name" });
    const other = await store.call("createSkill", { body: { name: name("Other") } });
    const body = { settings: { name: shouted }, revision: 1 };
    await expectRefused(store.call("saveSkill", { params: { id: other.id }, body }), "already-exists");
    // Its own name in another case is no duplicate.
    const own = { settings: { name: other.name.toUpperCase() }, revision: 1 };
    expect((await store.call("saveSkill", { params: { id: other.id }, body: own })).name).toBe(
      other.name.toUpperCase(),
    );
  });

  test("[CF9] a change writes who, what and the difference; a refused one writes nothing", async () => {
    const old = name("Old");
    const skill = await store.call("createSkill", { body: { name: old } });
    const key = { who: "key" as const, keyId: NOBODY, name: "Importer", scopes: [] };
    const save = { params: { id: skill.id }, body: { settings: { name: "New name" }, revision: 1 } };
    await store.call("saveSkill", { ...save, caller: key });
    await expectRefused(store.call("saveSkill", save), "conflict");
    await store.call("deleteSkill", { params: { id: skill.id } });

    const written = (await audit()).slice(0, 3);
    expect(written).toMatchObject([
      { action: "delete", noun: "skill", nounId: skill.id, agentId: ADMIN_ID },
      {
        action: "save",
        agentId: null,
        change: { key: { name: "Importer" }, changes: [{ path: "/name", before: old, after: "New name" }] },
      },
      { action: "create", agentId: ADMIN_ID, change: { changes: [{ path: "", before: null, after: { name: old } }] } },
    ]);
  });

  test("[CF10] when a change is answered the rules read it, and listeners hear of it after that", async () => {
    const heard: (ConfigurationChange & { known: boolean })[] = [];
    const { cache } = store.context;
    const stop = cache.onChange((change) => heard.push({ ...change, known: cache.current().skills.has(change.id) }));
    const skill = await store.call("createSkill", { body: { name: name("Seen") } });
    expect(cache.current().skills.get(skill.id)).toEqual(skill);
    await expectRefused(store.call("createSkill", { body: { name: skill.name } }), "already-exists");
    stop();
    await store.call("deleteSkill", { params: { id: skill.id } });
    expect(heard).toEqual([{ noun: "skill", id: skill.id, known: true }]);
    expect(cache.current().skills.has(skill.id)).toBe(false);
  });

  test("[CF11] a process notices what another one changed", async () => {
    const other = await store.another();
    expect(await other.context.cache.reloadIfChanged()).toBe(false);
    const skill = await store.call("createSkill", { body: { name: name("Elsewhere") } });
    expect(other.context.cache.current().skills.has(skill.id)).toBe(false);
    expect(await other.context.cache.reloadIfChanged()).toBe(true);
    expect(other.context.cache.current().skills.get(skill.id)).toEqual(skill);
    expect(await other.context.cache.reloadIfChanged()).toBe(false);
    await other.context.database.close();
  });

  test("[CF12] the audit is read page by page and misses nothing between pages", async () => {
    for (let index = 0; index < 130; index += 1) {
      store.time.now += index % 40 === 0 ? 1 : 0;
      await store.call("createSkill", { body: { name: name(`Page ${index}`) } });
    }
    const { raw } = store.context.database;
    const [{ count } = { count: 0 }] = await raw.all<{ count: number }>("SELECT COUNT(*) AS count FROM audit");
    const seen: { id: string; at: number }[] = [];
    let page = await audit();
    while (page.length > 0) {
      seen.push(...page);
      page = (await store.call("listAudit", { query: { before: String(seen.at(-1)?.at) } })).items;
    }
    expect(new Set(seen.map((entry) => entry.id)).size).toBe(count);
    expect(seen).toHaveLength(count);
    expect(seen.map((entry) => entry.at)).toEqual(seen.map((entry) => entry.at).sort((one, two) => two - one));
  });

  test("settings are tidied before they are stored: spaces, doubles", async () => {
    const skill = await store.call("createSkill", { body: { name: `  ${name("Tidy")}  ` } });
    expect(skill.name).toBe(skill.name.trim());
    const skills = [
      { skillId: skill.id, level: 1 },
      { skillId: skill.id, level: 5 },
    ];
    const queue = await store.call("createQueue", { body: { ...QUEUE, name: name("Tidy"), skills } });
    expect(queue.skills).toEqual([{ skillId: skill.id, level: 5 }]);
  });
});
