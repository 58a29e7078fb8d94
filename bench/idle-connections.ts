import { parseArgs } from "node:util";
import { Crowd, clewPlace, floorPlace, type Place } from "./crowd.ts";
import { columns } from "./report/columns.ts";
import { liveMemory, residentMemory } from "./report/memory.ts";

/**
 * What a connection costs that does nothing: greeted, with one subscription, live. A fresh start of the server is
 * measured before anybody comes and when all are there, each time after its garbage has been collected; beside a bare
 * WebSocket server in the same run. Ends with code 1 when not everybody was live.
 */
const HELP = `npm run bench -- idle-connections [options]

  --clients 2000,10000
  --engine sqlite       or postgres
  --no-floor            the product alone`;

/** Everybody comes within this time, in milliseconds. */
const ARRIVAL = 4_000;
const PATIENCE = 60_000;

const { values } = parseArgs({
  options: {
    clients: { type: "string", default: "2000,10000" },
    engine: { type: "string", default: "sqlite" },
    "no-floor": { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

/** In bytes a connection: what the system gave the process, with garbage and without, and what of it is JavaScript. */
type Cost = { clients: number; who: string; resident: number; collected: number; heap: number; lost: number };

process.exitCode = values.help ? help() : await main();

function help(): number {
  console.log(HELP);
  return 0;
}

async function main(): Promise<number> {
  const costs: Cost[] = [];
  for (const clients of values.clients.split(",").map(Number)) {
    const inspected = ["--inspect=127.0.0.1:0"];
    if (!values["no-floor"]) costs.push(await measure(await floorPlace(clients, inspected), clients));
    costs.push(await measure(await clewPlace(values.engine, inspected), clients));
  }
  console.log(`\n${table(costs)}\n`);
  return costs.some(({ lost }) => lost > 0) ? 1 : 0;
}

async function measure({ who, server, remove }: Place, clients: number): Promise<Cost> {
  const crowd = new Crowd();
  try {
    await server.start();
    console.log(`${clients} clients gather, ${who}`);
    await crowd.gather({ kind: who === "Clew" ? "clew" : "floor", url: server.url, people: clients, waiting: 0 });
    await server.kill();
    await server.start();
    const before = await liveMemory(server);
    const { liveAt } = await crowd.comeBack({ jitter: ARRIVAL, behind: 0, patience: PATIENCE });
    const resident = residentMemory(server);
    const after = await liveMemory(server);
    return {
      clients,
      who,
      resident: (resident - before.resident) / clients,
      collected: (after.resident - before.resident) / clients,
      heap: (after.heap - before.heap) / clients,
      lost: clients - liveAt.length,
    };
  } finally {
    await crowd.disband();
    await server.stop();
    await remove();
  }
}

function table(costs: readonly Cost[]): string {
  const kilo = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
  const lines = costs.flatMap((cost, index) => {
    const { clients, who, resident, collected, heap } = cost;
    const own = [String(clients), who, kilo(resident), kilo(collected), kilo(heap)];
    const floor = who === "Clew" ? costs[index - 1] : undefined;
    if (!floor) return [own];
    const part = (of: "resident" | "collected" | "heap") => `× ${(cost[of] / floor[of]).toFixed(1)}`;
    return [own, ["", "ratio", part("resident"), part("collected"), part("heap")]];
  });
  return columns(["clients", "who", "resident a connection", "after collection", "of it JavaScript heap"], lines);
}
