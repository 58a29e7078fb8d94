import { parseArgs } from "node:util";
import { Crowd, clewPlace, floorPlace, type Place } from "./crowd.ts";
import { MISSED } from "./load/crowd-messages.ts";
import { columns } from "./report/columns.ts";
import { cpuOf } from "./report/cpu.ts";

/**
 * Everybody comes back at once: the server is killed and started again; all clients reconnect within a random part of
 * the jitter, show their token and resume by a cursor that is MISSED messages behind. Beside a bare WebSocket server
 * that checks a token and reads the missed rows. Ends with code 1 when somebody was not live in time or saw a gap.
 */
const HELP = `npm run bench -- resume-storm [options]

  --clients 2000,10000
  --jitter 2000         milliseconds
  --waiting 0.05        share of the product's sessions that wait for an agent; the others have ended
  --repeat 1            times that each server is killed
  --engine sqlite       or postgres
  --no-floor            the product alone
  --profile <folder>    write a CPU profile of each life of the product`;

/** Who is not back by then is counted as lost, in milliseconds. */
const PATIENCE = 60_000;

const { values } = parseArgs({
  options: {
    clients: { type: "string", default: "2000,10000" },
    jitter: { type: "string", default: "2000" },
    waiting: { type: "string", default: "0.05" },
    repeat: { type: "string", default: "1" },
    engine: { type: "string", default: "sqlite" },
    "no-floor": { type: "boolean", default: false },
    profile: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

/** Times in milliseconds: how long the start took, then from when the server listened; processor time since its start. */
type Storm = {
  clients: number;
  who: string;
  start: number;
  half: number;
  all: number;
  cpu: number;
  lost: number;
  gaps: number;
};

process.exitCode = values.help ? help() : await main();

function help(): number {
  console.log(HELP);
  return 0;
}

async function main(): Promise<number> {
  const storms: Storm[] = [];
  for (const clients of values.clients.split(",").map(Number)) {
    if (!values["no-floor"]) storms.push(...(await measure(await floorPlace(clients), clients)));
    const options = values.profile ? ["--cpu-prof", `--cpu-prof-dir=${values.profile}`] : [];
    storms.push(...(await measure(await clewPlace(values.engine, options), clients)));
  }
  console.log(`\n${table(storms)}\n`);
  return storms.some(({ lost, gaps }) => lost + gaps > 0) ? 1 : 0;
}

async function measure({ who, server, remove }: Place, clients: number): Promise<Storm[]> {
  const crowd = new Crowd();
  const storms: Storm[] = [];
  try {
    await server.start();
    console.log(`${clients} clients gather, ${who}`);
    await crowd.gather({
      kind: who === "Clew" ? "clew" : "floor",
      url: server.url,
      people: clients,
      waiting: Number(values.waiting),
    });
    for (let time = 1; time <= Number(values.repeat); time += 1) {
      console.log(`${clients} clients, ${who}: killed for the ${time}. time`);
      const coming = crowd.comeBack({ jitter: Number(values.jitter), behind: MISSED, patience: PATIENCE });
      await server.kill();
      const killed = now();
      await server.start();
      const listened = now();
      const { liveAt, gaps } = await coming;
      const sorted = liveAt.sort((a, b) => a - b).map((at) => at - listened);
      storms.push({
        clients,
        who,
        start: listened - killed,
        half: sorted[Math.ceil(clients / 2) - 1] ?? Number.NaN,
        all: sorted[clients - 1] ?? Number.NaN,
        cpu: cpuOf(server.pid) ?? Number.NaN,
        lost: clients - liveAt.length,
        gaps,
      });
    }
    return storms;
  } finally {
    await crowd.disband();
    await server.stop();
    await remove();
  }
}

function now(): number {
  return performance.timeOrigin + performance.now();
}

function table(storms: readonly Storm[]): string {
  const seconds = (time: number) => `${(time / 1000).toFixed(1)} s`;
  return columns(
    [
      "clients",
      "who",
      "start",
      "half live after",
      "all live after",
      "CPU of the server, start included",
      "lost",
      "gaps",
    ],
    storms.map(({ clients, who, start, half, all, cpu, lost, gaps }) => [
      String(clients),
      who,
      seconds(start),
      seconds(half),
      seconds(all),
      seconds(cpu),
      String(lost),
      String(gaps),
    ]),
  );
}
