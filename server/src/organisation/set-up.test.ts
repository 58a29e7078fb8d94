import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seedDemo } from "../demo/seed.ts";
import { ENGINES, expectRefused, openConfigurationStore } from "../testing/configuration.ts";
import { setUpOrganisation } from "./set-up.ts";

describe.each(ENGINES)("set-up on %s", (engine) => {
  let store: Awaited<ReturnType<typeof openConfigurationStore>>;
  beforeAll(async () => {
    store = await openConfigurationStore(engine);
  });
  afterAll(() => store.close());

  const setUp = async (name: string) => {
    const writePassword = await store.preparePassword(`password of ${name}`);
    const email = `${name}@shop.example`;
    return setUpOrganisation(store.context, { organisation: "The Shop", name: `${name} Doe`, email, writePassword });
  };

  test("[CF32] before it there is no organisation", async () => {
    await expectRefused(store.call("readOrganisation"), "not-found");
    await expectRefused(store.call("saveOrganisation", { body: {} }), "not-found");
    expect(store.context.cache.current().organisation.name).toBe("");
  });

  test("[CF32] of many who set up at once one does, and gets all that a console needs", async () => {
    const outcomes = await Promise.allSettled(["Ada", "Bob", "Cy"].map(setUp));
    const made = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
    expect(made).toHaveLength(1);
    const [admin] = made;
    expect(admin).toMatchObject({ role: "admin", active: true, publicName: admin?.name.split(" ")[0], revision: 1 });
    expect([...store.passwords.keys()]).toEqual([admin?.id]);

    const configuration = store.context.cache.current();
    expect(configuration.organisation.name).toBe("The Shop");
    expect([...configuration.queues.values()].map((queue) => queue.members)).toEqual([[admin?.id]]);
    const { items } = await store.call("listChannels");
    expect(items).toMatchObject([{ live: null, draft: { look: { title: { en: "The Shop" } } } }]);
    // The draft can be published as it is.
    const body = { revision: 1, note: "" };
    expect(await store.call("publishChannel", { params: { id: items[0].id }, body })).toMatchObject({ number: 1 });
  });

  test("[CF32] a second time is refused, and the demo does not move in", async () => {
    await expectRefused(setUp("Dee"), "setup-done");
    expect(await seedDemo(store.context, store.preparePassword)).toBe(false);
    expect((await store.call("listAgents")).items).toHaveLength(1);
  });

  test("[CF9] changing the organisation's settings is recorded with the difference", async () => {
    const settings = await store.call("readOrganisation");
    const body = { ...settings, name: "The Better Shop" };
    expect(await store.call("saveOrganisation", { body })).toEqual(body);
    const [entry] = (await store.call("listAudit")).items;
    const changes = [{ path: "/name", before: "The Shop", after: "The Better Shop" }];
    expect(entry).toMatchObject({ noun: "organisation", action: "save", change: { changes } });
    expect(store.context.cache.current().organisation.name).toBe("The Better Shop");
  });
});
