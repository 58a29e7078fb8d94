import { parseArgs } from "node:util";
import { measureEvents } from "./events.ts";
import { measureForms } from "./forms.ts";
import { measureLoops } from "./loops.ts";
import { measureRestart } from "./restart.ts";

/**
 * Flows under load: events delivered to runs that wait, a start with tens of thousands of them waiting, what others feel of
 * flows that lead back to themselves, and a thousand forms in which customer and agent type at the same time. Ends with
 * code 1 when something was lost or done twice.
 */
const HELP = `npm run bench -- flows [options]

  --only events,restart,loops,forms
  --engine sqlite        or postgres
  --runs 5000            runs that are started and told their event
  --waiting 50000        runs that wait when the server starts
  --loops 5              flows a second that lead back to themselves, beside other people's messages
  --loop-seconds 10      how long messages are timed, without them and with them
  --rounds 5             of both; the table shows medians
  --forms 1000           forms open, a customer and an agent typing in each
  --every 2000           milliseconds between two changes of one typist
  --seconds 60           how long they type before forms are sent
  --submits 200          forms sent while all the others type on, ten a second`;

const { values } = parseArgs({
  options: {
    only: { type: "string", default: "events,restart,loops,forms" },
    engine: { type: "string", default: "sqlite" },
    runs: { type: "string", default: "5000" },
    waiting: { type: "string", default: "50000" },
    loops: { type: "string", default: "5" },
    "loop-seconds": { type: "string", default: "10" },
    rounds: { type: "string", default: "5" },
    forms: { type: "string", default: "1000" },
    every: { type: "string", default: "2000" },
    seconds: { type: "string", default: "60" },
    submits: { type: "string", default: "200" },
    help: { type: "boolean", default: false },
  },
});

process.exitCode = values.help ? help() : await main();

function help(): number {
  console.log(HELP);
  return 0;
}

async function main(): Promise<number> {
  const { engine } = values;
  if (engine !== "sqlite" && engine !== "postgres") throw new Error(`there is no engine ${engine}`);
  const wanted = values.only.split(",");
  let wrong = 0;
  if (wanted.includes("events")) await measureEvents(engine, Number(values.runs));
  if (wanted.includes("restart")) await measureRestart(engine, Number(values.waiting));
  if (wanted.includes("loops")) {
    wrong += await measureLoops(engine, {
      loops: Number(values.loops),
      seconds: Number(values["loop-seconds"]),
      rounds: Number(values.rounds),
    });
  }
  if (wanted.includes("forms")) {
    wrong += await measureForms(engine, {
      forms: Number(values.forms),
      every: Number(values.every),
      seconds: Number(values.seconds),
      submits: Number(values.submits),
    });
  }
  return wrong > 0 ? 1 : 0;
}
