import type { Flow } from "@clew/contract/flows/definition";
import { openFlows } from "@clew/server/testing/open-flows";

/** How many events a second reach runs that wait for them: each takes its run on and ends it, stored before it counts. */
const RUNS = Number(process.argv[2] ?? 5_000);
const AT_ONCE = 200;
const FLOW = {
  $schema: "flow/1",
  key: "bench.waits",
  kind: "background",
  inputs: { order: { type: "text", required: true } },
  start: "wait",
  nodes: {
    wait: {
      type: "wait",
      any: [
        { event: "bench.paid", key: "{{order}}", next: "done" },
        { after: "P1D", next: "done" },
      ],
    },
    done: { type: "end" },
  },
} as unknown as Flow;

const on = await openFlows("sqlite");
await on.publish(FLOW);

async function each(work: (number: number) => Promise<unknown>): Promise<{ seconds: number; processor: number }> {
  const from = performance.now();
  const before = process.cpuUsage();
  let next = 0;
  const worker = async () => {
    for (let number = next++; number < RUNS; number = next++) await work(number);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  await on.idle();
  const { user, system } = process.cpuUsage(before);
  return { seconds: (performance.now() - from) / 1_000, processor: (user + system) / RUNS };
}

function report(what: string, { seconds, processor }: { seconds: number; processor: number }): void {
  const rate = Math.round(RUNS / seconds).toLocaleString("en");
  console.log(`${what.padEnd(34)} ${rate.padStart(8)} a second, ${Math.round(processor)} µs of processor each`);
}

const about = { version: 1, alias: "live", conversationId: null, sessionId: null, recordId: null, starterId: null };
const start = (number: number) =>
  on.flows.start({
    ...about,
    id: on.ids.next(),
    key: FLOW.key,
    inputs: { order: `o${number}` },
    locale: "en",
    zone: "UTC",
  });
const event = { type: "bench.paid", data: {}, conversationId: null, sessionId: null, channel: null, inputs: {} };
const hear = (number: number) => on.flows.hear({ ...event, id: `event-${number}`, key: `o${number}`, at: on.time.now });

report("runs started, up to their wait", await each(start));
report("events delivered to waiting runs", await each(hear));
const [left] = await on.database.raw.all<{ count: number }>("SELECT COUNT(*) AS count FROM flow_waits");
if (Number(left?.count) > 0) throw new Error(`${left?.count} runs still wait`);
await on.close();
