import { openFlows } from "@clew/server/testing/open-flows";
import { waitingFlow } from "./definitions.ts";
import { withPostgres } from "./postgres.ts";

const AT_ONCE = 200;

/** How many events a second reach runs that wait for them: each takes its run on and ends it, stored before it counts. */
export async function measureEvents(engine: "sqlite" | "postgres", runs: number): Promise<void> {
  await withPostgres(engine, async () => {
    const on = await openFlows(engine);
    const flow = waitingFlow("none");
    await on.publish(flow);

    async function each(work: (number: number) => Promise<unknown>): Promise<{ seconds: number; processor: number }> {
      const from = performance.now();
      const before = process.cpuUsage();
      let next = 0;
      const worker = async () => {
        for (let number = next++; number < runs; number = next++) await work(number);
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
      await on.idle();
      const { user, system } = process.cpuUsage(before);
      return { seconds: (performance.now() - from) / 1_000, processor: (user + system) / runs };
    }
    function report(what: string, { seconds, processor }: { seconds: number; processor: number }): void {
      const rate = Math.round(runs / seconds).toLocaleString("en");
      console.log(
        `${engine}, ${what.padEnd(34)} ${rate.padStart(8)} a second, ${Math.round(processor)} µs of processor each`,
      );
    }

    const start = (number: number) => on.begin(on.ids.next(), flow.key, { inputs: { order: `o${number}` } });
    const hear = (number: number) => on.hear({ id: `event-${number}`, type: "bench.paid", key: `o${number}` });

    report("runs started, up to their wait", await each(start));
    report("events delivered to waiting runs", await each(hear));
    const [left] = await on.database.raw.all<{ count: number }>("SELECT COUNT(*) AS count FROM flow_waits");
    if (Number(left?.count) > 0) throw new Error(`${left?.count} runs still wait`);
    await on.close();
  });
}
