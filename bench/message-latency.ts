import { parseArgs } from "node:util";
import type { Run, RunResult } from "./load/messages.ts";
import { type Server, startClew, startFloor, startLoad } from "./processes.ts";
import { medianOf, type Row, spreadText, table } from "./report/table.ts";

/**
 * Time from a customer's send to the other side's screen, and the most messages a second, stored and seen, beside a bare
 * WebSocket + batch-commit loop that runs alternately with the product. Ends with code 1 when a message was refused,
 * lost, doubled or reordered, or when the rows of the log are not those that were sent.
 */
const HELP = `npm run bench -- message-latency [options]

  --seconds 5            measured time of each load
  --rates 100,400,800    messages a second; after them comes the ceiling
  --in-flight 1000       unanswered messages at the ceiling
  --repeat 3             rounds; the table shows medians
  --conversations 200
  --engine sqlite        or postgres
  --inbox                agents have their inboxes open too
  --no-floor             the product alone
  --profile <folder>     write a CPU profile of the server`;

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "5" },
    rates: { type: "string", default: "100,400,800" },
    "in-flight": { type: "string", default: "1000" },
    repeat: { type: "string", default: "3" },
    conversations: { type: "string", default: "200" },
    engine: { type: "string", default: "sqlite" },
    inbox: { type: "boolean", default: false },
    "no-floor": { type: "boolean", default: false },
    profile: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

type Side = { who: Row["who"]; server: Server; load?: Awaited<ReturnType<typeof startLoad>> };
/** `cpu`: processor time of the server in milliseconds. */
type Outcome = { result: RunResult; rowsWritten: number; cpu: number | null };

process.exitCode = values.help ? help() : await main();

function help(): number {
  console.log(HELP);
  return 0;
}

async function main(): Promise<number> {
  const loads = [...values.rates.split(",").filter(Boolean).map(Number), null];
  const sides: Side[] = [];
  try {
    await open(sides);
    const outcomes = new Map<string, Outcome[]>();
    // The ceiling comes last: what it writes, the system brings to the disk for a while after it, which is none of the
    // latency of the load that is measured next.
    for (const measured of [loads.filter((rate) => rate !== null), [null]]) {
      for (let round = 1; round <= Number(values.repeat); round += 1) {
        for (const rate of measured) {
          for (const side of sides) {
            const key = `${loadName(rate)} ${side.who}`;
            const outcome = await measure(side, rate);
            console.log(
              `round ${round}: ${loadName(rate)}, ${side.who}: send → seen ${spreadText(outcome.result.toSeen)}`,
            );
            outcomes.set(key, [...(outcomes.get(key) ?? []), outcome]);
          }
        }
      }
    }
    const rows = loads.flatMap((rate) => sides.map((side) => row(loadName(rate), side.who, outcomes)));
    console.log(`\n${table(rows)}\n`);
    return verdict(rows);
  } finally {
    for (const { load, server } of sides) {
      await load?.close();
      await server.stop();
    }
  }
}

/** Fills `sides` one by one, so that what has started can be stopped when the next does not start. */
async function open(sides: Side[]): Promise<void> {
  const { engine, inbox, profile = null } = values;
  if (engine !== "sqlite" && engine !== "postgres") throw new Error(`there is no engine ${engine}`);
  const conversations = Number(values.conversations);
  if (!values["no-floor"]) sides.push({ who: "floor", server: await startFloor(engine) });
  sides.push({ who: "Clew", server: await startClew({ engine, profile }) });
  for (const side of sides) {
    const { url } = side.server;
    side.load = await startLoad(
      side.who === "floor" ? { kind: "floor", url, conversations } : { kind: "clew", url, conversations, inbox },
    );
  }
}

async function measure({ server, load }: Side, rate: number | null): Promise<Outcome> {
  if (!load) throw new Error("no load without a generator");
  const before = await server.rows();
  const cpuBefore = server.cpu() ?? Number.NaN;
  const run: Run = {
    rate,
    inFlight: Number(values["in-flight"]),
    warmUp: 1000,
    measure: Number(values.seconds) * 1000,
  };
  const result = await load.run(run);
  const cpu = (server.cpu() ?? Number.NaN) - cpuBefore;
  return { result, cpu: Number.isNaN(cpu) ? null : cpu, rowsWritten: (await server.rows()) - before };
}

function row(load: string, who: Row["who"], outcomes: Map<string, Outcome[]>): Row {
  const own = outcomes.get(`${load} ${who}`) ?? [];
  const result = medianOf(own.map((each) => each.result));
  const cpu = own.reduce((sum, each) => sum + (each.cpu ?? Number.NaN), 0);
  return {
    load,
    who,
    result,
    cpuPerMessage: Number.isNaN(cpu) ? null : (cpu * 1000) / result.posted,
    rowsWritten: own.reduce((sum, { rowsWritten }) => sum + rowsWritten, 0),
  };
}

function loadName(rate: number | null): string {
  return rate === null ? `ceiling (${values["in-flight"]} in flight)` : `${rate}/s`;
}

/** 1 when something happened that may not happen: in what receivers saw, or in the rows of the log. */
function verdict(rows: readonly Row[]): number {
  const wrong = rows.flatMap(({ load, who, rowsWritten, result }) => {
    const { posted, refused, lost, doubled, reordered } = result;
    const missing = Math.max(0, posted - refused - rowsWritten);
    return refused + lost + doubled + reordered + missing === 0
      ? []
      : `${who} at ${load}: ${refused} refused, ${lost} lost, ${doubled} doubled, ${reordered} reordered, ${missing} not in the log`;
  });
  for (const line of wrong) console.error(line);
  return wrong.length > 0 ? 1 : 0;
}
