import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { clewPlace } from "../crowd.ts";
import type { Spread } from "../load/messages.ts";
import { columns } from "../report/columns.ts";
import { cpuOf } from "../report/cpu.ts";
import type { PeopleOrder, PeopleReply } from "./people-messages.ts";
import { COUNTED, transactionsOf } from "./transactions.ts";

type Load = { forms: number; every: number; seconds: number; submits: number };

/**
 * Forms in which customer and agent type at the same time: from one's change to the other's window, from sending the form
 * to the agent's flow going on, and what that costs the database. At the end the server is killed: what it has stored is
 * compared with what was confirmed. Returns how many things went wrong.
 */
export async function measureForms(engine: "sqlite" | "postgres", load: Load): Promise<number> {
  const place = await clewPlace(engine, engine === "sqlite" ? COUNTED : []);
  const { server } = place;
  const people = fork(join(import.meta.dirname, "people.ts"), { execPath: process.execPath, stdio: "inherit" });
  try {
    await server.start();
    console.log(`${load.forms} forms are opened, ${engine}`);
    await ask(people, { do: "open", url: server.url, forms: load.forms });
    console.log(`everybody types, one change every ${load.every} ms each`);
    const [from, before, cpu] = [performance.now(), await transactionsOf(place), cpuOf(server.pid)];
    const typed = await ask(people, { do: "type", ...load });
    const seconds = (performance.now() - from) / 1_000;
    const transactions = (await transactionsOf(place)) - before;
    const processor = ((cpuOf(server.pid) ?? Number.NaN) - (cpu ?? Number.NaN)) / 10 / seconds;
    await ask(people, { do: "close" });
    await server.kill();
    await server.start();
    const stored = await ask(people, { do: "compare", url: server.url });
    if (!("result" in typed) || !("older" in stored)) throw new Error("the people have no result");
    const { customer, agent, submits, onward, lost } = typed.result;
    console.log(
      `\n${columns(
        ["what", "how many", "p50 / p95 / p99 in ms"],
        [
          ["customer's change → agent's window", String(customer.sent), times(customer.delay)],
          ["agent's change → customer's window", String(agent.sent), times(agent.delay)],
          ["form sent → agent's flow goes on", String(submits), times(onward)],
        ],
      )}\n\n${engine}: ${((customer.sent + agent.sent) / seconds).toFixed(0)} changes a second over ${seconds.toFixed(0)} s, ` +
        `${(transactions / seconds).toFixed(0)} transactions a second, the server used ${processor.toFixed(0)} % of a core\n` +
        `unconfirmed ${customer.unconfirmed + agent.unconfirmed}, refused ${customer.refused + agent.refused}, ` +
        `unseen ${customer.unseen + agent.unseen}, flows that did not go on ${lost}; ` +
        `of ${stored.compared} fields ${stored.older} are older after a kill than what was confirmed\n`,
    );
    const wrong = [customer, agent].reduce((sum, one) => sum + one.unconfirmed + one.refused + one.unseen, 0);
    return wrong + lost + stored.older;
  } finally {
    people.disconnect();
    await server.stop();
    await place.remove();
  }
}

const times = ({ p50, p95, p99 }: Spread) => [p50, p95, p99].map((time) => time.toFixed(1)).join(" / ");

function ask(people: ChildProcess, order: PeopleOrder): Promise<Exclude<PeopleReply, { failed: string }>> {
  return new Promise((resolve, reject) => {
    const gone = () => reject(new Error("the people's process ended"));
    people.once("exit", gone);
    people.once("message", (reply: PeopleReply) => {
      people.off("exit", gone);
      if ("failed" in reply) reject(new Error(reply.failed));
      else resolve(reply);
    });
    people.send(order);
  });
}
