import type { Flow } from "@clew/contract/flows/definition";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENGINES } from "../testing/configuration.ts";
import { openFlows } from "../testing/open-flows.ts";

type Concurrency = "queue" | "replace" | "reject" | "parallel";
/** Works until it is told to go on, or for a day. */
const works = (concurrency: Concurrency) =>
  ({
    $schema: "flow/1",
    key: `works.${concurrency}`,
    kind: "background",
    settings: { concurrency },
    inputs: { name: { type: "text", required: true } },
    start: "work",
    nodes: {
      work: {
        type: "wait",
        any: [
          { event: "go", key: "=name", next: "end" },
          { after: "P1D", next: "end" },
        ],
      },
      end: { type: "end" },
    },
  }) as unknown as Flow;

describe.each(ENGINES)("runs without a conversation, one after the other, on %s", (engine) => {
  let on: Awaited<ReturnType<typeof openFlows>>;
  beforeAll(async () => {
    on = await openFlows(engine);
    for (const concurrency of ["queue", "replace", "reject", "parallel"] as const) await on.publish(works(concurrency));
  });
  afterAll(() => on.close());

  /** A run by this name, about a record or about none; null when it is refused. */
  async function start(concurrency: Concurrency, name: string, recordId: string | null = null) {
    const id = on.ids.next();
    const { row } = await on.begin(id, `works.${concurrency}`, { recordId, inputs: { name } });
    await on.idle();
    return row && id;
  }
  const status = async (id: string | null) => (await on.run(id ?? "")).run.status;
  async function go(name: string) {
    await on.hear({ id: on.ids.next(), type: "go", key: name });
    await on.idle();
  }

  test.each([
    ["a case", "0190a000-0000-7000-8000-0000000000ca"],
    ["nothing but the flow", null],
  ])(
    "[GE2] about %s, a second run is refused, takes the first one's place, waits for it, or runs beside it",
    async (_what, about) => {
      const first = await start("reject", "r1", about);
      expect(await start("reject", "r2", about)).toBeNull();
      expect(await status(first)).toBe("waiting");
      // About something else it is no second run.
      expect(await start("reject", "r3", on.ids.next())).not.toBeNull();
      await go("r1");
      expect(await start("reject", "r4", about)).not.toBeNull();
      await go("r4");

      const [replaced, by] = [await start("replace", "p1", about), await start("replace", "p2", about)];
      expect([await status(replaced), await status(by)]).toEqual(["cancelled", "waiting"]);
      await go("p2");

      const [one, two, three] = [
        await start("queue", "q1", about),
        await start("queue", "q2", about),
        await start("queue", "q3", about),
      ];
      expect([await status(one), await status(two), await status(three)]).toEqual(["waiting", "running", "running"]);
      // Called off before its turn: nobody else's turn comes by that.
      await on.call("cancelRun", { params: { id: two ?? "" } });
      await on.idle();
      expect([await status(one), await status(three)]).toEqual(["waiting", "running"]);
      await go("q1");
      expect([await status(one), await status(two), await status(three)]).toEqual([
        "completed",
        "cancelled",
        "waiting",
      ]);
      await go("q3");
      expect(await status(three)).toBe("completed");

      const beside = [await start("parallel", "b1", about), await start("parallel", "b2", about)];
      expect([await status(beside[0] ?? null), await status(beside[1] ?? null)]).toEqual(["waiting", "waiting"]);
      await go("b1");
      await go("b2");
    },
  );
});
