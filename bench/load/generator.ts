import { randomBytes } from "node:crypto";
import { setTimeout as after } from "node:timers/promises";
import { uuidv7 } from "@clew/contract/uuid";
import { connectClew } from "./clew.ts";
import { connectFloor } from "./floor.ts";
import { Ledger } from "./ledger.ts";
import type { Connected, Heard, Order, Reply, Run, RunResult, Target } from "./messages.ts";

/** How long messages may be on their way after the last was sent, before they count as lost, in milliseconds. */
const DRAIN = 10_000;
const TEXT = "Where is my order, please? ".repeat(8).slice(0, 200);

/**
 * The load generator, a process of its own: plays all customers and all readers of one target. Its parent orders it to
 * open the connections, then to run, once for each load.
 */
let connected: Connected | null = null;
let heard: Heard = { answered: () => {}, seen: () => {} };

process.on("message", (order: Order) => {
  follow(order).then(
    (reply) => process.send?.(reply ?? { done: "open" }),
    (error: unknown) =>
      process.send?.({ failed: error instanceof Error ? (error.stack ?? error.message) : `${error}` }),
  );
});
process.on("disconnect", () => process.exit(0));

async function follow(order: Order): Promise<Reply | null> {
  switch (order.do) {
    case "open":
      connected = await open(order.target);
      return { done: "open" };
    case "run":
      return { done: "run", result: await run(order.run) };
    case "close":
      connected?.close();
      process.disconnect();
      return null;
  }
}

function open(target: Target): Promise<Connected> {
  const passOn: Heard = {
    answered: (id, ok) => heard.answered(id, ok),
    seen: (line, number, id) => heard.seen(line, number, id),
  };
  return target.kind === "floor" ? connectFloor(target, passOn) : connectClew(target, passOn);
}

async function run({ rate, inFlight, warmUp, measure }: Run): Promise<RunResult> {
  const lines = connected?.lines ?? [];
  const ledger = new Ledger(lines.length);
  let next = 0;
  const postOne = () => {
    const line = next++ % lines.length;
    const id = newId();
    ledger.sent(id, line);
    lines[line]?.post(id, TEXT);
  };

  const begin = performance.now();
  const until = begin + warmUp + measure;
  ledger.measure(begin + warmUp, until);
  heard = {
    answered(id, ok) {
      ledger.answered(id, ok);
      if (rate === null && performance.now() < until) postOne();
    },
    seen: (line, number, id) => ledger.seen(line, number, id),
  };
  if (rate === null) {
    for (let count = 0; count < inFlight; count += 1) postOne();
    await after(warmUp + measure);
  } else {
    await atRate(rate, { begin, until }, postOne);
  }
  const deadline = performance.now() + DRAIN;
  while (ledger.open > 0 && performance.now() < deadline) await after(20);
  // A message that came twice would come a moment later.
  await after(100);
  heard = { answered: () => {}, seen: () => {} };
  return ledger.result();
}

/** Sends on time whether or not answers come, so that a slow server cannot slow down those who measure it. */
async function atRate(rate: number, { begin, until }: { begin: number; until: number }, postOne: () => void) {
  let posted = 0;
  for (let now = begin; now < until; now = performance.now()) {
    const due = Math.floor(((now - begin) * rate) / 1000);
    for (; posted < due; posted += 1) postOne();
    await after(1);
  }
}

let random = randomBytes(10 * 1024);
let used = 0;

function newId(): string {
  if (used === random.length) {
    random = randomBytes(random.length);
    used = 0;
  }
  used += 10;
  return uuidv7(Date.now(), random.subarray(used - 10, used));
}
