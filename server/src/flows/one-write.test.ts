import type { Flow } from "@clew/contract/flows/definition";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENGINES } from "../testing/configuration.ts";
import { everythingIn } from "../testing/everything-in.ts";
import { openFlows } from "../testing/open-flows.ts";

/** Tells of itself three times, waits for two events one after the other. */
const TWO = {
  ...{ $schema: "flow/1", key: "test.two", kind: "background", start: "one" },
  inputs: { order: { type: "text", required: true } },
  nodes: {
    one: { type: "event.emit", event: "test.told", key: "{{order}}", next: "two" },
    two: { type: "event.emit", event: "test.told", key: "{{order}}", next: "three" },
    three: { type: "event.emit", event: "test.told", key: "{{order}}", next: "first" },
    first: {
      type: "wait",
      any: [
        { event: "test.paid", key: "{{order}}", next: "second" },
        { after: "P1D", next: "late" },
      ],
    },
    second: {
      type: "wait",
      any: [
        { event: "test.sent", key: "{{order}}", next: "done" },
        { after: "P1D", next: "late" },
      ],
    },
    done: { type: "end" },
    late: { type: "end", outcome: "failed" },
  },
} as unknown as Flow;

describe.each(ENGINES)("one write a transaction, on %s", (engine) => {
  let on: Awaited<ReturnType<typeof openFlows>>;
  beforeAll(async () => {
    on = await openFlows(engine);
    await on.publish(TWO);
  });
  afterAll(() => on.close());

  const start = (id: string, order: string, key = "test.two") => on.begin(id, key, { inputs: { order } });
  const hear = (id: string, type: string, key: string) => on.hear({ id, type, key });
  const waits = (runId: string) =>
    on.database.raw.all<{ event_type: string }>("SELECT event_type FROM flow_waits WHERE run_id = ?", [runId]);

  test("[FD19] what jobs of one commit do to a run is seen by the next of them, and stands in the store at its end", async () => {
    const [one, other, third] = [on.ids.next(), on.ids.next(), on.ids.next()];
    // None of them waits for another: they come into the same commit.
    const told = await Promise.all([
      start(one, "a"),
      hear("paid-a", "test.paid", "a"),
      hear("sent-a", "test.sent", "a"),
      start(other, "b"),
      start(third, "b"),
      hear("paid-b", "test.paid", "b"),
    ]);
    expect(told.map(({ taken }) => taken)).toEqual([true, true, true, true, true, true]);
    await on.idle();
    expect(await on.path(one)).toEqual(["one", "two", "three", "first", "second", "done"]);
    expect(await waits(one)).toEqual([]);
    expect(await waits(other)).toEqual([{ event_type: "test.sent" }]);
    expect(await waits(third)).toEqual([{ event_type: "test.paid" }]);
    const replayed = await on.call("replayFlow", { params: { key: "test.two" }, body: { last: 3, definition: TWO } });
    expect(replayed).toMatchObject({ played: 3, differing: 0 });
  });

  test("[FD21] what a run waits for is not to be read in the store, and is found all the same, also where it was once written plainly", async () => {
    const { first, second, done, late } = TWO.nodes;
    const inputs = { order: { type: "text", required: true, privacy: "private" } };
    const nodes = { first, second, done, late };
    await on.publish({ ...TWO, key: "test.private", start: "first", inputs, nodes } as unknown as Flow);
    const [one, other] = [on.ids.next(), on.ids.next()];
    await Promise.all([start(one, "told in private", "test.private"), start(other, "told before", "test.private")]);
    expect((await everythingIn(on.database)).includes("told in private")).toBe(false);
    await on.database.raw.run("UPDATE flow_waits SET event_key = 'told before' WHERE run_id = ?", [other]);
    expect(await hear("paid-private", "test.paid", "told in private")).toMatchObject({ taken: true });
    expect(await hear("paid-before", "test.paid", "told before")).toMatchObject({ taken: true });
    expect(await hear("sent-private", "test.sent", "told in private")).toMatchObject({ taken: true });
    const { blocked } = await on.run(other);
    expect(blocked).toMatchObject({ waits: [{ event: { key: "told before" } }, { event: null }] });
  });

  if (engine === "sqlite")
    test("[FD19] a run is written once, however many steps it takes in a transaction", async () => {
      const { raw } = on.database;
      await raw.run("CREATE TABLE written (what TEXT)");
      await raw.run(
        "CREATE TRIGGER counted AFTER UPDATE ON flow_runs BEGIN INSERT INTO written VALUES (OLD.id || ' ' || NEW.rev); END",
      );
      const id = on.ids.next();
      await start(id, "c");
      await on.idle();
      expect((await on.run(id)).run).toMatchObject({ status: "waiting", node: "first", steps: 4 });
      expect(await raw.all("SELECT what FROM written")).toEqual([{ what: `${id} 4` }]);
      await hear("paid-c", "test.paid", "c");
      await hear("sent-c", "test.sent", "c");
      await on.idle();
      expect(await raw.all("SELECT what FROM written")).toHaveLength(3);
    });
});
