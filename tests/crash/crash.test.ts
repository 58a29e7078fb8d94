import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { freePort, startPostgresCluster } from "../support/postgres-cluster.ts";
import { realDisk } from "../support/real-disk.ts";
import { ServerProcess } from "../support/server-process.ts";
import { Customer } from "./customer.ts";
import { Desk } from "./desk.ts";
import { faultsOf } from "./judge.ts";
import { type Log, readPostgresLog, readSqliteLog } from "./log.ts";

const CONVERSATIONS = 100;
const KILLS = 20;
/** Messages a second that the customers together write, server or no server. */
const OFFERED = 2_000;
/** A life of the server, from when it listens, in milliseconds: some end amid the return of everybody. */
const SHORTEST_LIFE = 100;
const LONGEST_LIFE = 1_300;
/** With more unanswered than this a life is longer, by `CATCH_UP` milliseconds at most, so that everybody can write on. */
const MOST_UNANSWERED = 4_000;
const CATCH_UP = 6_000;
/** At the end everything must be answered and seen within this time, in milliseconds. */
const DRAIN = 30_000;
const PATIENCE = 300_000;

test.each(["sqlite", "postgres"] as const)(
  "[CR1] [CR2] [CR3] [CR4] killed again and again under load (%s): acknowledged messages are there once, in order, and seen so",
  { timeout: PATIENCE },
  async (engine) => {
    const store = engine === "sqlite" ? await sqliteStore() : await postgresStore();
    const server = ServerProcess.clew({ port: await freePort(), ...store });
    onTestFinished(() => server.kill());
    await server.start();
    const customers = await Promise.all(Array.from({ length: CONVERSATIONS }, () => Customer.begin(server.url)));
    const desk = await Desk.open(
      server.url,
      customers.map(({ conversationId }) => conversationId),
    );
    onTestFinished(() => {
      for (const one of [...customers, desk]) one.close();
    });

    const begun = performance.now();
    const stopWriting = write(customers);
    let down = 0;
    let early = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      await after(SHORTEST_LIFE + Math.random() * (LONGEST_LIFE - SHORTEST_LIFE));
      const latest = performance.now() + CATCH_UP;
      while (countUnanswered(customers) > MOST_UNANSWERED && performance.now() < latest) await after(5);
      if (customers.some(({ live }) => !live)) early += 1;
      await server.kill();
      const killed = performance.now();
      await server.start();
      down += performance.now() - killed;
    }
    await after(LONGEST_LIFE);
    stopWriting();
    const seconds = (performance.now() - begun) / 1000;
    const last = () =>
      customers.every(
        ({ unanswered, conversationId, sent, view }) =>
          unanswered === 0 &&
          view.number >= (sent.at(-1)?.number ?? 0) &&
          desk.views.get(conversationId)?.number === view.number,
      );
    const deadline = performance.now() + DRAIN;
    while (!last() && performance.now() < deadline) await after(50);
    for (const one of [...customers, desk]) one.close();
    await server.stop();

    const log = await store.read();
    const sent = customers.flatMap((customer) => customer.sent);
    const count = (pick: (customer: Customer) => number) => customers.reduce((sum, one) => sum + pick(one), 0);
    const again = count((customer) => customer.sent.reduce((sum, { tries }) => sum + Math.max(0, tries - 1), 0));
    console.log(
      `${engine}: ${sent.length} messages in ${seconds.toFixed(0)} s (${(sent.length / seconds).toFixed(0)}/s over all, ` +
        `${(sent.length / (seconds - down / 1000)).toFixed(0)}/s while up, ${count(({ held }) => held)} held back), ${KILLS} kills (${early} before everybody was back), ` +
        `sent again ${again}, of these already stored ${count(({ absorbed }) => absorbed)}`,
    );
    expect(
      faultsOf(
        log,
        customers.map(({ conversationId, sent: written, view }) => ({
          conversationId,
          sent: written,
          views: [view.seen, desk.views.get(conversationId)?.seen ?? []],
        })),
      ),
    ).toEqual([]);
    expect([...customers.flatMap(({ faults }) => faults), ...desk.faults]).toEqual([]);
    // A run in which nothing was in doubt would prove nothing.
    expect(again).toBeGreaterThan(0);
    expect(sent.length).toBeGreaterThan(CONVERSATIONS * KILLS);
  },
);

function countUnanswered(customers: readonly Customer[]): number {
  return customers.reduce((sum, one) => sum + one.unanswered, 0);
}

/** All customers in turn, at the offered rate, until the function that it returns is called. */
function write(customers: readonly Customer[]): () => void {
  const begun = performance.now();
  let due = 0;
  const timer = setInterval(() => {
    const until = ((performance.now() - begun) * OFFERED) / 1000;
    for (; due < until; due += 1) customers[due % customers.length]?.write();
  }, 5);
  return () => clearInterval(timer);
}

type Store = { data: string; databaseUrl: string | null; read(): Log | Promise<Log> };

async function sqliteStore(): Promise<Store> {
  const data = await dataFolder();
  return { data, databaseUrl: null, read: () => readSqliteLog(join(data, "clew.db")) };
}

async function postgresStore(): Promise<Store> {
  const cluster = await startPostgresCluster({ durable: true });
  onTestFinished(() => cluster.stop());
  return { data: await dataFolder(), databaseUrl: cluster.url, read: () => readPostgresLog(cluster.url) };
}

async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(join(realDisk(), "clew-crash-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
