import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENGINES, expectRefused, openConfigurationStore } from "../testing/configuration.ts";

const AGENT = { publicName: "Kim", role: "agent", capacity: 3, skills: [], active: true, password: "long enough 1" };

describe.each(ENGINES)("agents on %s", (engine) => {
  let store: Awaited<ReturnType<typeof openConfigurationStore>>;
  beforeAll(async () => {
    store = await openConfigurationStore(engine);
  });
  afterAll(() => store.close());

  test("[CF29] the last admin stays an admin; e-mail addresses differ in more than case", async () => {
    const email = "kim@x.example";
    const admin = await store.call("createAgent", { body: { ...AGENT, name: "Kim", email, role: "admin" } });
    expect(store.passwords.get(admin.id)).toBe(AGENT.password);
    expect(JSON.stringify([admin, await store.call("listAudit")])).not.toContain(AGENT.password);
    const { id, revision, ...settings } = admin;
    const save = (change: object, at = revision) =>
      store.call("saveAgent", { params: { id }, body: { settings: { ...settings, ...change }, revision: at } });
    await expectRefused(save({ role: "supervisor" }), "setting-refused", { reason: "last-admin", field: "/role" });
    await expectRefused(save({ active: false }), "setting-refused", { reason: "last-admin", field: "/active" });
    const shouted = { ...AGENT, name: "Other", email: email.toUpperCase() };
    await expectRefused(store.call("createAgent", { body: shouted }), "already-exists", { field: "/email" });
    await store.call("createAgent", { body: { ...AGENT, name: "Lee", email: "lee@x.example", role: "admin" } });
    expect(await save({ role: "agent", active: false })).toMatchObject({ role: "agent", active: false, revision: 2 });
    expect(store.handlers.deleteAgent).toBeUndefined();
  });
});
