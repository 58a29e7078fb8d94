import type { Flow } from "@clew/contract/flows/definition";
import type { Hours } from "@clew/contract/hours";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENGINES } from "../testing/configuration.ts";
import { openFlows } from "../testing/open-flows.ts";

const HOUR = 3_600_000;
/** Two hours of open time, of hours that the flow does not name. */
const WAITS = {
  $schema: "flow/1",
  key: "test.open",
  kind: "background",
  start: "wait",
  nodes: {
    wait: { type: "wait", any: [{ businessHours: "PT2H", next: "done" }] },
    done: { type: "end" },
  },
} as unknown as Flow;

describe.each(ENGINES)("business hours on %s", (engine) => {
  let on: Awaited<ReturnType<typeof openFlows>>;
  beforeAll(async () => {
    on = await openFlows(engine);
    await on.publish(WAITS);
    // The first of the organisation, which are not those of the channel.
    await on.call("createHours", { body: hours("A first", 0, 24) });
  });
  afterAll(() => on.close());

  function hours(name: string, from: number, to: number, exceptions: object[] = []) {
    const week = Array.from({ length: 7 }, () => [{ from: from * 60, to: to * 60 }]);
    return { name, timeZone: "UTC", week, exceptions };
  }
  const status = async (id: string) => (await on.run(id)).run.status;
  const save = ({ id, revision }: Hours, settings: object) =>
    on.call("saveHours", { params: { id }, body: { settings, revision } }) as Promise<Hours>;
  async function sweptAt(moment: string): Promise<void> {
    on.time.now = Date.parse(moment);
    await on.sweep();
  }

  test("[AW11] hours that are not named are the channel's; when they change, the wait is counted anew both ways", async () => {
    on.time.now = Date.parse("2027-03-01T08:00:00Z");
    const made: Hours = await on.call("createHours", { body: hours("Desk", 9, 17) });
    const [longer, shorter, first] = [
      await on.start("test.open", {}, { hours: made.id }),
      await on.start("test.open", {}, { hours: made.id }),
      await on.start("test.open"),
    ];
    await sweptAt("2027-03-01T10:00:00Z");
    expect([await status(longer), await status(first)]).toEqual(["waiting", "completed"]);

    // Closed on that day after all: not 11 o'clock, but 11 o'clock of the next day.
    const closed = await save(made, hours("Desk", 9, 17, [{ date: "2027-03-01", name: "Moving", spans: [] }]));
    await on.idle();
    await sweptAt("2027-03-01T23:00:00Z");
    expect(await status(longer)).toBe("waiting");
    await sweptAt("2027-03-02T10:59:59Z");
    expect(await status(shorter)).toBe("waiting");

    // Open from six on: the two hours are over already, and the next look finds it.
    await save(closed, hours("Desk", 6, 17, [{ date: "2027-03-01", name: "Moving", spans: [] }]));
    await on.idle();
    expect(
      Number(
        (await on.database.raw.all<{ due_at: number }>("SELECT due_at FROM flow_runs WHERE id = ?", [longer]))[0]
          ?.due_at,
      ),
    ).toBe(Date.parse("2027-03-02T08:00:00Z"));
    await on.sweep();
    expect([await status(longer), await status(shorter)]).toEqual(["completed", "completed"]);
  });

  test("[AW11] hours that are gone leave the time that was counted by them", async () => {
    on.time.now = Date.parse("2027-04-01T08:00:00Z");
    const { id } = (await on.call("createHours", { body: hours("Gone", 9, 17) })) as Hours;
    const run = await on.start("test.open", {}, { hours: id });
    await on.call("deleteHours", { params: { id } });
    await on.idle();
    on.time.now += 3 * HOUR - 1;
    await on.sweep();
    expect(await status(run)).toBe("waiting");
    on.time.now += 1;
    await on.sweep();
    expect(await status(run)).toBe("completed");
  });
});
