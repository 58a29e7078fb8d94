import { setTimeout as after } from "node:timers/promises";
import { LIMITS } from "@clew/contract/flows/words";
import { flowAdmin } from "@clew/server/testing/flows";
import { newId } from "@clew/server/testing/test-app";
import type { Run, RunResult } from "../load/messages.ts";
import { startClew, startLoad } from "../processes.ts";
import { columns } from "../report/columns.ts";
import { medianOf, spreadText } from "../report/table.ts";
import { LOOP } from "./definitions.ts";

type Load = { loops: number; seconds: number; rounds: number };

/** Conversations beside the flows, and what is said in all of them together, a second. */
const CONVERSATIONS = 50;
const MESSAGES_A_SECOND = 100;
const WARM_UP = 1_000;

/**
 * What conversations feel of decisions that lead back to themselves: messages of others are timed without such runs and
 * with so many of them started a second. Returns how many things went wrong: messages, and runs that did not end by their
 * path for faults after as many visits as are allowed.
 */
export async function measureLoops(engine: "sqlite" | "postgres", { loops, seconds, rounds }: Load): Promise<number> {
  const server = await startClew({ engine, profile: null });
  try {
    const load = await startLoad({ kind: "clew", url: server.url, conversations: CONVERSATIONS, inbox: false });
    const admin = await flowAdmin(server.url);
    await admin.publish(LOOP);
    const run: Run = { rate: MESSAGES_A_SECOND, inFlight: 0, warmUp: WARM_UP, measure: seconds * 1_000 };
    const [alone, beside]: [RunResult[], RunResult[]] = [[], []];
    const processor = { alone: 0, beside: 0 };
    const started: string[] = [];

    async function withLoops(): Promise<RunResult> {
      let measuring = true;
      const messages = load.run(run).finally(() => {
        measuring = false;
      });
      const begin = performance.now();
      for (let count = 0; measuring; count += 1) {
        const id = newId();
        await admin.post(`/flows/${LOOP.key}/runs`, { id });
        started.push(id);
        await after(Math.max(0, begin + ((count + 1) * 1_000) / loops - performance.now()));
      }
      return messages;
    }

    /** One measurement, and what it took of the server's processor, in milliseconds. */
    async function timed(of: keyof typeof processor, measure: () => Promise<RunResult>): Promise<RunResult> {
      const before = server.cpu() ?? Number.NaN;
      const result = await measure();
      processor[of] += (server.cpu() ?? Number.NaN) - before;
      return result;
    }

    for (let round = 1; round <= rounds; round += 1) {
      alone.push(await timed("alone", () => load.run(run)));
      beside.push(await timed("beside", withLoops));
      console.log(`round ${round}: ${times(alone.at(-1) as RunResult)} alone, ${times(beside.at(-1) as RunResult)}`);
    }
    await load.close();
    let unlike = 0;
    for (const id of started) {
      const { run: ended, trace } = await admin.run(id);
      const visits = trace.filter(({ node }) => node === LOOP.start).length;
      if (ended.status !== "failed" || ended.node !== "sorry" || visits !== LIMITS.visits + 1) unlike += 1;
    }
    const line = (what: string, results: RunResult[]) => {
      const { posted, toAnswer, toSeen } = medianOf(results);
      return [what, String(posted), spreadText(toAnswer), spreadText(toSeen)];
    };
    const head = ["others' messages", "how many", "send → answer p50/p95/p99", "send → seen p50/p95/p99"];
    const lines = [line("alone", alone), line(`beside ${loops} loops a second`, beside)];
    console.log(
      `\n${engine}, medians of ${rounds} rounds; ${started.length} loops, ${unlike} did not end as they should\n`,
    );
    const each = (processor.beside - processor.alone) / started.length;
    console.log(
      `${columns(head, lines)}\n\nof the server's processor, a loop and its request: ${each.toFixed(1)} ms\n`,
    );
    const wrong = [...alone, ...beside].reduce((sum, one) => sum + one.lost + one.refused + one.doubled, 0);
    return wrong + unlike;
  } finally {
    await server.stop();
  }
}

const times = ({ toAnswer }: RunResult) => `send → answer ${spreadText(toAnswer)}`;
